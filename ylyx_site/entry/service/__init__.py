"""Commands of entry: they flush and never commit."""
