"""Reading what booking needs to know."""
