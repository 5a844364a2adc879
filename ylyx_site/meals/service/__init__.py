"""Commands of meals."""
