"""Who takes the child home: chosen at the door from a list, or by the code of the day."""

from datetime import datetime

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.attendance import words
from ylyx_site.attendance.forms.child import LeaveForm
from ylyx_site.attendance.queries.child import ChildDay, child_day
from ylyx_site.attendance.queries.days import attendance_of
from ylyx_site.attendance.service.leaving import hand_over
from ylyx_site.attendance.views.desk import LIST, author_of
from ylyx_site.handover.queries.takers import blocks_of, takers_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, write_once
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.once import new_key
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("desk_leaving", __name__)


@pages.get(f"{LIST}/<int:day_id>/leaving")
@access(Role.HEAD, Role.CARER)
def leaving_page(day_id: int) -> str:
    """Whom the child may go with, and who must not take it."""
    return _page(child_day(db.session(), own_facility(), day_id), LeaveForm())


@pages.post(f"{LIST}/<int:day_id>/leaving")
@access(Role.HEAD, Role.CARER)
def leave(day_id: int) -> ResponseReturnValue:
    """The child goes with somebody; a wrong code is counted and shown."""
    form = LeaveForm()
    found = child_day(db.session(), own_facility(), day_id)
    answer = f"{LIST}#child-{day_id}"
    try:
        if form.validate():
            _leave(form, day_id, answer)
            return htmx.see_other(answer)
    except Refusal as refusal:
        form.refuse(refusal)
        form.key.data = new_key()  # what is tried next is another wish
    return _page(found, form), 422


def _leave(form: LeaveForm, day_id: int, answer: str) -> None:
    author, wish = author_of(form.key.data), form.wish()
    is_head = signed_in().role is Role.HEAD

    refusals = []  # none for what was right the first time

    def leave(session: Session, _who: int, _now: datetime) -> None:
        refusals.append(hand_over(session, day_id, wish, author, is_head=is_head))

    write_once(author.key, (day_id, wish), answer, leave)
    for refusal in filter(None, refusals):  # raised out here, because its trace has to stay
        raise refusal


def _page(found: ChildDay, form: LeaveForm) -> str:
    session, who, child_id = db.session(), signed_in(), found.day.child_id
    remember_read(
        "handover.takers_read", f"person:{child_id}", actor_id=who.account_id,
        facility_id=found.day.facility_id,
    )  # fmt: skip
    last = attendance_of(session, found.day.id)
    return render(
        "attendance/leaving.html", found=found, form=form, taker_words=words.taker_words,
        now=clock.now(),
        is_here=last is not None and last.left_at is None, is_head=who.role is Role.HEAD,
        takers=takers_of(session, child_id, found.day.day), blocks=blocks_of(session, child_id),
    )  # fmt: skip
