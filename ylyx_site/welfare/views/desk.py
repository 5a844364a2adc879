"""The desk's pages of checks on people: the open ones first, one tap a step."""

from collections.abc import Callable, Collection
from datetime import datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.meals.words import meal_name, serving_name
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.identifiers import row_number
from ylyx_site.shared.templating import render
from ylyx_site.welfare import service, words
from ylyx_site.welfare.forms import OutcomeForm, StepForm, TermsForm
from ylyx_site.welfare.kinds import StepKind, Why
from ylyx_site.welfare.queries.checks import PAGE, check_facts, ended_checks, open_checks
from ylyx_site.welfare.queries.months import month_of, month_until
from ylyx_site.welfare.queries.people import contacts_of
from ylyx_site.welfare.queries.terms import missed_after
from ylyx_site.welfare.rules.checking import is_late, minutes_open, next_step
from ylyx_site.welfare.rules.wishes import Author, TermsWish

pages = Blueprint("desk_welfare", __name__)
LIST = "/desk/welfare"
LAST_PAGE = 1000
WINDOW = (Role.CLERK, Role.CANTEEN_MANAGER)


@pages.app_template_filter("why_checked")
def why_text(why: Why) -> str:
    """Why a person is looked after."""
    return str(words.WHYS[why])


@pages.app_template_filter("meal_called")
def meal_text(meal: Meal) -> str:
    """「午餐」."""
    return meal_name(meal)


@pages.app_template_filter("lasting")
def lasting(minutes: int) -> str:
    """「25 分钟」."""
    return words.lasting(minutes)


@pages.app_template_filter("next_of")
def next_of(taken: Collection[StepKind]) -> StepKind:
    """What comes next."""
    return next_step(taken)


@pages.get(LIST)
@access(*WINDOW)
def show_checks() -> str:
    """Who has to be looked after now, the month in numbers, and what came of the others."""
    return _page(TermsForm(formdata=None))


@pages.get(f"{LIST}/<int:check_id>")
@access(*WINDOW)
def show_check(check_id: int) -> str:
    """One check: whom to call, where the person lives, what was tried, and what comes next."""
    return _check(check_id)


@pages.post(f"{LIST}/<int:check_id>/steps")
@access(*WINDOW)
def save_step(check_id: int) -> ResponseReturnValue:
    """One tap."""
    form, here = StepForm(), f"{LIST}/{check_id}"
    if form.validate() and _written(
        form, (check_id, form.wish()), here,
        lambda session, author: service.take_step(session, check_id, form.wish(), author),
    ):  # fmt: skip
        return htmx.see_other(here)
    return _check(check_id, step=form), 422


@pages.post(f"{LIST}/<int:check_id>/outcome")
@access(*WINDOW)
def save_outcome(check_id: int) -> ResponseReturnValue:
    """End it."""
    form = OutcomeForm()
    if form.validate() and _written(
        form, (check_id, form.wish()), LIST,
        lambda session, author: service.end_check(session, check_id, form.wish(), author),
    ):  # fmt: skip
        return htmx.see_other(LIST)
    return _check(check_id, outcome=form), 422


@pages.post(f"{LIST}/terms")
@access(Role.CANTEEN_MANAGER)
def save_terms() -> ResponseReturnValue:
    """How long to wait before a meal counts as not collected."""
    form = TermsForm()
    if form.validate():
        wish = TermsWish(own_facility(), form.minutes.data or 0)
        if _written(form, wish, LIST, lambda session, author: service.set_terms(
            session, wish, actor_id=author.actor_id, now=author.now
        )):  # fmt: skip
            return htmx.see_other(LIST)
    return _page(form), 422


def _written(
    form: WriteForm, wish: object, answer: str, command: Callable[[Session, Author], object]
) -> bool:
    """Run the command once; a refusal is shown on the form."""
    author = Author(own_facility(), signed_in().account_id, clock.now())
    return not refused(form, wish, answer, lambda session, *_: command(session, author))


def _page(terms: TermsForm) -> str:
    session, canteen, now = db.session(), own_facility(), clock.now()
    page = max(1, min(request.args.get("page", 1, type=row_number), LAST_PAGE))
    ended = ended_checks(session, canteen, page)
    if terms.minutes.raw_data is None:
        terms.minutes.data = missed_after(session, canteen)
    days = month_until(clock.day_of(now))
    return render(
        "welfare/checks.html", open=open_checks(session, canteen), ended=ended[:PAGE],
        page=page, has_more=len(ended) > PAGE, terms=terms, days=days,
        month=month_of(session, [canteen], days)[canteen],
        is_manager=signed_in().role is Role.CANTEEN_MANAGER, **_common(now),
    )  # fmt: skip


def _check(check_id: int, step: StepForm | None = None, outcome: OutcomeForm | None = None) -> str:
    session, canteen = db.session(), own_facility()
    session.rollback()
    found = check_facts(session, canteen, check_id)
    contacts = contacts_of(session, found.person_id) if found.is_open else None
    if contacts is not None:
        remember_read(
            "welfare.contacts_read", f"person:{found.person_id}",
            actor_id=signed_in().account_id, facility_id=canteen,
        )  # fmt: skip
    return render(
        "welfare/check.html", one=found, contacts=contacts, StepKind=StepKind,
        step=step or StepForm(formdata=None), outcome=outcome or OutcomeForm(formdata=None),
        next=next_step(found.taken), **_common(clock.now()),
    )  # fmt: skip


def _common(now: datetime) -> dict[str, object]:
    return {
        "now": now, "minutes_open": minutes_open, "is_late": is_late, "steps": words.STEPS,
        "outcomes": words.OUTCOMES, "serving_name": serving_name,
    }  # fmt: skip
