"""Rules of ordering: pure."""
