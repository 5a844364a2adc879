"""On what terms the own canteen serves: meals, places, cut-off, delivery, whose kitchen cooks."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from ylyx_site.facilities.kinds import Meal
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility
from ylyx_site.meals import words
from ylyx_site.meals.forms.menus import PressForm
from ylyx_site.meals.forms.terms import DeliveryForm, KitchenForm, MealTermsForm
from ylyx_site.meals.queries.planner import kitchens, points_of
from ylyx_site.meals.queries.terms import MealTermsFacts, over_places, terms_of
from ylyx_site.meals.service import terms as service
from ylyx_site.meals.views.doors import MANAGER, WINDOW, own_canteen, written
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.templating import render

pages = Blueprint("desk_meal_terms", __name__)
TERMS = "/desk/menus/terms"
USUAL = {Meal.BREAKFAST: (390, 480, 1, 1080), Meal.LUNCH: (660, 750, 0, 540),
         Meal.DINNER: (1020, 1080, 0, 900)}  # fmt: skip


@pages.get(TERMS)
@access(*WINDOW)
def terms_page() -> str:
    """What holds now, and where more is ordered than there are places."""
    session = db.session()
    own = own_canteen(session)
    terms = terms_of(session, own.id)
    return render(
        "meals/terms.html", own=own, terms=terms, words=words, points=points_of(session, own.id),
        meals=list(Meal), over=over_places(session, own.id, clock.today()),
    )  # fmt: skip


@pages.get("/desk/menus/terms/<any(breakfast, lunch, dinner):meal>")
@access(*MANAGER)
def meal_page(meal: str) -> str:
    """One meal's terms."""
    return _meal(Meal(meal))


@pages.post("/desk/menus/terms/<any(breakfast, lunch, dinner):meal>")
@access(*MANAGER)
def save_meal(meal: str) -> ResponseReturnValue:
    """Serve the meal on these terms."""
    form = MealTermsForm()
    return written(
        form, lambda: form.wish(Meal(meal)),
        lambda session, who, now: service.change_meal(
            session, own_facility(), form.wish(Meal(meal)), actor_id=who, now=now
        ),
        lambda: _meal(Meal(meal), form), f"{TERMS}?saved=1",
    )  # fmt: skip


@pages.post("/desk/menus/terms/<any(breakfast, lunch, dinner):meal>/ending")
@access(*MANAGER)
def end_meal(meal: str) -> ResponseReturnValue:
    """Serve the meal no longer."""
    form = PressForm()
    return written(
        form, lambda: meal,
        lambda session, who, now: service.end_meal(
            session, own_facility(), Meal(meal), actor_id=who, now=now
        ),
        lambda: _meal(Meal(meal), press=form), f"{TERMS}?saved=1",
    )  # fmt: skip


@pages.get("/desk/menus/terms/delivery")
@access(*MANAGER)
def delivery_page() -> str:
    """Whether, where and for how much meals are brought."""
    terms = terms_of(db.session(), own_facility())
    return _page(
        "delivery",
        DeliveryForm(
            formdata=None, delivers=terms.delivers, fee_fen=terms.fee_fen,
            areas="\n".join(code for code, _name in terms.areas),
        ),
    )  # fmt: skip


@pages.post("/desk/menus/terms/delivery")
@access(*MANAGER)
def save_delivery() -> ResponseReturnValue:
    """Change it."""
    form = DeliveryForm()
    return written(
        form, form.wish,
        lambda session, who, now: service.change_delivery(
            session, own_facility(), form.wish(), actor_id=who, now=now
        ),
        lambda: _page("delivery", form), f"{TERMS}?saved=1",
    )  # fmt: skip


@pages.get("/desk/menus/terms/kitchen")
@access(*MANAGER)
def kitchen_page() -> str:
    """Whose kitchen cooks."""
    own = own_canteen(db.session())
    form = KitchenForm(formdata=None, supplied_by=own.kitchen_id if own.is_point else 0)
    return _page("kitchen", _with_kitchens(form))


@pages.post("/desk/menus/terms/kitchen")
@access(*MANAGER)
def save_kitchen() -> ResponseReturnValue:
    """Change it."""
    form = _with_kitchens(KitchenForm())
    return written(
        form, form.wish,
        lambda session, who, now: service.change_kitchen(
            session, own_facility(), form.wish(), actor_id=who, now=now
        ),
        lambda: _page("kitchen", form), f"{TERMS}?saved=1",
    )  # fmt: skip


def _with_kitchens(form: KitchenForm) -> KitchenForm:
    form.supplied_by.choices = [SelectChoice(0, _("自己的厨房"))] + [
        SelectChoice(number, name) for number, name in kitchens(db.session(), own_facility())
    ]
    return form


def _meal(meal: Meal, form: MealTermsForm | None = None, press: PressForm | None = None) -> str:
    terms = terms_of(db.session(), own_facility())
    now = terms.meals.get(meal)
    return _page(
        "meal", form or _meal_form(meal, now), meal=meal, now=now,
        press=press or PressForm(MultiDict()),
    )  # fmt: skip


def _meal_form(meal: Meal, now: MealTermsFacts | None) -> MealTermsForm:
    opens, closes, days, minute = USUAL[meal]
    facts = now or MealTermsFacts(meal, opens, closes, days, minute, 0, 0, 0)
    return MealTermsForm(
        formdata=None, serves_from=text_from_minute(facts.serves_from),
        serves_to=text_from_minute(facts.serves_to), cutoff_days_before=facts.cutoff_days_before,
        cutoff=text_from_minute(facts.cutoff_minute), seats=facts.seats,
        pick_ups=facts.pick_ups, deliveries=facts.deliveries,
    )  # fmt: skip


def _page(what: str, form: WriteForm, **more: object) -> str:
    own = own_canteen(db.session())
    if not own.may_edit:
        raise NotFound
    context = {"meal": None, "now": None, "press": None} | more
    return render(
        "meals/term.html", own=own, form=form, what=what, words=words,
        action=request.path.removesuffix("/ending"), **context,
    )  # fmt: skip
