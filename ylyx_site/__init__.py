"""一老一小预约: childcare places and canteen meals, booked, run and supervised."""
