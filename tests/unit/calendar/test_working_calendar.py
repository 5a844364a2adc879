"""Working days: the published year day by day, the unpublished one by its statute."""

import csv
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

import ylyx_site.calendar
from ylyx_site.calendar.rules import DayKind, WorkingCalendar

DATA = Path(ylyx_site.calendar.__file__).parent / "data"


def _table(year: int) -> list[dict[str, str]]:
    with (DATA / f"cn-{year}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def cn() -> WorkingCalendar:
    rows = [*_table(2026), *_table(2027)]
    return WorkingCalendar(
        {date.fromisoformat(row["day"]): DayKind(row["kind"]) for row in rows},
        {int(row["published_on"][:4]) + 1 for row in rows if row["published_on"]},
    )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_the_days_off_of_2026_are_those_of_the_notice() -> None:
    notice = [
        (date(2026, 1, 1), date(2026, 1, 3)),
        (date(2026, 2, 15), date(2026, 2, 23)),
        (date(2026, 4, 4), date(2026, 4, 6)),
        (date(2026, 5, 1), date(2026, 5, 5)),
        (date(2026, 6, 19), date(2026, 6, 21)),
        (date(2026, 9, 25), date(2026, 9, 27)),
        (date(2026, 10, 1), date(2026, 10, 7)),
    ]
    off = [row["day"] for row in _table(2026) if row["kind"] == "holiday"]
    assert off == [day.isoformat() for first, last in notice for day in _days(first, last)]


def test_the_working_weekends_of_2026_are_those_of_the_notice() -> None:
    worked = [row["day"] for row in _table(2026) if row["kind"] == "working_weekend"]
    assert worked == [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ]
    assert all(date.fromisoformat(day).isoweekday() > 5 for day in worked)


def test_every_day_of_2026_agrees_with_another_source(cn: WorkingCalendar) -> None:
    other = holidays.country_holidays("CN", years=2026)
    year = _days(date(2026, 1, 1), date(2026, 12, 31))
    assert [d for d in year if cn.is_working(d) != other.is_working_day(d)] == []


def test_2027_holds_the_thirteen_statutory_days_and_nothing_else() -> None:
    statutory = holidays.country_holidays("CN", years=2027, observed=False)
    assert [row["day"] for row in _table(2027)] == [day.isoformat() for day in sorted(statutory)]
    assert len(statutory) == 13
    assert {row["kind"] for row in _table(2027)} == {"holiday"}


def test_each_row_says_where_it_comes_from_and_2027_that_the_notice_is_missing() -> None:
    assert {(row["source"], row["published_on"]) for row in _table(2026)} == {
        ("国务院办公厅关于2026年部分节假日安排的通知", "2025-11-04")
    }
    assert {(row["source"], row["published_on"]) for row in _table(2027)} == {
        ("《全国年节及纪念日放假办法》（2024年修订）法定假日，2027年调休通知未公布", "")
    }


def test_only_a_year_with_a_notice_is_published(cn: WorkingCalendar) -> None:
    assert [year for year in range(2025, 2029) if cn.is_published(year)] == [2026]


@pytest.mark.parametrize(
    ("day", "kind", "works"),
    [
        (date(2026, 11, 23), DayKind.working_day, True),
        (date(2026, 11, 22), DayKind.weekend, False),
        (date(2026, 10, 1), DayKind.holiday, False),
        (date(2026, 10, 3), DayKind.holiday, False),
        (date(2026, 10, 10), DayKind.working_weekend, True),
        (date(2027, 2, 5), DayKind.holiday, False),
        (date(2027, 2, 9), DayKind.working_day, True),
        (date(2030, 5, 1), DayKind.working_day, True),
    ],
)
def test_a_day_is_what_the_table_says_or_else_its_weekday(
    cn: WorkingCalendar,
    day: date,
    kind: DayKind,
    works: bool,
) -> None:
    assert cn.kind(day) is kind
    assert cn.is_working(day) is works


@pytest.mark.parametrize(
    ("day", "n", "before"),
    [
        (date(2026, 11, 24), 1, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 20)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 22), 1, date(2026, 11, 20)),
        (date(2026, 2, 24), 1, date(2026, 2, 14)),
        (date(2026, 2, 24), 2, date(2026, 2, 13)),
        (date(2026, 10, 12), 1, date(2026, 10, 10)),
        (date(2027, 1, 4), 1, date(2026, 12, 31)),
    ],
)
def test_working_days_before_pass_over_days_off_and_count_working_weekends(
    cn: WorkingCalendar, day: date, n: int, before: date
) -> None:
    assert cn.working_days_before(day, n) == before


@pytest.mark.parametrize(
    ("day", "n", "after"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
    ],
)
def test_working_days_are_added_over_days_off(
    cn: WorkingCalendar, day: date, n: int, after: date
) -> None:
    assert cn.add_working_days(day, n) == after


def test_a_negative_number_of_working_days_is_refused(cn: WorkingCalendar) -> None:
    with pytest.raises(ValueError, match="not negative"):
        cn.working_days_before(date(2026, 11, 23), -1)


def test_what_happens_to_the_mapping_later_does_not_change_the_calendar() -> None:
    table = {date(2026, 11, 23): DayKind.holiday}
    calendar = WorkingCalendar(table, {2026})
    table.clear()
    assert calendar.kind(date(2026, 11, 23)) is DayKind.holiday
