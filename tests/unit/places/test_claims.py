"""Claims are added up by half hour and cut into runs in the order of locking."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ylyx_site.places.claims import Claim, Run, runs_of
from ylyx_site.shared.spans import TimeSpan

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)


def test_one_claim_is_one_run() -> None:
    assert runs_of([Claim(7, MONDAY, TimeSpan(480, 720))]) == [Run(7, MONDAY, 16, 24, 1)]


def test_siblings_in_one_class_are_one_run_of_two() -> None:
    claim = Claim(7, MONDAY, TimeSpan(480, 720))
    assert runs_of([claim, claim]) == [Run(7, MONDAY, 16, 24, 2)]


def test_overlapping_spans_are_cut_where_the_count_changes() -> None:
    claims = [Claim(7, MONDAY, TimeSpan(480, 720)), Claim(7, MONDAY, TimeSpan(600, 780))]
    assert runs_of(claims) == [
        Run(7, MONDAY, 16, 20, 1),
        Run(7, MONDAY, 20, 24, 2),
        Run(7, MONDAY, 24, 26, 1),
    ]


def test_runs_come_in_resource_and_day_order_whatever_the_order_of_claims() -> None:
    span = TimeSpan(480, 510)
    claims = [Claim(9, MONDAY, span), Claim(2, TUESDAY, span), Claim(2, MONDAY, span)]
    assert [run[:2] for run in runs_of(claims)] == [(2, MONDAY), (2, TUESDAY), (9, MONDAY)]


spans = st.tuples(st.integers(0, 46), st.integers(1, 8)).map(
    lambda pair: TimeSpan(pair[0] * 30, min(pair[0] + pair[1], 48) * 30)
)
claims = st.lists(
    st.builds(Claim, st.integers(1, 3), st.sampled_from([MONDAY, TUESDAY]), spans, st.just(1)),
    max_size=8,
)


@given(claims)
def test_runs_hold_exactly_the_claimed_half_hours(wanted: list[Claim]) -> None:
    runs = runs_of(wanted)
    assert sum(run.places * (run.end - run.first) for run in runs) == sum(
        len(claim.span.slots) for claim in wanted
    )
    seen = [(r.resource_id, r.day, slot) for r in runs for slot in range(r.first, r.end)]
    assert len(seen) == len(set(seen))
