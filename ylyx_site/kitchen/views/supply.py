"""A nursery's head says whose kitchen cooks for the children."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.kitchen.forms.supply import SupplyForm
from ylyx_site.kitchen.queries.nurseries import kitchens, supplies_of
from ylyx_site.kitchen.service.supply import change_supply
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.templating import render

pages = Blueprint("kitchen_supply", __name__)
PAGE = "/desk/facility/kitchen"


@pages.get(PAGE)
@access(Role.HEAD)
def supply_page() -> str:
    """Who cooks, since when; and a form to change it."""
    now_cooking = [one for one in supplies_of(db.session(), own_facility()) if one.until is None]
    shown = MultiDict({"from_day": clock.today().isoformat()})
    if now_cooking:
        shown["kitchen"] = str(now_cooking[0].kitchen_id)
    return _page(SupplyForm(shown))


@pages.post(PAGE)
@access(Role.HEAD)
def save_supply() -> ResponseReturnValue:
    """Change it from a day on."""
    form, house = SupplyForm(), own_facility()
    if form.validate():
        wish = form.wish()
        if not refused(form, wish, PAGE, lambda session, who, now: change_supply(
            session, house, wish, actor_id=who, now=now
        )):  # fmt: skip
            return htmx.see_other(PAGE)
    return _page(form), 422


def _page(form: SupplyForm) -> str:
    session = db.session()
    form.offer(kitchens(session))
    return render("kitchen/supply.html", form=form, supplies=supplies_of(session, own_facility()))
