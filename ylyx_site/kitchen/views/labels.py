"""Labels for what is packed: whose, how, until when to eat; a sheet of A4."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ylyx_site.facilities.kinds import Serving
from ylyx_site.facilities.models import Facility
from ylyx_site.identity.access import access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.kitchen.queries.sheet import labels_of
from ylyx_site.kitchen.views.doors import PAGE, WINDOW, asked
from ylyx_site.kitchen.words import need_words
from ylyx_site.meals import words as meal_words
from ylyx_site.meals.queries.orders import what_of
from ylyx_site.serving import words as serving_words
from ylyx_site.shared.db import db
from ylyx_site.shared.spans import MINUTES_OF_A_DAY
from ylyx_site.shared.templating import render

pages = Blueprint("kitchen_labels", __name__)
# Cooked food that stands at room temperature is eaten within two hours [餐饮服务食品安全操作规范].
EAT_WITHIN = 120
PACKED = (Serving.PICK_UP, Serving.DELIVERY)


@pages.get(f"{PAGE}/labels")
@access(*WINDOW)
def show_labels() -> ResponseReturnValue:
    """A label for each packed meal; `all=1` for those eaten there too."""
    session = db.session()
    wanted, with_all = asked(session, request.args), request.args.get("all") == "1"
    servings = tuple(Serving) if with_all else PACKED
    rows = labels_of(session, wanted.canteen.id, wanted.day, wanted.meal, servings)
    remember_read(
        "kitchen.labels_read", f"day:{wanted.canteen.id}:{wanted.day.isoformat()}",
        actor_id=signed_in().account_id, facility_id=wanted.canteen.id,
    )  # fmt: skip
    facts = wanted.canteen.meals.get(wanted.meal)
    places = {row.where for row in rows} - {wanted.canteen.id}
    named = {one.id: one.name for one in session.query(Facility).where(Facility.id.in_(places))}
    shown = render(
        "kitchen/labels.html", wanted=wanted, rows=rows, with_all=with_all, places=named,
        eat_before=min(facts.span.start + EAT_WITHIN, MINUTES_OF_A_DAY) if facts else None,
        need_words=need_words, meal_words=meal_words, words=serving_words, what_of=what_of,
    )  # fmt: skip
    return shown, 422 if wanted.errors else 200
