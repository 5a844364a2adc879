"""Reading whom a desk knows, and what a clerk needs while somebody is on the telephone."""
