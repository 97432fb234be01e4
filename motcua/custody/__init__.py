"""The custody ledger: every physical paper has exactly one holder, and only the taker completes a transfer."""
