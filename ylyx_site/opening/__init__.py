"""Opening the nursery day by day, and shutting it in an emergency."""
