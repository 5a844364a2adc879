"""Reading attendance."""
