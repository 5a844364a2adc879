"""The kitchen's day: what is cooked for how many, labels, samples."""
