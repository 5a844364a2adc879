"""What a day costs under a nursery's table."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ylyx_site.benefits.kinds import Payer
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.fees.kinds import Came
from ylyx_site.fees.rules.lines import Benefit, DayFacts, line_of
from ylyx_site.fees.rules.sheets import Own, packed, unpacked
from ylyx_site.fees.rules.terms import UNSET, Terms
from ylyx_site.shared import months

TUESDAY = date(2026, 11, 24)
CAME = DayFacts(
    1, TUESDAY, CareKind.FULL_DAY, "", 450, 1050, 6800, (Benefit(Payer.DISTRICT, "补贴", 800),),
    arrived=485, left=1045,
)  # fmt: skip
AWAY = replace(CAME, arrived=None, left=None, is_absent=True, told=(TUESDAY, 510))
TABLE = Terms(
    late_grace=10, late_step=15, late_step_fen=500, meal_fen=1500, told_back=80, untold_back=20
)


@pytest.mark.parametrize(
    ("minutes", "fen"), [(0, 0), (10, 0), (11, 500), (15, 500), (16, 1000), (61, 2500)]
)
def test_late_minutes_are_free_up_to_the_grace_and_then_cost_each_started_step(
    minutes: int, fen: int
) -> None:
    line = line_of(replace(CAME, left=1050 + minutes), TABLE)
    assert (line.late_minutes, line.late_fen) == (minutes, fen)


def test_who_came_pays_care_and_meal_less_the_benefit() -> None:
    line = line_of(CAME, TABLE)
    assert (line.came, line.care_fen, line.benefit_fen, line.meal_fen, line.fen) == (
        Came.CAME, 6800, -800, 1500, 7500,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "came", "fen"),
    [
        ((TUESDAY, 510), Came.TOLD, 1360),
        ((date(2026, 11, 23), 1439), Came.TOLD, 1360),
        ((TUESDAY, 511), Came.TOLD_LATE, 5440 + 1500),
    ],
)
def test_an_absence_is_given_back_as_it_was_told(
    told: tuple[date, int], came: Came, fen: int
) -> None:
    line = line_of(replace(AWAY, told=told), TABLE)
    assert (line.came, line.fen, line.benefits) == (came, fen, ())


def test_days_before_move_the_limit() -> None:
    terms = replace(TABLE, told_days_before=1)
    assert line_of(AWAY, terms).came is Came.TOLD_LATE
    assert line_of(replace(AWAY, told=(date(2026, 11, 23), 510)), terms).came is Came.TOLD


def test_who_neither_came_nor_told_gets_no_public_money() -> None:
    line = line_of(replace(CAME, arrived=None, left=None), TABLE)
    assert (line.came, line.benefits, line.fen) == (Came.NOT_COME, (), 5440 + 1500)


def test_a_forgotten_check_out_costs_no_late_minutes() -> None:
    line = line_of(replace(CAME, left=1140, is_forgotten=True), TABLE)
    assert (line.late_minutes, line.late_fen) == (0, 0)


@pytest.mark.parametrize(("starts", "ends", "meal"), [(450, 720, 1500), (720, 1050, 0)])
def test_the_meal_is_for_days_over_noon(starts: int, ends: int, meal: int) -> None:
    assert line_of(replace(CAME, starts=starts, ends=ends), TABLE).meal_fen == meal


def test_without_a_table_an_absence_told_in_time_costs_nothing() -> None:
    assert line_of(AWAY, UNSET).fen == 0
    assert line_of(replace(AWAY, told=(TUESDAY, 600)), UNSET).fen == 6800


def test_months_follow_each_other_over_the_year() -> None:
    assert (months.after("2026-12"), months.before("2026-01")) == ("2027-01", "2025-12")
    assert (months.days_of("2028-02").last, months.before("2026-03", 3)) == (
        date(2028, 2, 29), "2025-12",
    )  # fmt: skip


facts = st.builds(
    DayFacts,
    child_id=st.just(1), day=st.just(TUESDAY), kind=st.sampled_from(CareKind),
    half=st.sampled_from(["", "am", "pm"]), starts=st.integers(360, 700),
    ends=st.integers(701, 1200), price_fen=st.integers(800, 20_000),
    benefits=st.lists(
        st.builds(Benefit, st.sampled_from(Payer), st.text(max_size=5), st.integers(1, 400)),
        max_size=2,
    ).map(tuple),
    arrived=st.none() | st.integers(360, 1200), left=st.none() | st.integers(700, 1300),
    is_forgotten=st.booleans(), is_absent=st.booleans(),
    told=st.none() | st.just((TUESDAY, 500)) | st.just((TUESDAY, 600)),
)  # fmt: skip
tables = st.builds(
    Terms, late_grace=st.integers(0, 30), late_step=st.integers(1, 60),
    late_step_fen=st.integers(0, 3000), meal_fen=st.integers(0, 3000),
    told_back=st.integers(0, 100), untold_back=st.integers(0, 100),
)  # fmt: skip


@given(facts, tables)
def test_no_day_costs_less_than_nothing_and_a_closed_one_is_read_as_it_was(
    day: DayFacts, terms: Terms
) -> None:
    line = line_of(day, terms)
    assert line.fen >= 0
    own = Own((line,), 1200)
    assert unpacked(packed(own)) == own
