"""What hours a wish means: days, halves, and the half-hour grid of hourly care."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.childcare.making import PRICES, TUESDAY, scene, terms, why_not, wish
from ylyx_site.childcare import errors
from ylyx_site.childcare.rules.planning import plan
from ylyx_site.childcare.rules.wishes import span_of
from ylyx_site.facilities.kinds import CareKind, Tariff
from ylyx_site.facilities.rules import CARE_HOURS
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.spans import TimeSpan


def hourly(start: int | None, end: int | None) -> TimeSpan:
    return span_of(wish(kind=CareKind.HOURLY, start=start, end=end), CARE_HOURS)


@pytest.mark.parametrize(
    ("kind", "half", "hours"),
    [
        (CareKind.FULL_DAY, "", "07:30–17:30"),
        (CareKind.FULL_DAY, "am", "07:30–17:30"),
        (CareKind.HALF_DAY, "am", "07:30–12:00"),
        (CareKind.HALF_DAY, "pm", "12:00–17:30"),
        (CareKind.TEMPORARY, "", "07:30–17:30"),
        (CareKind.TEMPORARY, "am", "07:30–12:00"),
        (CareKind.TEMPORARY, "pm", "12:00–17:30"),
    ],
)
def test_days_and_halves_have_the_hours_that_the_house_sells(
    kind: CareKind, half: str, hours: str
) -> None:
    assert str(span_of(wish(kind=kind, half=half), CARE_HOURS)) == hours


def test_a_house_sells_its_own_hours() -> None:
    own = {**CARE_HOURS, "am": TimeSpan(480, 690)}
    assert str(span_of(wish(kind=CareKind.HALF_DAY, half="am"), own)) == "08:00–11:30"


def test_half_day_care_needs_its_half() -> None:
    with pytest.raises(errors.HalfMissing):
        span_of(wish(kind=CareKind.HALF_DAY), CARE_HOURS)


@pytest.mark.parametrize(("start", "end"), [(540, 600), (540, 780), (0, 60), (1380, 1440)])
def test_hourly_care_is_one_to_four_hours(start: int, end: int) -> None:
    assert hourly(start, end) == TimeSpan(start, end)


@pytest.mark.parametrize(
    ("start", "end", "refusal", "field"),
    [
        (None, None, errors.HoursMissing, "start"),
        (540, None, errors.HoursMissing, "start"),
        (None, 600, errors.HoursMissing, "start"),
        (600, 540, errors.EndBeforeStart, "end"),
        (540, 540, errors.EndBeforeStart, "end"),
        (540, 570, errors.WrongLength, "end"),
        (540, 810, errors.WrongLength, "end"),
        (541, 600, errors.OffGrid, "start"),
        (540, 601, errors.OffGrid, "end"),
        (1440, 1440, errors.EndBeforeStart, "end"),
    ],
)
def test_hours_that_cannot_be_are_refused_at_their_field(
    start: int | None, end: int | None, refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as caught:
        hourly(start, end)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("minute", "before", "after"),
    [(541, "09:00", "09:30"), (569, "09:00", "09:30"), (571, "09:30", "10:00"),
     (1, "00:00", "00:30"), (1439, "23:30", "24:00")],
)  # fmt: skip
def test_hours_off_the_grid_name_the_nearest_choices(minute: int, before: str, after: str) -> None:
    with pytest.raises(errors.OffGrid) as caught:
        hourly(minute, minute + 60)
    assert caught.value.values == {"before": before, "after": after}


@given(st.integers(0, 1440), st.integers(0, 1440))
def test_hours_are_taken_exactly_when_the_rule_says_so(start: int, end: int) -> None:
    allowed = start % 30 == 0 and end % 30 == 0 and 60 <= end - start <= 240
    try:
        taken = hourly(start, end) == TimeSpan(start, end)
    except errors.DayRefusal:
        taken = False
    assert taken == allowed


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [(450, 510, ""), (990, 1050, ""), (420, 480, "OutsideOpening"), (990, 1080, "OutsideOpening")],
)
def test_hours_before_opening_and_beyond_closing_are_refused(
    start: int, end: int, reason: str
) -> None:
    assert why_not(wish(kind=CareKind.HOURLY, start=start, end=end), scene()) == reason


@pytest.mark.parametrize(
    ("kind", "half", "start", "end", "fen"),
    [
        (CareKind.FULL_DAY, "", None, None, 6800),
        (CareKind.HALF_DAY, "am", None, None, 3800),
        (CareKind.HALF_DAY, "pm", None, None, 3800),
        (CareKind.TEMPORARY, "", None, None, 8000),
        (CareKind.TEMPORARY, "am", None, None, 4500),
        (CareKind.HOURLY, "", 540, 600, 1201),
        (CareKind.HOURLY, "", 540, 630, 1802),  # half a fen is rounded up
        (CareKind.HOURLY, "", 540, 780, 4804),
    ],
)
def test_each_kind_has_its_price(
    kind: CareKind, half: str, start: int | None, end: int | None, fen: int
) -> None:
    made = plan(wish(kind=kind, half=half, start=start, end=end), scene())
    assert (made.total_fen, made.fen_by_day()) == (fen, {TUESDAY: fen})


@pytest.mark.parametrize("missing", list(Tariff))
def test_a_kind_without_a_price_is_not_offered(missing: Tariff) -> None:
    asked = {
        Tariff.FULL_DAY: wish(),
        Tariff.HALF_DAY: wish(kind=CareKind.HALF_DAY, half="pm"),
        Tariff.HOUR: wish(kind=CareKind.HOURLY, start=540, end=600),
        Tariff.TEMPORARY_DAY: wish(kind=CareKind.TEMPORARY),
        Tariff.TEMPORARY_HALF: wish(kind=CareKind.TEMPORARY, half="am"),
    }
    house = terms(prices={tariff: fen for tariff, fen in PRICES.items() if tariff != missing})
    reasons = {tariff: why_not(one, scene(house)) for tariff, one in asked.items()}
    assert reasons == dict.fromkeys(asked, "") | {missing: "NotOffered"}
