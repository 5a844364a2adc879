"""Age in completed months, as the rules of nursery classes count it."""

from datetime import date


def months_on(born_on: date, day: date) -> int:
    """Return the completed months of age on a day; negative before birth.

    A month is completed on the day of the same number; where the month has no such day, on the
    first of the next: born 2024-02-29, 23 months on 2026-02-28 and 24 on 2026-03-01.
    """
    months = (day.year - born_on.year) * 12 + day.month - born_on.month
    return months if day.day >= born_on.day else months - 1
