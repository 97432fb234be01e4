"""What an office does in one go across the ledgers: one command, one transaction, the same for pages and API."""
