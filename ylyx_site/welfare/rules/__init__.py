"""Pure rules of welfare."""
