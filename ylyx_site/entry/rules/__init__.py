"""Pure rules of entry."""
