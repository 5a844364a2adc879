"""Importing the calendar: all or nothing, the same again changes nothing."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

import ylyx_site.calendar
from ylyx_site.calendar.errors import BadCalendar
from ylyx_site.calendar.models import CalendarDay
from ylyx_site.calendar.queries import is_published, working_calendar
from ylyx_site.calendar.rules import DayKind
from ylyx_site.calendar.service import ImportReport, import_days
from ylyx_site.calendar.table import rows_from
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared import clock
from ylyx_site.shared.db import db

DATA = Path(ylyx_site.calendar.__file__).parent / "data"
HEADER = "day,kind,name,source,published_on\n"


def _import(session: Session, text: str) -> ImportReport:
    return import_days(session, rows_from(text), actor_id=None, now=clock.now())


def _import_file(session: Session, year: int) -> ImportReport:
    return _import(session, (DATA / f"cn-{year}.csv").read_text("utf-8"))


def test_the_published_year_and_the_one_without_its_notice(session: Session) -> None:
    _import_file(session, 2026)
    _import_file(session, 2027)
    days = working_calendar(session, date(2026, 11, 23), date(2027, 2, 5))
    assert [days.kind(day) for day in (date(2026, 10, 1), date(2026, 10, 10))] == [
        DayKind.holiday,
        DayKind.working_weekend,
    ]
    assert days.kind(date(2027, 2, 5)) == DayKind.holiday
    assert [days.is_published(year) for year in (2026, 2027)] == [True, False]
    assert [is_published(session, year) for year in (2025, 2026, 2027)] == [False, True, False]


def test_limits_may_count_over_the_end_of_the_days_asked_for(session: Session) -> None:
    _import_file(session, 2026)
    days = working_calendar(session, date(2027, 1, 4), date(2027, 1, 4))
    assert days.is_published(2026)
    assert days.working_days_before(date(2026, 10, 8), 1) == date(2026, 9, 30)


def test_reading_the_calendar_is_one_query(session: Session) -> None:
    _import_file(session, 2026)
    asked: list[str] = []
    engine = session.get_bind()
    record = lambda *args: asked.append(args[2])  # noqa: E731 a listener
    sa.event.listen(engine, "before_cursor_execute", record)
    working_calendar(session, date(2026, 1, 1), date(2027, 12, 31))
    sa.event.remove(engine, "before_cursor_execute", record)
    assert len(asked) == 1


def test_the_same_table_again_changes_nothing(session: Session) -> None:
    first = _import_file(session, 2026)
    again = _import_file(session, 2026)
    assert (len(first.added), first.changed, first.removed) == (39, (), ())
    assert again == ImportReport((), (), (), 39)
    session.flush()
    assert session.scalars(sa.select(JournalEntry.detail)).all() == ["+39 ~0 -0"]


def test_a_new_notice_replaces_its_own_year_and_no_other(session: Session) -> None:
    _import_file(session, 2026)
    _import(
        session,
        HEADER + "2027-01-01,holiday,元旦,办法,\n2027-05-01,holiday,劳动节,办法,\n",
    )
    report = _import(
        session,
        HEADER + "2027-01-01,holiday,元旦,通知,2026-11-20\n"
        "2027-01-02,holiday,元旦,通知,2026-11-20\n",
    )
    assert report == ImportReport(
        added=(date(2027, 1, 2),),
        changed=(date(2027, 1, 1),),
        removed=(date(2027, 5, 1),),
        unchanged=0,
    )
    assert is_published(session, 2027)
    assert session.scalar(sa.select(sa.func.count()).select_from(CalendarDay)) == 41


def test_one_bad_line_and_nothing_is_changed(session: Session) -> None:
    with pytest.raises(BadCalendar):
        _import(
            session,
            HEADER + "2026-01-01,holiday,元旦,通知,2025-11-04\n2026-13-01,holiday,元旦,通知,\n",
        )
    session.flush()
    assert session.scalars(sa.select(CalendarDay.day)).all() == []


def test_the_command_says_what_changed(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(HEADER + "2027-01-01,holiday,元旦,办法,\n", "utf-8-sig")
    command = app.test_cli_runner()
    first = command.invoke(args=["calendar", "import", str(file)])
    again = command.invoke(args=["calendar", "import", str(file)])
    assert (first.exit_code, first.output) == (0, "新增 1 天：2027-01-01\n")
    assert (again.exit_code, again.output) == (0, "没有变化，1 天都已在日历里。\n")


def test_the_command_names_bad_lines_and_exits_with_one(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(HEADER + "2027-01-01,party,元旦,办法,\n", "utf-8")
    answer = app.test_cli_runner().invoke(args=["calendar", "import", str(file)])
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr == (
        "第 2 行：不认识种类“party”。\n日历没有导入，表里有 1 处要改。改好以后再导入一次。\n"
    )
    assert db.session.scalars(sa.select(CalendarDay.day)).all() == []


def test_a_file_in_another_encoding_is_refused(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "gbk.csv"
    file.write_text(HEADER + "2027-01-01,holiday,元旦,办法,\n", "gb18030")
    answer = app.test_cli_runner().invoke(args=["calendar", "import", str(file)])
    assert (answer.exit_code, answer.stderr) == (
        1,
        "文件不是 UTF-8 编码，请另存为 UTF-8 再导入。\n",
    )
