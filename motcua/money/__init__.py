"""The money ledger: two purses, the state's and the post's, never mixed."""
