"""Queries of handing over."""
