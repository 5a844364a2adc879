"""Meals brought to the door: who goes where in which order, and what came of it."""
