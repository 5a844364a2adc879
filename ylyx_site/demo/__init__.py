"""The demo district: 大足区 with its published sums, and invented people only."""
