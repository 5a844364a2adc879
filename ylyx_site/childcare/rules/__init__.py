"""What may be booked: pure functions over values; no database, no clock."""
