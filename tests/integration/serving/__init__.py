"""The room serving on both databases."""
