"""What the first page of the desk says of the children of this moment, and who is not well."""

from flask import Flask
from sqlalchemy.orm import Session

from ylyx_site.attendance.queries.days import unwell
from ylyx_site.attendance.queries.now import Now, now_at
from ylyx_site.attendance.views.desk import LIST
from ylyx_site.identity import desk_bar
from ylyx_site.identity.desk_bar import Reminder
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import ngettext


def set_up(app: Flask) -> None:
    """Have the desk, whose first page lies in a lower room, show and remind of them."""
    app.jinja_env.globals["children_now"] = children_now
    desk_bar.REMINDERS["attendance"] = _reminders


def children_now() -> Now | None:
    """The figures of the visitor's nursery; None for who does not look after children."""
    who = signed_in()
    if who.role not in (Role.HEAD, Role.CARER) or who.facility_id is None:
        return None
    return now_at(db.session(), who.facility_id, clock.now())


def _reminders(session: Session) -> list[Reminder]:
    """How many, without a name: the page may stand open at the door."""
    who = signed_in()
    if who.role not in (Role.HEAD, Role.CARER) or who.facility_id is None:
        return []
    days = unwell(session, who.facility_id, clock.today())
    if not days:
        return []
    sentence = ngettext(
        "今天有 %(num)d 个孩子检查有异常。请隔开复测，再给家长打电话。",
        "今天有 %(num)d 个孩子检查有异常。请隔开复测，再给家长打电话。",
        len(days),
    )
    where = f"{LIST}/{days[0]}/checks" if len(days) == 1 else LIST
    return [Reminder(sentence, where, _("去处理"))]
