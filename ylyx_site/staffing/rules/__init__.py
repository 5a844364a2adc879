"""Who counts for the ratio, what is short, who could step in. Pure."""
