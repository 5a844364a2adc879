"""Booking the four kinds of care."""
