"""Forms of the counter."""
