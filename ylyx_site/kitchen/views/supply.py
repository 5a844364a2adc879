"""A nursery's head says whose kitchen cooks for the children."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ylyx_site.identity.access import access
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.kitchen.forms.supply import SupplyForm
from ylyx_site.kitchen.queries.nurseries import kitchens, supplies_of
from ylyx_site.kitchen.service.supply import change_supply
from ylyx_site.kitchen.views.doors import own_canteen as own_house
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("kitchen_supply", __name__)
PAGE = "/desk/facility/kitchen"


@pages.get(PAGE)
@access(Role.HEAD)
def supply_page() -> str:
    """Who cooks, since when; and a form to change it."""
    now_cooking = [one for one in supplies_of(db.session(), own_house()) if one.until is None]
    shown = MultiDict({"from_day": clock.today().isoformat()})
    if now_cooking:
        shown["kitchen"] = str(now_cooking[0].kitchen_id)
    return _page(SupplyForm(shown, meta={"csrf": False}))


@pages.post(PAGE)
@access(Role.HEAD)
def save_supply() -> ResponseReturnValue:
    """Change it from a day on."""
    form, house, who, now = SupplyForm(), own_house(), signed_in().account_id, clock.now()
    if form.validate():
        wish, key = form.wish(), str(form.key.data)
        try:
            with transaction() as session:
                if not once(session, key, wish, actor_id=who, answer=PAGE, now=now):
                    change_supply(session, house, wish, actor_id=who, now=now)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return htmx.see_other(PAGE)
    return _page(form), 422


def _page(form: SupplyForm) -> str:
    session = db.session()
    form.offer(kitchens(session))
    return render("kitchen/supply.html", form=form, supplies=supplies_of(session, own_house()))
