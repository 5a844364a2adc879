"""One child's day at the desk: times put right, checks, a guardian's number."""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.attendance import words
from ylyx_site.attendance.forms.child import CheckForm, EntryForm, PhoneForm
from ylyx_site.attendance.kinds import CheckKind, Symptom
from ylyx_site.attendance.queries.child import ChildDay, child_day
from ylyx_site.attendance.queries.days import attendance_of
from ylyx_site.attendance.rules.wishes import SAME, Author
from ylyx_site.attendance.service.checks import record_check
from ylyx_site.attendance.service.entries import enter
from ylyx_site.attendance.service.phones import read_phone
from ylyx_site.attendance.views.desk import LIST, author_of
from ylyx_site.families.kinds import Relation
from ylyx_site.families.words import RELATIONS
from ylyx_site.handover.queries.takers import takers_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.templating import render

pages = Blueprint("desk_child", __name__)


@pages.app_template_filter("symptom")
def symptom_text(symptom: Symptom) -> str:
    """What was seen."""
    return str(words.SYMPTOMS[symptom])


@pages.app_template_filter("degrees")
def degrees(tenths: int) -> str:
    """「36.5 ℃」."""
    return words.temperature(tenths)


@pages.app_template_filter("guardian")
def guardian_text(relation: Relation) -> str:
    """What a guardian is to the child."""
    return str(RELATIONS[relation])


@pages.get(f"{LIST}/<int:day_id>/entry")
@access(Role.HEAD, Role.CARER)
def entry_page(day_id: int) -> str:
    """The times as they stand."""
    session = db.session()
    found = child_day(session, own_facility(), day_id)
    last = attendance_of(session, day_id)
    form = _choosing(EntryForm(left_with=SAME if last and last.left_with else ""), found)
    for field, at in ((form.arrived, found.day.arrived_at), (form.left, last and last.left_at)):
        field.data = text_from_minute(clock.minute_of(at)) if at else ""
    return _entry(found, form)


@pages.post(f"{LIST}/<int:day_id>/entry")
@access(Role.HEAD, Role.CARER)
def save_entry(day_id: int) -> ResponseReturnValue:
    """Write the times down."""
    found = child_day(db.session(), own_facility(), day_id)
    form = _choosing(EntryForm(), found)
    is_done = form.validate() and _written(
        form, (day_id, form.wish()), lambda session, author: enter(
            session, day_id, form.wish(), author
        )
    )  # fmt: skip
    return htmx.see_other(_list(found)) if is_done else (_entry(found, form), 422)


@pages.get(f"{LIST}/<int:day_id>/checks")
@access(Role.HEAD, Role.CARER)
def checks_page(day_id: int) -> str:
    """The day's checks, a form for another one, and whom to call."""
    found = child_day(db.session(), own_facility(), day_id)
    is_in = found.day.arrived_at and any(one.kind is CheckKind.MORNING for one in found.checks)
    kind = CheckKind.MIDDAY if is_in else CheckKind.MORNING
    return _checks(found, CheckForm(kind=kind.value))


@pages.post(f"{LIST}/<int:day_id>/checks")
@access(Role.HEAD, Role.CARER)
def save_check(day_id: int) -> ResponseReturnValue:
    """Write a check down; when something is wrong, stay here and say what to do."""
    form = CheckForm()
    found = child_day(db.session(), own_facility(), day_id)
    is_done = form.validate() and _written(
        form, (day_id, form.wish()), lambda session, author: record_check(
            session, day_id, form.wish(), author
        )
    )  # fmt: skip
    return htmx.see_other(f"{LIST}/{day_id}/checks") if is_done else (_checks(found, form), 422)


@pages.post(f"{LIST}/<int:day_id>/telephone")
@access(Role.HEAD, Role.CARER)
def show_telephone(day_id: int) -> ResponseReturnValue:
    """The same page with a guardian's whole number, for a reason."""
    form, author = PhoneForm(), author_of(None)
    if not form.validate():
        found = child_day(db.session(), author.facility_id, day_id)
        return _checks(found, CheckForm(formdata=None), form), 422
    with transaction() as session:
        number = read_phone(session, day_id, form.wish(), author)
        found = child_day(session, author.facility_id, day_id)
    return _checks(found, CheckForm(formdata=None), form, number)


def _written(form: WriteForm, wish: object, command: Callable[[Session, Author], object]) -> bool:
    """Run the command once; a refusal is shown on the form."""
    author = author_of(form.key.data)
    return not refused(form, wish, LIST, lambda session, *_: command(session, author))


def _list(found: ChildDay) -> str:
    day = found.day.day
    return address(LIST, date=None if day == clock.today() else day)


def _choosing(form: EntryForm, found: ChildDay) -> EntryForm:
    """Who may have fetched the child that day, and whoever stands there already."""
    session = db.session()
    last = attendance_of(session, found.day.id)
    stands = words.fetcher(last.left_with, last.handed_sealed) if last else ""
    takers = takers_of(session, found.day.child_id, found.day.day)
    form.left_with.choices = words.fetchers(takers, stands)
    return form


def _entry(found: ChildDay, form: EntryForm) -> str:
    return render("attendance/entry.html", found=found, form=form, back_to=_list(found))


def _checks(
    found: ChildDay, form: CheckForm, phone: PhoneForm | None = None, number: str = ""
) -> str:
    if found.checks:
        remember_read(
            "attendance.check_read", f"care_day:{found.day.id}",
            actor_id=signed_in().account_id, facility_id=found.day.facility_id,
        )  # fmt: skip
    return render(
        "attendance/checks.html", found=found, form=form, phone=phone or PhoneForm(formdata=None),
        number=number, results=words.RESULTS, kinds=words.KINDS, back_to=_list(found),
        is_today=found.day.day == clock.today(),
    )  # fmt: skip
