"""Reading papers, cases and the district's table."""
