"""The desk's pages about places: today, and the head's own facility."""
