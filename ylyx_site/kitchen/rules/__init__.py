"""Rules of the kitchen's day."""
