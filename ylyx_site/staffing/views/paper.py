"""The week's roster on A4 and as a table."""

from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, send_file

from ylyx_site.facilities.doors import own_nursery
from ylyx_site.facilities.queries.history import living_classes
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import Role
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.spreadsheets import XLSX, Cell, Sheet, written
from ylyx_site.shared.templating import render
from ylyx_site.shared.words import short_day
from ylyx_site.staffing.kinds import JOBS, SHIFTS
from ylyx_site.staffing.queries.boards import week_of
from ylyx_site.staffing.queries.shifts import ShiftFacts, shifts_between
from ylyx_site.staffing.views.doors import asked_day

pages = Blueprint("duty_paper", __name__)


@pages.get("/desk/duty/print")
@access(Role.HEAD, Role.CARER)
def print_week() -> str:
    """Carers down, days across: what hangs on the wall."""
    session = db.session()
    facility, week = own_nursery(session), week_of(asked_day("week"))
    shifts = shifts_between(session, facility.id, week)
    days = [day for day in week.days() if day.isoweekday() < 6 or _on(shifts, day)]
    carers = {one.carer.id: one.carer for one in shifts}
    return render(
        "staffing/paper.html", facility=facility, week=week, days=days,
        carers=sorted(carers.values(), key=lambda one: (one.job, one.name, one.id)),
        shifts={
            (carer, day): [one for one in _on(shifts, day) if one.carer.id == carer]
            for carer in carers
            for day in days
        },
        classes=_classes(facility.id, shifts),
    )  # fmt: skip


@pages.get("/desk/duty/week.xlsx")
@access(Role.HEAD, Role.CARER)
def download() -> Response:
    """A row for each shift of the week."""
    session = db.session()
    facility, week = own_nursery(session), week_of(asked_day("week"))
    shifts = shifts_between(session, facility.id, week)
    header = [
        _("日期"), _("姓名"), _("岗位"), _("班级"), _("从"), _("到"), _("做什么"), _("计入照护比"),
    ]  # fmt: skip
    rows = _cells(shifts, _classes(facility.id, shifts))
    page = Sheet(week.first.isoformat(), header, rows, [14, 12, 12, 14, 8, 8, 10, 12])
    return send_file(
        written([page]), mimetype=XLSX, as_attachment=True,
        download_name=f"duty-{week.first.isoformat()}.xlsx",
    )  # fmt: skip


def _on(shifts: Iterable[ShiftFacts], day: object) -> list[ShiftFacts]:
    return [one for one in shifts if one.day == day]


def _classes(facility_id: int, shifts: list[ShiftFacts]) -> dict[int | None, str]:
    """Names of the classes that the shifts are in."""
    names: dict[int | None, str] = {None: ""}
    for day in {one.day for one in shifts}:
        names |= {one.id: one.name for one in living_classes(db.session(), facility_id, day)}
    return names


def _cells(shifts: Iterable[ShiftFacts], classes: dict[int | None, str]) -> Iterator[list[Cell]]:
    for one in sorted(shifts, key=lambda it: (it.day, it.carer.name, it.span.start)):
        yield [
            short_day(one.day), one.carer.name, _(JOBS[one.carer.job]),
            classes.get(one.class_id, ""), text_from_minute(one.span.start),
            text_from_minute(one.span.end), _(SHIFTS[one.kind]), _("是") if one.counts else _("否"),
        ]  # fmt: skip
