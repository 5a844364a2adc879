"""Reading who may take a child home."""
