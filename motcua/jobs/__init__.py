"""The one background queue: rows written in the transaction that causes the work, done once."""
