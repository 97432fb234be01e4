"""Accounts, their roles at offices, and the offices themselves."""
