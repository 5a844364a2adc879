"""Pure rules of fees."""
