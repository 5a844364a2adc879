"""Reading the roster; always of one facility."""
