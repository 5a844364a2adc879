"""Forms of meals: they check shapes and hand over wishes."""
