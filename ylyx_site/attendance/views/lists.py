"""The class's list as a table to take away; what was seen of a child's health stays on the site."""

from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, request, send_file

from ylyx_site.attendance import words
from ylyx_site.attendance.forms.board import ListForm, class_from
from ylyx_site.attendance.queries.board import ChildRow, board
from ylyx_site.attendance.views.desk import LIST
from ylyx_site.childcare.words import care_name
from ylyx_site.facilities.queries import classes_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.spreadsheets import XLSX, Cell, Sheet, written

pages = Blueprint("desk_lists", __name__)


@pages.get(f"{LIST}/list.xlsx")
@access(Role.HEAD, Role.CARER)
def download() -> Response:
    """The list of a day, of one class or of all."""
    form = ListForm(request.args)
    if not form.validate():
        raise NotFound
    day, class_id = form.date.data or clock.today(), class_from(request.args.get("class"))
    session, house = db.session(), own_facility()
    if class_id is not None and class_id not in {one.id for one in classes_of(session, house, day)}:
        raise NotFound
    header = [
        _("孩子"), _("班级"), _("方式"), _("从"), _("到"), _("状态"), _("到园"), _("离园"),
        _("晚接分钟"), _("要注意"),
    ]  # fmt: skip
    rows = _cells(board(session, house, day, class_id))
    page = Sheet(day.isoformat(), header, rows, [12, 14, 14, 8, 8, 10, 8, 8, 10, 12])
    return send_file(
        written([page]), mimetype=XLSX, as_attachment=True,
        download_name=f"attendance-{day.isoformat()}.xlsx",
    )  # fmt: skip


def _cells(rows: Iterable[ChildRow]) -> Iterator[list[Cell]]:
    for row in rows:
        it = row.it
        yield [
            it.child, it.class_name, care_name(it.kind, it.half), text_from_minute(it.starts),
            text_from_minute(it.ends), str(words.STANDINGS[row.standing][0]),
            *(text_from_minute(clock.minute_of(at)) if at else "" for at in (
                it.arrived_at, it.left_at)),
            row.late_minutes, _("有，看签到页") if row.note else "",
        ]  # fmt: skip
