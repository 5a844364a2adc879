"""Entering on a later day what was forgotten, or what a device without network kept. Pure."""

from datetime import date, timedelta

ENTERED_WITHIN = timedelta(days=40)  # the month before can still be set right


def may_enter(day: date, today: date) -> bool:
    """Whether a meal of `day` can still be entered: on days that are over, for forty days."""
    return today - ENTERED_WITHIN <= day < today
