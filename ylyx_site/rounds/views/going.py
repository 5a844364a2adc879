"""The courier's page: today's stops with their doors, one tap each; nothing of other days."""

from dataclasses import dataclass

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.facilities.queries import facility_of
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import Role
from ylyx_site.journal.reads import remember_read
from ylyx_site.meals.words import meal_name
from ylyx_site.rounds import service, words
from ylyx_site.rounds.forms import ClosureForm, TapForm
from ylyx_site.rounds.queries.plan import not_in_a_round
from ylyx_site.rounds.queries.rounds import meals_brought, progress, round_of, rounds_of
from ylyx_site.rounds.queries.stops import stop_of, stops_of
from ylyx_site.rounds.rules.order import meal_of_now
from ylyx_site.rounds.rules.wishes import Run
from ylyx_site.rounds.views.doors import author, written
from ylyx_site.serving.kinds import SERVED, HandedHow
from ylyx_site.serving.rules.wishes import UNDO
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import say
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.templating import render

pages = Blueprint("desk_rounds", __name__)
LIST = "/desk/rounds"
GOERS = (Role.COURIER, Role.CLERK, Role.CANTEEN_MANAGER)


@dataclass(frozen=True, slots=True)
class Today:
    """The meals that are brought today, and the one that the page is about (None: none is)."""

    meals: tuple[Meal, ...]
    meal: Meal | None


@pages.get(LIST)
@access(*GOERS)
def show_rounds() -> str:
    """Today's rounds; a courier with one round sees it at once."""
    session, who = db.session(), author()
    rounds, today = rounds_of(session, who), _today(session, who.facility_id)
    if who.is_courier and len(rounds) == 1 and today.meal is not None:
        return _round(rounds[0].id)
    day = clock.day_of(who.now)
    ids = [one.id for one in rounds]
    stands = progress(session, who.facility_id, day, today.meal, ids) if today.meal else {}
    missing = 0 if who.is_courier else not_in_a_round(session, who.facility_id, [day])
    return render(
        "rounds/rounds.html", rounds=rounds, today=today, stands=stands, day=day,
        missing=missing, is_courier=who.is_courier, is_manager=who.is_manager,
        meal_name=meal_name, address=address,
    )  # fmt: skip


@pages.get(f"{LIST}/<int:round_id>")
@access(*GOERS)
def show_round(round_id: int) -> str:
    """One round of today."""
    return _round(round_id)


@pages.get(f"{LIST}/<int:round_id>/sheet")
@access(*GOERS)
def print_round(round_id: int) -> str:
    """Today's round on paper, for the day without any network."""
    return _round(round_id, template="rounds/printed.html")


@pages.post(f"{LIST}/<int:round_id>/stops/<int:person_id>")
@access(*GOERS)
def save_tap(round_id: int, person_id: int) -> ResponseReturnValue:
    """One tap; a script gets the stop's result and the figures back, without any address."""
    form = TapForm()
    if not form.validate():
        problem = next(iter(next(iter(form.errors.values()))))
        return _round(round_id, problem=(person_id, problem)), 422
    wish = form.wish(round_id, person_id)
    here = address(f"{LIST}/{round_id}", meal=wish.meal.value)
    problem = written(form, wish, here, lambda session, who: service.tap(session, wish, who))
    status = 422 if problem else 200
    if htmx.is_htmx() and wish.day == clock.today():
        return _result(round_id, person_id, wish.meal, problem), status
    if htmx.is_htmx():  # kept on the device since another day: no row of today's takes the answer
        return render("rounds/_problem.html", problem=problem or _("已经补记。")), status
    if problem:
        return _round(round_id, problem=(person_id, problem)), status
    return htmx.see_other(f"{here}#stop-{person_id}")


@pages.post(f"{LIST}/<int:round_id>/closure")
@access(*GOERS)
def save_closure(round_id: int) -> ResponseReturnValue:
    """Close the round of this meal."""
    form = ClosureForm()
    if not form.validate():
        return _round(round_id, closure=form), 422
    meal = Meal(str(form.meal.data))
    here = address(f"{LIST}/{round_id}", meal=meal.value)
    wish = ("close", round_id, meal, clock.today())
    if written(form, wish, here, lambda session, who: service.close(session, round_id, meal, who)):
        return _round(round_id, closure=form), 422
    return htmx.see_other(here)


def _today(session: Session, facility_id: int) -> Today:
    """What is brought today; an address may choose among it, and nothing else."""
    now = clock.now()
    brought = meals_brought(session, facility_id, clock.day_of(now))
    meals = tuple(meal for meal in Meal if meal in brought)
    asked = (request.form if request.method == "POST" else request.args).get("meal")
    chosen = next((one for one in meals if one.value == asked), None)
    return Today(meals, chosen or meal_of_now(brought, clock.minute_of(now)))


def _round(
    round_id: int,
    *,
    problem: tuple[int, str] = (0, ""),
    closure: WriteForm | None = None,
    template: str = "rounds/round.html",
) -> str:
    session, who = db.session(), author()
    session.rollback()
    found, day = round_of(session, who, round_id), clock.day_of(who.now)
    today = _today(session, who.facility_id)
    run = Run(round_id, who.facility_id, day, today.meal) if today.meal else None
    stops = stops_of(session, run) if run else []
    if stops:
        remember_read(
            "rounds.addresses_read", f"round:{round_id}:{day}",
            actor_id=who.actor_id, facility_id=who.facility_id,
        )  # fmt: skip
    stands = progress(session, who.facility_id, day, today.meal, [round_id]) if today.meal else {}
    return render(
        template, round=found, today=today, day=day, stops=stops, stand=stands.get(round_id),
        problem=problem, closure=closure or ClosureForm(formdata=None), is_courier=who.is_courier,
        meal_name=meal_name, address=address,
        facility=facility_of(session, who.facility_id), **_common(),
    )  # fmt: skip


def _result(round_id: int, person_id: int, meal: Meal, problem: str) -> str:
    session, who = db.session(), author()
    session.rollback()
    run = Run(round_id, who.facility_id, clock.day_of(who.now), meal)
    stop = stop_of(session, run, person_id)
    if stop is None:  # the meal has ended since, or it was on another day
        return render("rounds/_problem.html", problem=problem or say(NotFound()))
    stands = progress(session, who.facility_id, run.day, meal, [round_id])
    return render(
        "rounds/_tapped.html", round=round_of(session, who, round_id), stop=stop, day=run.day,
        today=Today((meal,), meal), stand=stands[round_id], problem=(person_id, problem),
        is_courier=who.is_courier, **_common(),
    )  # fmt: skip


def _common() -> dict[str, object]:
    return {
        "results": words.RESULTS, "HandedHow": HandedHow, "served": SERVED,
        "undoable_since": clock.now() - UNDO,
    }  # fmt: skip
