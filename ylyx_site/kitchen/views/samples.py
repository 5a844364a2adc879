"""Samples of food: which dishes have theirs, where they stand, when they may go."""

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from ylyx_site.identity import desk_bar
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import Command, own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.kitchen.forms.samples import DisposeForm, SamplesForm
from ylyx_site.kitchen.queries.samples import (
    dishes_cooked,
    kept_samples,
    meals_without,
    samples_of,
)
from ylyx_site.kitchen.rules.samples import LEAST_GRAMS, may_dispose
from ylyx_site.kitchen.service.samples import dispose, dispose_due, take_samples
from ylyx_site.kitchen.views.doors import PAGE, WINDOW, Asked, asked
from ylyx_site.meals import words as meal_words
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import say
from ylyx_site.shared.templating import render

pages = Blueprint("kitchen_samples", __name__)
SAMPLES = f"{PAGE}/samples"


def set_up(_app: Flask) -> None:
    """Have the desk's first page remind of samples."""
    desk_bar.REMINDERS["samples"] = _reminders


@pages.get(SAMPLES)
@access(*WINDOW)
def show_samples() -> ResponseReturnValue:
    """The dishes of a meal with their samples, and all that is still kept."""
    wanted = asked(db.session(), request.args)
    form = SamplesForm(MultiDict())
    return _page(wanted, form), 422 if wanted.errors else 200


@pages.post(SAMPLES)
@access(*WINDOW)
def save_samples() -> ResponseReturnValue:
    """Write samples down."""
    form, wanted = SamplesForm(), asked(db.session(), request.form)
    if not form.validate():
        return _page(wanted, form), 422
    try:
        wish = form.wish()
    except ValueError as bad:
        form.form_errors.append(str(bad))
        return _page(wanted, form), 422

    answer, asked_for = wanted.address(SAMPLES), (wanted.day, wanted.meal, wish)
    if refused(form, asked_for, answer, lambda session, who, now: take_samples(
        session, wanted.canteen.id, wanted.day, wanted.meal, wish, actor_id=who, now=now
    )):  # fmt: skip
        return _page(wanted, form), 422
    return htmx.see_other(answer)


@pages.post(f"{SAMPLES}/<int:sample_id>/disposal")
@access(*WINDOW)
def dispose_one(sample_id: int) -> ResponseReturnValue:
    """One was thrown away."""
    return _dispose(
        lambda session, who, now: dispose(session, own_facility(), sample_id, actor_id=who, now=now)
    )


@pages.post(f"{SAMPLES}/disposal")
@access(*WINDOW)
def dispose_all() -> ResponseReturnValue:
    """All whose 48 hours are over were thrown away."""
    return _dispose(
        lambda session, who, now: dispose_due(session, own_facility(), actor_id=who, now=now)
    )


def _dispose(command: Command) -> ResponseReturnValue:
    form, wanted = DisposeForm(), asked(db.session(), request.form)
    empty, answer = SamplesForm(MultiDict()), wanted.address(SAMPLES)
    if not form.validate():
        return _page(wanted, empty), 422
    refusal = refused(form, (request.path,), answer, command)
    if refusal is not None:
        return _page(wanted, empty, problem=say(refusal)), 422
    return htmx.see_other(answer)


def _page(wanted: Asked, form: SamplesForm, problem: str = "") -> str:
    session, now = db.session(), clock.now()
    taken = samples_of(session, wanted.canteen.id, wanted.day, wanted.meal)
    have = {one.dish_id for one in taken}
    cooked = dishes_cooked(session, wanted.canteen.id, wanted.day, wanted.meal)
    kept = kept_samples(session, wanted.canteen.id)
    return render(
        "kitchen/samples.html", wanted=wanted, form=form, problem=problem, taken=taken,
        missing=[(number, name) for number, name in cooked if number not in have],
        kept=kept, due=[one for one in kept if may_dispose(one.taken_at, now)],
        may_dispose=lambda at: may_dispose(at, now), typed=form.typed(), ticked=form.ticked(),
        least=LEAST_GRAMS, meal_words=meal_words, is_today=wanted.day == clock.today(),
    )  # fmt: skip


def _reminders(session: Session) -> list[desk_bar.Reminder]:
    """What the first page of the desk says to those who cook and serve."""
    who = signed_in()
    if who.role not in (Role.CANTEEN_MANAGER, Role.CLERK) or who.facility_id is None:
        return []
    now = clock.now()
    return [
        desk_bar.Reminder(
            _("%(meal)s开餐一个小时了，还没有留样记录。", meal=meal_words.meal_name(meal)),
            f"{SAMPLES}?meal={meal.value}",
            _("去留样"),
        )
        for _kitchen, meal in meals_without(
            session, clock.day_of(now), clock.minute_of(now), who.facility_id
        )
    ]
