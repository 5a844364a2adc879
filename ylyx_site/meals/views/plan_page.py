"""The pages of a weekly plan: its form with this family's choices, and its preview."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals import words
from ylyx_site.meals.forms.plans import PlanForm, PlanOrderForm, RestForm
from ylyx_site.meals.kinds import Wish
from ylyx_site.meals.policy.eaters import eaters_of
from ylyx_site.meals.policy.plans import Preview, preview
from ylyx_site.meals.queries.plans import ordered_days, own_plan, sets_of
from ylyx_site.meals.rules.canteens import CanteenFacts
from ylyx_site.meals.views.quotes import lapsed_note
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.money import yuan
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render


@dataclass(frozen=True, slots=True)
class PreviewDay:
    """A day of the preview; `reason` says why it is left out, else it has its meal and price."""

    day: date
    what: str
    pay_fen: int
    full_fen: int
    warning: str
    reason: Refusal | None


def plan_form(session: Session, canteen: CanteenFacts, form: PlanForm) -> PlanForm:
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


def plan_page(code: str, form: WriteForm) -> str:
    """The month of a plan; after a refusal with the days that were chosen."""
    session, who, today = db.session(), signed_in().account_id, clock.today()
    plan = own_plan(session, who, code, today)
    rests = [one.days for one in plan.rests]
    chosen = _chosen(form)
    now = clock.now()
    found = preview(session, plan.wish, rests, account_id=who, now=now)
    kept = found
    if chosen is not None:
        kept = preview(session, plan.wish, rests, account_id=who, now=now, only=chosen)
    lapsed = (lapsed_note(one) for one in kept.planned.meals if one.quote.lapsed)
    template = "meals/_days.html" if htmx.wants_part("days") else "meals/plan.html"
    return render(
        template, plan=plan, form=form, days=_days(found, kept), words=words,
        pay_fen=kept.planned.pay_fen, ordered=ordered_days(session, plan, today),
        chosen=chosen, lapsed=next(lapsed, ""),
        order=form if isinstance(form, PlanOrderForm) else PlanOrderForm(MultiDict()),
        rest=form if isinstance(form, RestForm) else RestForm(MultiDict()),
    )  # fmt: skip


def _chosen(form: WriteForm) -> set[date] | None:
    """The days that have a tick; None: the page is new, all have."""
    if not isinstance(form, PlanOrderForm):
        return None
    is_new = not (form.errors or form.date.data or htmx.wants_part("days"))
    return None if is_new else set(form.date.data)


def _days(found: Preview, kept: Preview) -> list[PreviewDay]:
    """All days of the pattern, in order; those that are kept at the price that they have then."""
    meals = {one.meal.day: one for one in (*found.planned.meals, *kept.planned.meals)}
    days = [
        PreviewDay(
            day, one.meal.portions[0].line.name, one.pay_fen, one.quote.total_fen,
            _("、").join(found.warnings.get(day, ())), None,
        )
        for day, one in meals.items()
    ]  # fmt: skip
    days += [PreviewDay(one.day, "", 0, 0, "", one.refusal) for one in found.planned.left_out]
    return sorted(days, key=lambda one: one.day)
