"""Planning and pricing from what the database holds."""
