"""Weekly plans: the list, a new one, its preview with prices, ordering, rests, ending."""

from collections.abc import Callable

from flask import Blueprint, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.doors import Command, refused, write_once, write_under_a_code
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals import words
from ylyx_site.meals.errors.orders import SomeDays
from ylyx_site.meals.forms.plans import EndForm, PlanForm, PlanOrderForm, RestForm
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.queries.plans import own_plans
from ylyx_site.meals.rules.canteens import CanteenFacts
from ylyx_site.meals.service import plans as service
from ylyx_site.meals.views.plan_page import plan_form, plan_page
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.identifiers import row_number
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("meal_plans", __name__)


@pages.get("/meals/plans")
@access(SIGNED_IN)
def list_plans() -> str:
    """The family's plans."""
    session, who = db.session(), signed_in()
    return render(
        "meals/plans.html", plans=own_plans(session, who.account_id, clock.today()), words=words
    )


@pages.get("/meals/plans/new")
@access(SIGNED_IN)
def new_plan() -> str | BaseResponse:
    """A pattern for one canteen: who, which meal, which weekdays, what, how."""
    if "canteen" not in request.args:
        return htmx.see_other("/meals")
    canteen = _canteen(db.session())
    fields: MultiDict[str, str] = MultiDict()
    form = plan_form(db.session(), canteen, PlanForm(fields))
    return render("meals/plan_new.html", canteen=canteen, form=form)


@pages.post("/meals/plans")
@access(SIGNED_IN)
def create_plan() -> BaseResponse | tuple[str, int]:
    """Write the plan down; then its preview."""
    canteen = _canteen(db.session())
    form = plan_form(db.session(), canteen, PlanForm())
    if form.validate():
        try:
            return htmx.see_other(_add(form, canteen.id))
        except Refusal as refusal:
            form.refuse(refusal)
    return render("meals/plan_new.html", canteen=canteen, form=form), 422


def _add(form: PlanForm, canteen_id: int) -> str:
    wish = form.plan(canteen_id)
    return write_under_a_code(
        str(form.key.data), wish, "/meals/plans",
        lambda session, code, who, now: service.add_plan(
            session, wish, actor_id=who, code=code, now=now
        ),
    )  # fmt: skip


@pages.get("/meals/plans/<code>")
@access(SIGNED_IN)
def show_plan(code: str) -> str:
    """What the plan would order in the coming month, and why a day is left out.

    With days in the address: what those cost together.
    """
    return plan_page(code, PlanOrderForm(request.args))


@pages.post("/meals/plans/<code>/orders")
@access(SIGNED_IN)
def order_plan(code: str) -> BaseResponse | tuple[str, int]:
    """Order all the chosen days in one transaction."""
    form, status = PlanOrderForm(), 422
    if form.validate():
        wish = form.wish(code)
        try:
            return htmx.see_other(
                write_under_a_code(
                    str(form.key.data), wish, "/meals/orders",
                    lambda session, order, who, now: service.order_plan(
                        session, wish, actor_id=who, code=order, now=now
                    ),
                )
            )  # fmt: skip
        except Refusal as refusal:
            status = refusal.status if not isinstance(refusal, SomeDays) else 422
            form.refuse(refusal)
    return plan_page(code, form), status


@pages.post("/meals/plans/<code>/rests")
@access(SIGNED_IN)
def add_rest(code: str) -> BaseResponse | tuple[str, int]:
    """No meals from a day to a day; what is ordered then is cancelled where that is still free."""
    form, answer = RestForm(), f"/meals/plans/{code}"
    if form.validate():
        wish = form.wish(code)
        if not refused(form, wish, answer, lambda session, who, now: service.rest(
            session, wish, actor_id=who, now=now
        )):  # fmt: skip
            return htmx.see_other(answer)
    return plan_page(code, form), 422


@pages.post("/meals/plans/<code>/rests/ending")
@access(SIGNED_IN)
def lift_rest(code: str) -> BaseResponse | tuple[str, int]:
    """End a rest."""
    return _ended(
        code, f"/meals/plans/{code}",
        lambda form: lambda session, who, now: service.lift_rest(
            session, code, form.rest_id, actor_id=who, now=now
        ),
    )  # fmt: skip


@pages.post("/meals/plans/<code>/ending")
@access(SIGNED_IN)
def end_plan(code: str) -> BaseResponse | tuple[str, int]:
    """End the plan; what is ordered stays."""
    return _ended(
        code, "/meals/plans",
        lambda _form: lambda session, who, now: service.end_plan(
            session, code, actor_id=who, now=now
        ),
    )  # fmt: skip


def _ended(
    code: str, answer: str, deed: Callable[[EndForm], Command]
) -> BaseResponse | tuple[str, int]:
    form = EndForm()
    if not form.validate():
        return plan_page(code, form), 422
    wish = (request.path, form.rest.data)
    return htmx.see_other(write_once(str(form.key.data), wish, answer, deed(form)))


def _canteen(session: Session) -> CanteenFacts:
    """The canteen of the address; raises `NotFound`."""
    return canteen_of(session, request.args.get("canteen", 0, type=row_number))
