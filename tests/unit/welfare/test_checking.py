"""What comes next in a check, when it is late, when it may end."""

from datetime import datetime, timedelta

import pytest

from ylyx_site.shared import clock
from ylyx_site.welfare.errors import NobodyReachedYet, WordsMissing
from ylyx_site.welfare.kinds import Outcome, StepKind
from ylyx_site.welfare.rules.checking import check_outcome, is_late, minutes_open, next_step
from ylyx_site.welfare.rules.wishes import OutcomeWish

NOON = datetime(2026, 11, 24, 12, tzinfo=clock.ZONE)


def test_call_then_neighbour_then_grid_worker_again_and_again() -> None:
    assert [next_step(tuple(StepKind)[:n]) for n in range(4)] == [
        StepKind.CALL, StepKind.NEIGHBOUR, StepKind.GRID_WORKER, StepKind.GRID_WORKER,
    ]  # fmt: skip


def test_it_is_late_from_the_thirtieth_minute_on() -> None:
    half_past = NOON + timedelta(minutes=30)
    assert [is_late(NOON, half_past - timedelta(microseconds=1)), is_late(NOON, half_past)] == [
        False, True,
    ]  # fmt: skip
    assert minutes_open(NOON, half_past - timedelta(seconds=1)) == 29
    assert minutes_open(half_past, NOON) == 0


def test_fine_needs_somebody_who_was_reached_and_other_a_word() -> None:
    with pytest.raises(NobodyReachedYet):
        check_outcome(OutcomeWish(Outcome.FINE), [False, False])
    with pytest.raises(WordsMissing):
        check_outcome(OutcomeWish(Outcome.OTHER), [True])
    check_outcome(OutcomeWish(Outcome.FINE), [False, True])
    check_outcome(OutcomeWish(Outcome.OTHER, "搬到儿子家"), [])
    check_outcome(OutcomeWish(Outcome.AWAY), [])
