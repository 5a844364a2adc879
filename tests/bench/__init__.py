"""What the site costs: ratios measured in one run on this machine (`make bench`)."""
