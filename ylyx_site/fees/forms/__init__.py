"""Forms of fees."""
