"""Months as `2026-11`: what a sheet of fees or of meals is about."""

from datetime import date, timedelta

from ylyx_site.shared.spans import DaySpan


def month_of(day: date) -> str:
    """The month that a day lies in."""
    return f"{day:%Y-%m}"


def days_of(month: str) -> DaySpan:
    """From the first to the last day of a month, both included."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    return DaySpan(first, following - timedelta(days=1))


def after(month: str) -> str:
    """The next month."""
    return month_of(days_of(month).last + timedelta(days=1))


def before(month: str, many: int = 1) -> str:
    """The month so many before."""
    for _ in range(many):
        month = month_of(days_of(month).first - timedelta(days=1))
    return month
