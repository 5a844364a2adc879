"""The room kitchen on both databases."""
