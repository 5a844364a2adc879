"""Rules of the counter. Pure."""
