"""Temporary care for the rest of today."""

from datetime import date

import pytest

from ylyx_site.childcare.rules.planning import Moment, rest_of
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.shared.spans import TimeSpan

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
MORNING = TimeSpan(450, 720)


@pytest.mark.parametrize(
    ("minute", "start"),
    [(449, 450), (450, 480), (479, 480), (480, 510), (629, 630), (630, 660), (659, 660)],
)
def test_it_starts_at_the_next_half_hour(minute: int, start: int) -> None:
    now = Moment(TODAY, minute)
    assert rest_of(CareKind.TEMPORARY, TODAY, MORNING, now) == TimeSpan(start, 720)


def test_less_than_an_hour_is_not_worth_a_place() -> None:
    assert rest_of(CareKind.TEMPORARY, TODAY, MORNING, Moment(TODAY, 660)) == MORNING


@pytest.mark.parametrize("kind", [CareKind.FULL_DAY, CareKind.HALF_DAY, CareKind.HOURLY])
def test_the_other_kinds_start_on_time(kind: CareKind) -> None:
    assert rest_of(kind, TODAY, MORNING, Moment(TODAY, 500)) == MORNING


def test_tomorrow_is_whole() -> None:
    assert rest_of(CareKind.TEMPORARY, TOMORROW, MORNING, Moment(TODAY, 500)) == MORNING
