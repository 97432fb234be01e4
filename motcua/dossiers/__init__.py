"""The case ledger: the matter itself, from filing to the result in the person's hand."""
