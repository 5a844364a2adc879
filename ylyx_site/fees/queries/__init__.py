"""Reading fees."""
