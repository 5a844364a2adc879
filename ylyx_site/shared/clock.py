"""The only place that asks the time. Instants are aware and in UTC, days are Shanghai's.

The server's own zone never matters: every conversion names `ZONE`, and instants without a
zone are refused, because Python would read them in the zone of the machine.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
MINUTES_OF_A_DAY = 1440

_SHIFT = re.compile(
    r"(?P<sign>[+-])(?=\d)(?:(?P<days>\d{1,5})d)?(?:(?P<hours>\d{1,6})h)?(?:(?P<minutes>\d{1,7})m)?",
    re.ASCII,
)
_ACCEPTED = (
    "YLYX_NOW is an instant with its offset (2026-11-23T08:00:00+08:00: the clock stands still) "
    "or a shift of the real clock in days, hours and minutes (+5h, -90m, +3d2h)."
)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the clock goes: it stands at an instant, or runs with a shift."""

    standing: datetime | None = None
    shift: timedelta = timedelta(0)

    def now(self) -> datetime:
        return self.standing or datetime.now(UTC) + self.shift

    def moved(self, delta: timedelta) -> "_Setting":
        if self.standing is not None:
            return _Setting(standing=self.standing + delta)
        return _Setting(shift=self.shift + delta)


class _Clock:
    """Holds the setting of the process: one attribute, so that threads never see half of it."""

    setting = _Setting()


_clock = _Clock()


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _clock.setting.now()


def today() -> date:
    """Return the present day in Shanghai."""
    return day_of(now())


def local(instant: datetime) -> datetime:
    """Return the same instant on Shanghai's wall clock; `ValueError` if it has no zone."""
    return _aware(instant).astimezone(ZONE)


def day_of(instant: datetime) -> date:
    """Return the day in Shanghai that an instant falls on."""
    return local(instant).date()


def minute_of(instant: datetime) -> int:
    """Return the minute of the day in Shanghai, 0..1439; seconds are cut off."""
    wall = local(instant)
    return wall.hour * 60 + wall.minute


def instant_at(day: date, minute: int) -> datetime:
    """Return the instant, in UTC, of a minute of a day in Shanghai.

    `minute` is 0..1440, where 1440 is midnight at the end of the day; else `ValueError`.
    """
    if not 0 <= minute <= MINUTES_OF_A_DAY:
        raise ValueError(f"A minute of the day is 0..1440, not {minute}.")
    wall = datetime.combine(day, time(0), ZONE) + timedelta(minutes=minute)
    return wall.astimezone(UTC)


def set_clock(text: str | None) -> None:
    """Set the clock of this process from the value of `YLYX_NOW`; None is the real clock.

    Raises `ValueError`, naming what is accepted.
    """
    _clock.setting = _Setting() if text is None else _read(text.strip())


@contextmanager
def standing_at(instant: datetime | str) -> Iterator[None]:
    """Let the clock of the whole process, all threads included, stand at an aware instant."""
    if isinstance(instant, str):
        setting = _Setting(standing=_instant_from(instant))
    else:
        setting = _Setting(standing=_aware(instant).astimezone(UTC))
    with _set_to(setting):
        yield


@contextmanager
def moved(delta: timedelta) -> Iterator[None]:
    """Put the clock forward (or back), whether it stands or runs."""
    with _set_to(_clock.setting.moved(delta)):
        yield


@contextmanager
def _set_to(setting: _Setting) -> Iterator[None]:
    before, _clock.setting = _clock.setting, setting
    try:
        yield
    finally:
        _clock.setting = before


def _read(text: str) -> _Setting:
    if not text.startswith(("+", "-")):
        return _Setting(standing=_instant_from(text))
    match = _SHIFT.fullmatch(text)
    if match is None:
        raise ValueError(_ACCEPTED)
    parts = {unit: int(match[unit] or 0) for unit in ("days", "hours", "minutes")}
    shift = timedelta(**parts)
    return _Setting(shift=-shift if match["sign"] == "-" else shift)


def _instant_from(text: str) -> datetime:
    try:
        return _aware(datetime.fromisoformat(text)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(_ACCEPTED) from error


def _aware(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError("An instant needs its zone; this one has none.")
    return instant
