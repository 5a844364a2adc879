"""What a page of a facility tells, put together from rules and rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ylyx_site.facilities.kinds import CareKind, Deed, Tariff
from ylyx_site.facilities.rules.hours import AM, PM
from ylyx_site.facilities.rules.limits import Limit, Limits
from ylyx_site.facilities.rules.opening import DayOpening, Shut

TARIFFS_OF: Mapping[CareKind, tuple[Tariff, ...]] = {
    CareKind.FULL_DAY: (Tariff.FULL_DAY,),
    CareKind.HALF_DAY: (Tariff.HALF_DAY,),
    CareKind.HOURLY: (Tariff.HOUR,),
    CareKind.TEMPORARY: (Tariff.TEMPORARY_DAY, Tariff.TEMPORARY_HALF),
}
TOLD = frozenset({Shut.HOLIDAY, Shut.OWN, Shut.EMERGENCY})


@dataclass(frozen=True, slots=True)
class LimitsOfKind:
    """The three limits of a kind of care; `half` is empty when both halves have the same."""

    kind: CareKind
    half: str
    limits: tuple[tuple[Deed, Limit], ...]


@dataclass(frozen=True, slots=True)
class ShutDays:
    """Days in a row, both included, that are shut for the same reason."""

    first: date
    last: date
    why: Shut
    words: str


def offered(prices: Mapping[Tariff, int]) -> list[CareKind]:
    """Return the kinds of care that have a price, in their usual order."""
    return [kind for kind in CareKind if any(tariff in prices for tariff in TARIFFS_OF[kind])]


def limits_of_kinds(limits: Limits, kinds: Iterable[CareKind]) -> list[LimitsOfKind]:
    """Return the limits to show, morning and afternoon apart where they differ."""
    return [one for kind in kinds for one in _limits_of(limits, kind)]


def coming_closures(opening: Sequence[DayOpening]) -> list[ShutDays]:
    """Return the holidays and closures among days in order, days in a row as one.

    A weekend within them does not break the row: it is shut anyway.
    """
    found: list[ShutDays] = []
    for day in opening:
        if day.why is None or day.why not in TOLD:
            continue
        last = found[-1] if found else None
        if last and (last.why, last.words) == (day.why, day.words):
            between = [one for one in opening if last.last < one.day < day.day]
            if all(one.span is None for one in between):
                found[-1] = ShutDays(last.first, day.day, day.why, day.words)
                continue
        found.append(ShutDays(day.day, day.day, day.why, day.words))
    return found


def _limits_of(limits: Limits, kind: CareKind) -> list[LimitsOfKind]:
    def group(half: str) -> LimitsOfKind:
        return LimitsOfKind(kind, half, tuple((deed, limits[kind, half, deed]) for deed in Deed))

    if kind in (CareKind.FULL_DAY, CareKind.HOURLY):
        return [group("")]
    halves = [group(AM), group(PM)]
    return [group("")] if halves[0].limits == halves[1].limits else halves
