"""The list before the doors open."""

from dataclasses import replace

import pytest

from ylyx_site.opening.kinds import Point, State
from ylyx_site.opening.rules import Line, Morning, lines, not_good

GOOD = Morning(
    has_roster=True, short=0, without_certificate=(), ending_soon=(), unchecked=0, hazards=0
)


def test_a_good_morning_has_every_point_and_nothing_red() -> None:
    found = lines(GOOD)
    assert [one.point for one in found] == list(Point)
    assert {one.state for one in found} == {State.GOOD}
    assert not_good(found) == ()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"has_roster": False, "short": 3}, Line(Point.CARERS, State.LOOK)),
        ({"short": 2}, Line(Point.CARERS, State.BAD, 2)),
        ({"without_certificate": ("林一",), "ending_soon": ("林二",)},
         Line(Point.CERTIFICATES, State.BAD, 1, ("林一",))),
        ({"ending_soon": ("林二",)}, Line(Point.CERTIFICATES, State.LOOK, 1, ("林二",))),
        ({"unchecked": 4}, Line(Point.CHECKS, State.LOOK, 4)),
        ({"hazards": 1}, Line(Point.HAZARDS, State.BAD, 1)),
    ],
)  # fmt: skip
def test_each_point_stands_as_it_is(change: dict[str, object], line: Line) -> None:
    found = lines(replace(GOOD, **change))  # type: ignore[arg-type]
    assert line in found
    assert not_good(found) == ((line.point,) if line.state is State.BAD else ())
