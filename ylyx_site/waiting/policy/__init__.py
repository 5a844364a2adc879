"""Deciding whom to ask, from what the database holds."""
