"""What changes from a day on: which of several dated rows holds on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    """Anything that holds from a day on."""

    @property
    def from_day(self) -> date:
        """The first day on which it holds."""


Row = TypeVar("Row", bound=Dated)


def in_force(rows: Iterable[Row], day: date) -> Row | None:
    """Return the row with the latest `from_day` that is not after `day`; None if there is none."""
    begun = [row for row in rows if row.from_day <= day]
    return max(begun, key=lambda row: row.from_day, default=None)
