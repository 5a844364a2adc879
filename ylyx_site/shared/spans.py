"""Spans of time as values: minutes of one day (end not included), days (last included)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.refusals import N_

SLOT_MINUTES = 30
MINUTES_OF_A_DAY = 1440

_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class TimeSpan:
    """Minutes of one day, `0 <= start < end <= 1440`, end not included; else `ValueError`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse what is empty, backwards or outside the day."""
        if not 0 <= self.start < self.end <= MINUTES_OF_A_DAY:
            raise ValueError(N_("结束时间要晚于开始时间，并且在同一天之内。"))

    def __str__(self) -> str:
        """Give `08:00–12:00`; the end of the day is 24:00."""
        return f"{text_from_minute(self.start)}–{text_from_minute(self.end)}"

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.end - self.start

    @property
    def slots(self) -> range:
        """Half hours of the day (0..47) that the span touches, those begun included."""
        return range(self.start // SLOT_MINUTES, -(-self.end // SLOT_MINUTES))

    @property
    def mask(self) -> int:
        """`slots` as 48 bits, bit 0 being 00:00–00:30."""
        return ((1 << len(self.slots)) - 1) << self.slots.start

    def overlaps(self, other: "TimeSpan") -> bool:
        """Whether the two share a minute: 08–12 and 12–17 do not."""
        return self.start < other.end and other.start < self.end

    def within(self, other: "TimeSpan") -> bool:
        """Whether every minute of this span is in the other."""
        return other.start <= self.start and self.end <= other.end

    def on_grid(self, step: int = SLOT_MINUTES) -> bool:
        """Whether both ends are multiples of `step` minutes."""
        return self.start % step == 0 and self.end % step == 0


@dataclass(frozen=True, slots=True, order=True)
class DaySpan:
    """Days from `first` to `last`, both included; `ValueError` if they are the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if self.last < self.first:
            raise ValueError(N_("结束日期不能早于开始日期。"))

    def days(self) -> list[date]:
        """Every day, in order."""
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=n) for n in range(count)]

    def weekdays(self, wanted: Collection[int]) -> list[date]:
        """Return the days whose ISO weekday (1 Monday .. 7 Sunday) is wanted, in order."""
        return [day for day in self.days() if day.isoweekday() in wanted]


def minute_from_text(text: str) -> int:
    """Read a time of day (`07:30`, `7:30`, full-width `０７：３０`) as a minute, 0..1440.

    24:00 gives 1440, which only an end may be. Raises `ValueError` with a Chinese sentence.
    """
    match = _TIME.fullmatch(digits(text))
    if match is None:
        raise ValueError(N_("请按“时:分”填写时间，例如 07:30。"))
    hour, minute = int(match[1]), int(match[2])
    total = hour * 60 + minute
    if minute > 59 or total > MINUTES_OF_A_DAY:
        raise ValueError(N_("没有这个时间，请填写 00:00 到 24:00 之间的时间。"))
    return total


def text_from_minute(minute: int) -> str:
    """Write a minute of the day, 0..1440, as `HH:MM`; 1440 is `24:00`."""
    if not 0 <= minute <= MINUTES_OF_A_DAY:
        raise ValueError(f"A minute of the day is 0..1440, not {minute}.")
    return f"{minute // 60:02d}:{minute % 60:02d}"


def nearest_on_grid(minute: int) -> tuple[int, int]:
    """Return the nearest minutes on the grid, before and after; twice itself when on it."""
    before = minute // SLOT_MINUTES * SLOT_MINUTES
    after = before if before == minute else before + SLOT_MINUTES
    return before, min(after, MINUTES_OF_A_DAY)
