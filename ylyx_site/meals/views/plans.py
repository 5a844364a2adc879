"""Weekly plans: the list, a new one, its preview with prices, ordering, rests, ending."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals import words
from ylyx_site.meals.errors import CodeTakenError, SomeDays
from ylyx_site.meals.forms.plans import EndForm, PlanForm, PlanOrderForm, RestForm
from ylyx_site.meals.kinds import Wish
from ylyx_site.meals.policy.eaters import eaters_of
from ylyx_site.meals.policy.plans import Preview, preview
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.queries.plans import ordered_days, own_plan, own_plans, sets_of
from ylyx_site.meals.rules.canteens import CanteenFacts
from ylyx_site.meals.service import plans as service
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.identifiers import public_code
from ylyx_site.shared.money import yuan
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("meal_plans", __name__)
TRIES = 6


@dataclass(frozen=True, slots=True)
class PreviewDay:
    """A day of the preview; `reason` says why it is left out, else it has its meal and price."""

    day: date
    what: str
    pay_fen: int
    full_fen: int
    warning: str
    reason: Refusal | None


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
    form = _plan_form(db.session(), canteen, PlanForm(fields, meta={"csrf": False}))
    return render("meals/plan_new.html", canteen=canteen, form=form)


@pages.post("/meals/plans")
@access(SIGNED_IN)
def create_plan() -> BaseResponse | tuple[str, int]:
    """Write the plan down; then its preview."""
    canteen = _canteen(db.session())
    form = _plan_form(db.session(), canteen, PlanForm())
    if form.validate():
        try:
            return htmx.see_other(_add(form, canteen.id))
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            form.refuse(refusal)
    return render("meals/plan_new.html", canteen=canteen, form=form), 422


def _add(form: PlanForm, canteen_id: int) -> str:
    wish = form.plan(canteen_id)
    return _written(
        form, wish, "/meals/plans/",
        lambda session, code, who: service.add_plan(
            session, wish, actor_id=who, code=code, now=clock.now()
        ),
    )  # fmt: skip


@pages.get("/meals/plans/<code>")
@access(SIGNED_IN)
def show_plan(code: str) -> str:
    """What the plan would order in the next four weeks, and why a day is left out."""
    return _page(code, PlanOrderForm(MultiDict(), meta={"csrf": False}))


@pages.post("/meals/plans/<code>/orders")
@access(SIGNED_IN)
def order_plan(code: str) -> BaseResponse | tuple[str, int]:
    """Order all the chosen days in one transaction."""
    form, status = PlanOrderForm(), 422
    if form.validate():
        wish = form.wish(code)
        try:
            return htmx.see_other(
                _written(
                    form, wish, "/meals/orders/",
                    lambda session, order, who: service.order_plan(
                        session, wish, actor_id=who, code=order, now=clock.now()
                    ),
                )
            )  # fmt: skip
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            status = refusal.status if not isinstance(refusal, SomeDays) else 422
            form.refuse(refusal)
    return _page(code, form), status


@pages.post("/meals/plans/<code>/rests")
@access(SIGNED_IN)
def add_rest(code: str) -> BaseResponse | tuple[str, int]:
    """No meals from a day to a day; what is ordered then is cancelled where that is still free."""
    form = RestForm()
    if form.validate():
        try:
            return htmx.see_other(_rest(form, code))
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            form.refuse(refusal)
    return _page(code, form), 422


@pages.post("/meals/plans/<code>/rests/ending")
@access(SIGNED_IN)
def lift_rest(code: str) -> BaseResponse | tuple[str, int]:
    """End a rest."""
    return _ended(
        code, f"/meals/plans/{code}",
        lambda session, form, who: service.lift_rest(
            session, code, form.rest_id, actor_id=who, now=clock.now()
        ),
    )  # fmt: skip


@pages.post("/meals/plans/<code>/ending")
@access(SIGNED_IN)
def end_plan(code: str) -> BaseResponse | tuple[str, int]:
    """End the plan; what is ordered stays."""
    return _ended(
        code, "/meals/plans",
        lambda session, _form, who: service.end_plan(session, code, actor_id=who, now=clock.now()),
    )  # fmt: skip


def _rest(form: RestForm, code: str) -> str:
    wish, who, now = form.wish(code), signed_in().account_id, clock.now()
    answer = f"/meals/plans/{code}"
    with transaction() as session:
        key = str(form.key.data)
        if not once(session, key, wish, actor_id=who, answer=answer, now=now):
            service.rest(session, wish, actor_id=who, now=now)
    return answer


def _ended(
    code: str, answer: str, command: Callable[[Session, EndForm, int], None]
) -> BaseResponse | tuple[str, int]:
    form, who = EndForm(), signed_in().account_id
    if not form.validate():
        return _page(code, form), 422
    wish = (request.path, form.rest.data)
    with transaction() as session:
        key = str(form.key.data)
        if not once(session, key, wish, actor_id=who, answer=answer, now=clock.now()):
            command(session, form, who)
    return htmx.see_other(answer)


def _written(
    form: WriteForm, wish: object, path: str, command: Callable[[Session, str, int], None]
) -> str:
    """Run the command under a fresh code, in one transaction; return the address."""
    for attempt in range(1, TRIES + 1):
        code, who = public_code(), signed_in().account_id
        answer = path + code
        try:
            with transaction() as session:
                earlier = once(
                    session, str(form.key.data), wish,
                    actor_id=who, answer=answer, now=clock.now(),
                )  # fmt: skip
                if earlier is None:
                    command(session, code, who)
        except CodeTakenError:
            if attempt == TRIES:
                raise
        else:
            return earlier or answer
    raise AssertionError("unreachable")


def _canteen(session: Session) -> CanteenFacts:
    """The canteen of the address; raises `NotFound`."""
    return canteen_of(session, request.args.get("canteen", 0, type=int))


def _plan_form(session: Session, canteen: CanteenFacts, form: PlanForm) -> PlanForm:
    """The form with this family's people and this canteen's meals and sets."""
    eaters = eaters_of(session, signed_in().account_id)
    wishes = [
        SelectChoice(str(number), f"{name} {yuan(fen)}")
        for number, name, fen in sets_of(session, canteen.kitchen_id, clock.today())
    ]
    wishes += [
        SelectChoice(one.value, str(words.WISHES[one]))
        for one in (Wish.FIRST_SET, Wish.CHEAPEST_SET)
    ]
    servings = [one for one in Serving if one is not Serving.DELIVERY or canteen.delivers]
    form.person_id.choices = [SelectChoice(one.id, one.name) for one in eaters]
    form.meal.choices = [SelectChoice(meal.value, words.meal_name(meal)) for meal in canteen.meals]
    form.serving.choices = [SelectChoice(one.value, words.serving_name(one)) for one in servings]
    form.wish.choices = wishes
    if not form.is_submitted():
        _preset(form, [one.id for one in eaters], canteen, wishes[0].value)
    return form


def _preset(form: PlanForm, people: list[int], canteen: CanteenFacts, wish: str) -> None:
    """Monday to Friday, lunch, the first set, collected: what most want."""
    meals = [meal.value for meal in canteen.meals]
    form.person_id.data = people[0] if people else None
    form.meal.data = Meal.LUNCH.value if Meal.LUNCH in meals else (meals or [""])[0]
    form.weekdays.data = [1, 2, 3, 4, 5]
    form.wish.data = wish
    form.serving.data = Serving.PICK_UP.value


def _page(code: str, form: WriteForm) -> str:
    session, who, today = db.session(), signed_in().account_id, clock.today()
    plan = own_plan(session, who, code, today)
    rests = [one.days for one in plan.rests]
    chosen = set(form.date.data) if isinstance(form, PlanOrderForm) and form.errors else None
    now = clock.now()
    found = preview(session, plan.wish, rests, account_id=who, now=now)
    kept = found
    if chosen is not None:
        kept = preview(session, plan.wish, rests, account_id=who, now=now, only=chosen)
    return render(
        "meals/plan.html", plan=plan, form=form, days=_days(found, kept), words=words,
        pay_fen=kept.planned.pay_fen, ordered=ordered_days(session, plan, today),
        chosen=chosen,
        order=form if isinstance(form, PlanOrderForm) else PlanOrderForm(MultiDict()),
        rest=form if isinstance(form, RestForm) else RestForm(MultiDict()),
    )  # fmt: skip


def _days(found: Preview, kept: Preview) -> list[PreviewDay]:
    """All days of the pattern, in order; those that are kept at the price that they have then."""
    meals = {one.meal.day: one for one in (*found.planned.meals, *kept.planned.meals)}
    days = [
        PreviewDay(
            day, one.meal.portions[0].line.name, one.pay_fen, one.quote.total_fen,
            "、".join(found.warnings.get(day, ())), None,
        )
        for day, one in meals.items()
    ]  # fmt: skip
    days += [PreviewDay(one.day, "", 0, 0, "", one.refusal) for one in found.planned.left_out]
    return sorted(days, key=lambda one: one.day)
