"""The queue for a place in a nursery, and the offers that it makes."""
