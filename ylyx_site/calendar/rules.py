"""Which days are worked: the statutory days off, and 调休 where its notice is published."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum


class DayKind(StrEnum):
    """What a day is for the whole country; closures of a facility are the facility's own."""

    working_day = "working_day"
    working_weekend = "working_weekend"
    weekend = "weekend"
    holiday = "holiday"


_WORKED = frozenset({DayKind.working_day, DayKind.working_weekend})
_ONE_DAY = timedelta(days=1)


class WorkingCalendar:
    """Weekdays are worked, weekends are not, but for the exceptions of the table.

    In a year whose notice is not published the statutory days off are known and 调休 is not:
    its weekdays may still become days off, and its weekends working ones.
    """

    def __init__(self, exceptions: Mapping[date, DayKind], published: Collection[int]) -> None:
        """Take the days that differ from their weekday, and the years with a notice."""
        self._exceptions = dict(exceptions)
        self._published = frozenset(published)

    def kind(self, day: date) -> DayKind:
        """Return what the day is, by the table or else by its weekday."""
        usual = DayKind.weekend if day.isoweekday() > 5 else DayKind.working_day
        return self._exceptions.get(day, usual)

    def is_working(self, day: date) -> bool:
        """Whether the country works on that day, working weekends included."""
        return self.kind(day) in _WORKED

    def is_published(self, year: int) -> bool:
        """Whether the 调休 notice of that year is in the table."""
        return year in self._published

    def working_days_before(self, day: date, n: int) -> date:
        """Return the n-th working day before `day`; for 0 the day itself."""
        return self._walk(day, n, -_ONE_DAY)

    def add_working_days(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`; for 0 the day itself, worked or not."""
        return self._walk(day, n, _ONE_DAY)

    def _walk(self, day: date, n: int, step: timedelta) -> date:
        if n < 0:
            raise ValueError(f"A number of working days is not negative: {n}.")
        while n > 0:
            day += step
            n -= self.is_working(day)
        return day
