"""Forms of entry, one file an audience."""
