"""Accounts, roles, sign-in, and who may enter."""
