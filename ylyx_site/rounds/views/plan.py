"""The planner: who is in which round, in which order; nobody with a delivery is forgotten."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.identity.access import access
from ylyx_site.identity.roles import Role
from ylyx_site.journal.reads import remember_read
from ylyx_site.rounds import service
from ylyx_site.rounds.forms import RoundForm, StopForm
from ylyx_site.rounds.queries.plan import plan_of
from ylyx_site.rounds.queries.rounds import RoundFacts, couriers_of, rounds_of
from ylyx_site.rounds.views.doors import author, written
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.templating import render

pages = Blueprint("desk_round_plan", __name__)
PLAN = "/desk/rounds/plan"


@pages.get(PLAN)
@access(Role.CANTEEN_MANAGER)
def show_plan() -> str:
    """Every round with its stops, and whoever is not yet in one."""
    return _plan()


@pages.get(f"{PLAN}/new")
@access(Role.CANTEEN_MANAGER)
def new_round() -> str:
    """A name, and who goes it."""
    return _form(RoundForm(formdata=None))


@pages.post(f"{PLAN}/new")
@access(Role.CANTEEN_MANAGER)
def save_new_round() -> ResponseReturnValue:
    """Make it."""
    form = RoundForm()
    if form.validate():
        wish = form.wish()
        if not written(
            form, wish, PLAN, lambda session, who: service.add_round(session, wish, who)
        ):
            return htmx.see_other(PLAN)
    return _form(form), 422


@pages.get(f"{PLAN}/<int:round_id>")
@access(Role.CANTEEN_MANAGER)
def edit_round(round_id: int) -> str:
    """Another name, other couriers."""
    found = _found(round_id)
    form = RoundForm(formdata=None, name=found.name, courier=[one for one, _ in found.couriers])
    return _form(form, round_id)


@pages.post(f"{PLAN}/<int:round_id>")
@access(Role.CANTEEN_MANAGER)
def save_round(round_id: int) -> ResponseReturnValue:
    """Keep them."""
    form = RoundForm()
    _found(round_id)
    if form.validate():
        wish = form.wish()
        if not written(
            form, (round_id, wish), PLAN,
            lambda session, who: service.change_round(session, round_id, wish, who),
        ):  # fmt: skip
            return htmx.see_other(PLAN)
    return _form(form, round_id), 422


@pages.post(f"{PLAN}/<int:round_id>/ending")
@access(Role.CANTEEN_MANAGER)
def end_round(round_id: int) -> ResponseReturnValue:
    """End a round; its people are listed as not yet in a round."""
    form = WriteForm()
    if form.validate() and not written(
        form, ("end", round_id), PLAN,
        lambda session, who: service.end_round(session, round_id, who),
    ):  # fmt: skip
        return htmx.see_other(PLAN)
    return _plan(form), 422


@pages.post(f"{PLAN}/stops")
@access(Role.CANTEEN_MANAGER)
def save_stop() -> ResponseReturnValue:
    """Put somebody at a place of a round."""
    form = StopForm()
    if form.validate():
        wish = form.wish()
        here = f"{PLAN}#stop-{wish.person_id}"
        if not written(
            form, wish, here, lambda session, who: service.place_stop(session, wish, who)
        ):
            return htmx.see_other(here)
    return _plan(form), 422


@pages.post(f"{PLAN}/stops/<int:person_id>/removal")
@access(Role.CANTEEN_MANAGER)
def remove_stop(person_id: int) -> ResponseReturnValue:
    """Take somebody out of the rounds."""
    form = WriteForm()
    if form.validate() and not written(
        form, ("remove", person_id), PLAN,
        lambda session, who: service.remove_stop(session, person_id, who),
    ):  # fmt: skip
        return htmx.see_other(PLAN)
    return _plan(form), 422


def _found(round_id: int) -> RoundFacts:
    found = next((one for one in rounds_of(db.session(), author()) if one.id == round_id), None)
    if found is None:
        raise NotFound
    return found


def _plan(form: WriteForm | None = None) -> str:
    session, who = db.session(), author()
    session.rollback()
    plan = plan_of(session, who.facility_id, clock.day_of(who.now))
    if plan.stops or plan.not_yet:
        remember_read(
            "rounds.addresses_read", f"plan:{who.facility_id}",
            actor_id=who.actor_id, facility_id=who.facility_id,
        )  # fmt: skip
    return render(
        "rounds/plan.html", rounds=rounds_of(session, who), plan=plan,
        form=form or StopForm(formdata=None),
    )  # fmt: skip


def _form(form: RoundForm, round_id: int | None = None) -> str:
    session, who = db.session(), author()
    session.rollback()
    form.courier.choices = couriers_of(session, who.facility_id)
    return render("rounds/edit.html", form=form, round_id=round_id, ending=WriteForm(formdata=None))
