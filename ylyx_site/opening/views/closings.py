"""Shutting in an emergency: who is touched, confirming, and how far each family has come."""

from typing import TypeVar

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ylyx_site.facilities.doors import own_nursery
from ylyx_site.facilities.queries import classes_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import refused
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.opening import words
from ylyx_site.opening.errors import ChangedMeanwhile
from ylyx_site.opening.forms.closings import WHOLE_HOUSE, ClosingFields, ClosingForm
from ylyx_site.opening.models import CareClosing
from ylyx_site.opening.queries.closings import (
    closing_of,
    closings_of,
    families_of,
    subject_of,
    touched_by,
)
from ylyx_site.opening.rules.wishes import ClosingWish
from ylyx_site.opening.service import closings
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.templating import render

pages = Blueprint("desk_closings", __name__)
PAGE = "/desk/opening/closings"
Fields = TypeVar("Fields", bound=ClosingFields)


@pages.get(PAGE)
@access(Role.HEAD)
def show_all() -> ResponseReturnValue:
    """The closings so far and a form; asked with days, whom it would touch."""
    if "what" not in request.args:
        return _page(_preset())
    form = _offering(ClosingFields(request.args))
    if not form.validate():
        return _page(form), 422
    return _preview(ClosingForm(formdata=None), form.wish())


@pages.post(PAGE)
@access(Role.HEAD)
def shut() -> ResponseReturnValue:
    """Shut; every family is told in the same transaction."""
    form = _offering(ClosingForm())
    if not form.validate():
        return _page(form), 422
    wish = form.wish()
    refusal = refused(
        form, wish, PAGE,
        lambda session, who, now: closings.shut(
            session, _house(), wish, actor_id=who, now=now
        ),
    )  # fmt: skip
    if refusal is None:
        newest = closings_of(db.session(), _house(), most=1)[0]  # whom to telephone first
        return htmx.see_other(f"{PAGE}/{newest.id}")
    if isinstance(refusal, ChangedMeanwhile):
        return _preview(form, wish), refusal.status
    return _page(form), 422


@pages.get(f"{PAGE}/<int:closing_id>")
@access(Role.HEAD)
def show(closing_id: int) -> str:
    """Each family that was touched, and whom to telephone."""
    session, house = db.session(), _house()
    closing = closing_of(session, house, closing_id)
    remember_read(
        "attendance.phone_read", subject_of(closing_id),
        actor_id=signed_in().account_id, facility_id=house,
    )  # fmt: skip
    return render(
        "opening/closing.html", closing=closing, families=families_of(session, closing),
        words=words, class_name=_class_names(house).get(closing.class_id, ""),
        form=WriteForm(formdata=None), may_reopen=_may_reopen(closing),
    )  # fmt: skip


@pages.post(f"{PAGE}/<int:closing_id>/reopening")
@access(Role.HEAD)
def reopen(closing_id: int) -> ResponseReturnValue:
    """Let the class in again."""
    form, answer = WriteForm(), f"{PAGE}/{closing_id}"
    if form.validate():
        refused(
            form, ("reopen", closing_id), answer,
            lambda session, who, now: closings.reopen(
                session, _house(), closing_id, actor_id=who, now=now
            ),
        )  # fmt: skip
    return htmx.see_other(answer)


def _house() -> int:
    return own_nursery(db.session()).id


def _may_reopen(closing: CareClosing) -> bool:
    is_over = closing.reopened_at is not None or closing.last_day < clock.today()
    return closing.class_id is not None and not is_over


def _preset() -> ClosingFields:
    """The whole house, today."""
    form = _offering(ClosingFields(formdata=None))
    form.what.data = WHOLE_HOUSE
    form.first_day.data = form.last_day.data = clock.today()
    return form


def _offering(form: Fields) -> Fields:
    form.offer(classes_of(db.session(), _house(), clock.today()))
    return form


def _page(form: ClosingFields) -> str:
    house = _house()
    return render(
        "opening/closings.html", form=form, closings=closings_of(db.session(), house),
        classes=_class_names(house),
    )  # fmt: skip


def _preview(form: ClosingForm, wish: ClosingWish) -> str:
    touched = touched_by(db.session(), _house(), wish)
    return render(
        "opening/closing_new.html", form=form, wish=wish, touched=touched,
        shown=",".join(str(one.id) for one in touched),
        families=len({one.child_id for one in touched}),
        class_name=_class_names(_house()).get(wish.class_id, ""),
    )  # fmt: skip


def _class_names(house: int) -> dict[int | None, str]:
    return {one.id: one.name for one in classes_of(db.session(), house, clock.today())}
