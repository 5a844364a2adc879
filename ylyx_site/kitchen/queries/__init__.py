"""Queries of the kitchen."""
