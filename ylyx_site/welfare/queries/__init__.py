"""Reading checks."""
