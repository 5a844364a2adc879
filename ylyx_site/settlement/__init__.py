"""Who pays how much of the meals that were really served, month by month."""
