"""What the first page of the desk and the day's list say until the house is rightly open."""

from flask import Flask
from sqlalchemy.orm import Session

from ylyx_site.identity import desk_bar
from ylyx_site.identity.desk_bar import Reminder
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.opening import words
from ylyx_site.opening.kinds import State
from ylyx_site.opening.queries.morning import morning_of, opened_on
from ylyx_site.opening.rules import lines
from ylyx_site.shared import clock
from ylyx_site.shared.language import gettext as _

PAGE = "/desk/opening"


def set_up(_app: Flask) -> None:
    """Have the desk remind of opening."""
    desk_bar.REMINDERS["opening"] = _reminders


def _reminders(session: Session) -> list[Reminder]:
    """Nothing on a shut day or after closing time; a red point is told after opening too."""
    who, now = signed_in(), clock.now()
    if who.role not in (Role.HEAD, Role.CARER) or who.facility_id is None:
        return []
    day = clock.day_of(now)
    house, morning = morning_of(session, who.facility_id, day)
    span = house.opening.span
    if span is None or clock.minute_of(now) >= span.end:
        return []
    found = []
    if opened_on(session, who.facility_id, day) is None:
        found.append(Reminder(_("今天还没有做开门检查。"), PAGE, _("去检查，开门")))
    red = [one for one in lines(morning) if one.state is State.BAD]
    return found + [Reminder(words.line_sentence(one), PAGE, _("去处理")) for one in red]
