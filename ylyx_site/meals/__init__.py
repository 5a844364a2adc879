"""Menus of canteens, and ordering from them."""
