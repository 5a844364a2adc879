"""The daily note: a class on one page, a save for each child; and what the family reads."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ylyx_site.attendance import words
from ylyx_site.attendance.forms.board import ListForm, class_from
from ylyx_site.attendance.forms.notes import NoteForm
from ylyx_site.attendance.queries.days import day_of_house
from ylyx_site.attendance.queries.notes import NoteRow, notes_of_children, notes_of_house
from ylyx_site.attendance.rules.notes import NoteWish
from ylyx_site.attendance.service.notes import write_note
from ylyx_site.attendance.views.desk import LIST, author_of
from ylyx_site.facilities.queries import classes_of
from ylyx_site.families.queries import children_of
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.templating import render

pages = Blueprint("desk_notes", __name__)
family = Blueprint("family_notes", __name__)
NOTES = f"{LIST}/notes"
DAYS_SHOWN = timedelta(days=30)


class Typed(NamedTuple):
    """A form as it was sent, for the child that it is about."""

    day_id: int
    form: NoteForm


@pages.get(NOTES)
@access(Role.HEAD, Role.CARER)
def show_notes() -> ResponseReturnValue:
    """The children who came, each with a form; today's unless the address says another day."""
    form = ListForm(request.args)
    status = 200 if form.validate() else 422
    return _page(form.date.data or clock.today(), class_from(request.args.get("class"))), status


@pages.post(f"{LIST}/<int:day_id>/note")
@access(Role.HEAD, Role.CARER)
def save_note(day_id: int) -> ResponseReturnValue:
    """Save one child's note: the child's part comes back, or the page without JavaScript."""
    day = day_of_house(db.session(), own_facility(), day_id).day
    form, class_id = NoteForm(), class_from(request.form.get("class"))
    is_saved = form.validate() and _save(day_id, form)
    status = 200 if is_saved else 422
    typed = None if is_saved else Typed(day_id, form)
    if htmx.is_htmx():
        return _part(day, class_id, day_id, typed), status
    if typed:
        return _page(day, class_id, typed), status
    return htmx.see_other(f"{_address(day, class_id)}#note-{day_id}")


@family.get("/family/notes")
@access(SIGNED_IN)
def show_own() -> str:
    """What was written about one's own children in the last month."""
    session = db.session()
    children = [one.id for one in children_of(session, signed_in().account_id)]
    notes = notes_of_children(session, children, clock.today() - DAYS_SHOWN) if children else []
    remember_own(one.child_id for one in notes)
    return render(
        "attendance/notes_family.html", notes=notes, has_children=bool(children), **_words()
    )


def remember_own(child_ids: Iterable[int]) -> None:
    """One entry a child whose notes its family reads: they hold health data."""
    for child_id in child_ids:
        remember_read(
            "attendance.notes_read", f"person:{child_id}", actor_id=signed_in().account_id
        )


def _save(day_id: int, form: NoteForm) -> bool:
    author, wish = author_of(form.key.data), form.wish()
    return not refused(
        form, (day_id, wish), NOTES,
        lambda session, *_: write_note(session, day_id, wish, author),
    )  # fmt: skip


def _page(day: date, class_id: int | None, typed: Typed | None = None) -> str:
    session, house = db.session(), own_facility()
    classes = classes_of(session, house, day)
    if class_id is not None and class_id not in {one.id for one in classes}:
        raise NotFound
    rows = notes_of_house(session, house, day, class_id)
    _journal(rows, house, day)
    return render(
        "attendance/notes.html", rows=rows, day=day, class_id=class_id, classes=classes,
        typed=typed, written=sum(row.note is not None for row in rows), address_of=_address,
        saved=0, list_address=address(LIST, date=None if day == clock.today() else day), **_words(),
    )  # fmt: skip


def _part(day: date, class_id: int | None, day_id: int, typed: Typed | None) -> str:
    house = own_facility()
    rows = notes_of_house(db.session(), house, day, None)
    row = next((one for one in rows if one.day_id == day_id), None)
    if row is None:
        raise NotFound
    _journal([row], house, day)
    return render(
        "attendance/_note.html", row=row, class_id=class_id, typed=typed,
        saved=0 if typed else day_id, **_words(),
    )  # fmt: skip


def _journal(rows: list[NoteRow], house: int, day: date) -> None:
    """One entry a page view, when a note is on it."""
    if any(row.note for row in rows):
        remember_read(
            "attendance.notes_read", f"day:{house}:{day.isoformat()}",
            actor_id=signed_in().account_id, facility_id=house,
        )  # fmt: skip


def _address(day: date, class_id: int | None) -> str:
    return address(NOTES, **{"date": None if day == clock.today() else day, "class": class_id})


def _words() -> dict[str, Any]:
    return {"words": words, "EMPTY": NoteWish(), "temperature": words.temperature}
