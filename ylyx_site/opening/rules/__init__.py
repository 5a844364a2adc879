"""What has to be right before the doors open. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from ylyx_site.opening.kinds import Point, State


@dataclass(frozen=True, slots=True)
class Morning:
    """What is known of a morning.

    `short`: stretches in which a class lacks carers. `without_certificate` and `ending_soon`:
    people on duty today, by name. `unchecked`: children who are here without a morning check.
    """

    has_roster: bool
    short: int
    without_certificate: Sequence[str]
    ending_soon: Sequence[str]
    unchecked: int
    hazards: int


@dataclass(frozen=True, slots=True)
class Line:
    """One point of the list. `number` and `names` fill its sentence."""

    point: Point
    state: State
    number: int = 0
    names: tuple[str, ...] = ()


def lines(morning: Morning) -> tuple[Line, ...]:
    """The list, always all points, in the order in which they are looked at."""
    return (_carers(morning), _certificates(morning), _checks(morning), _hazards(morning))


def not_good(found: Sequence[Line]) -> tuple[Point, ...]:
    """The red points."""
    return tuple(one.point for one in found if one.state is State.BAD)


def _carers(morning: Morning) -> Line:
    if not morning.has_roster:
        return Line(Point.CARERS, State.LOOK)
    state = State.BAD if morning.short else State.GOOD
    return Line(Point.CARERS, state, morning.short)


def _certificates(morning: Morning) -> Line:
    if morning.without_certificate:
        names = tuple(morning.without_certificate)
        return Line(Point.CERTIFICATES, State.BAD, len(names), names)
    names = tuple(morning.ending_soon)
    return Line(Point.CERTIFICATES, State.LOOK if names else State.GOOD, len(names), names)


def _checks(morning: Morning) -> Line:
    state = State.LOOK if morning.unchecked else State.GOOD
    return Line(Point.CHECKS, state, morning.unchecked)


def _hazards(morning: Morning) -> Line:
    return Line(Point.HAZARDS, State.BAD if morning.hazards else State.GOOD, morning.hazards)
