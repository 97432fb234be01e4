"""What a page or an act needs to see across the ledgers. Reads only; rights are in the WHERE."""
