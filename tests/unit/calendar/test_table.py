"""The calendar's file: what is read, and what is refused with its line."""

from datetime import date

import pytest

from ylyx_site.calendar.errors import BadCalendar
from ylyx_site.calendar.rules import DayKind
from ylyx_site.calendar.table import NewDay, checked, rows_from

HEADER = "day,kind,name,source,published_on\n"


def _problems(body: str) -> list[tuple[int, str]]:
    with pytest.raises(BadCalendar) as refused:
        checked(rows_from(HEADER + body))
    return [(p.line, p.sentence % p.values) for p in refused.value.problems]


def test_a_row_becomes_a_day_and_the_byte_order_mark_is_no_matter() -> None:
    text = "\ufeff" + HEADER + "2026-01-04,working_weekend,元旦调休,通知,2025-11-04\r\n"
    assert checked(rows_from(text)) == [
        NewDay(date(2026, 1, 4), DayKind.working_weekend, "元旦调休", "通知", date(2025, 11, 4))
    ]


def test_an_empty_publication_date_is_a_year_without_its_notice() -> None:
    assert checked(rows_from(HEADER + "2027-01-01,holiday,元旦,办法,\n"))[0].published_on is None


def test_every_bad_line_is_named() -> None:
    body = (
        "2026-02-30,holiday,春节,通知,2025-11-04\n"
        "2026-02-16,party,春节,通知,2025-11-04\n"
        "2026-02-17,holiday,春节,通知,soon\n"
        "20260218,holiday,春节,通知,2025-11-04\n"
    )
    assert _problems(body) == [
        (2, "第 2 行：没有“2026-02-30”这一天。"),
        (3, "第 3 行：不认识种类“party”。"),
        (4, "第 4 行：公布日期“soon”不对。"),
        (5, "第 5 行：没有“20260218”这一天。"),
    ]


def test_a_day_written_twice_is_refused() -> None:
    body = "2026-01-01,holiday,元旦,通知,2025-11-04\n" * 2
    assert _problems(body) == [(3, "第 3 行：2026-01-01 写了两次。")]


def test_a_weekday_cannot_be_a_working_weekend() -> None:
    body = "2026-01-05,working_weekend,元旦调休,通知,2025-11-04\n"
    assert _problems(body) == [(2, "第 2 行：2026-01-05 不是周末，不能写成调休上班。")]


def test_a_year_is_published_as_a_whole_or_not_at_all() -> None:
    body = "2026-01-01,holiday,元旦,通知,2025-11-04\n2026-01-02,holiday,元旦,通知,\n"
    assert _problems(body) == [(3, "第 3 行：2026 年别的日子有公布日期，这一行没有。")]


def test_names_and_sources_are_wanted_and_bounded() -> None:
    assert _problems(f"2026-01-01,holiday,,{'长' * 201},\n") == [
        (2, "第 2 行：name 没有填，或者太长。"),
        (2, "第 2 行：source 没有填，或者太长。"),
    ]


def test_an_empty_table_and_a_table_without_its_columns_are_refused() -> None:
    assert _problems("") == [(1, "第 1 行以下没有日子，表是空的。")]
    with pytest.raises(BadCalendar) as refused:
        rows_from("day,kind\n2026-01-01,holiday\n")
    assert [p.value for p in refused.value.problems] == ["name", "source", "published_on"]
