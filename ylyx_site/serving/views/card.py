"""The card of an elder without a telephone: made at the desk, printed, replaced when lost."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.facilities.queries import facility_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, write_once
from ylyx_site.serving.forms.counter import UndoForm
from ylyx_site.serving.queries.finding import card_of
from ylyx_site.serving.service.cards import new_card
from ylyx_site.serving.views.doors import COUNTER, LIST
from ylyx_site.serving.views.meal import row_of
from ylyx_site.shared import htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.identifiers import pretty_code
from ylyx_site.shared.templating import render

pages = Blueprint("collection_card", __name__)


@pages.get(f"{LIST}/<int:meal_id>/card")
@access(*COUNTER)
def show_card(meal_id: int) -> str:
    """The card, to be printed; or that there is none yet."""
    return _page(meal_id)


@pages.post(f"{LIST}/<int:meal_id>/card")
@access(*COUNTER)
def make_card(meal_id: int) -> ResponseReturnValue:
    """A new card; the old one opens nothing any more."""
    row_of(db.session(), meal_id)
    form, answer = UndoForm(), f"{LIST}/{meal_id}/card"
    if not form.validate():
        return _page(meal_id), 422
    house = own_facility()
    write_once(str(form.key.data), ("card", meal_id), answer, lambda session, who, now: new_card(
        session, meal_id, facility_id=house, actor_id=who, now=now
    ))  # fmt: skip
    return htmx.see_other(answer)


def _page(meal_id: int) -> str:
    session = db.session()
    row = row_of(session, meal_id)
    card = card_of(session, row.it.person_id)
    return render(
        "serving/card.html", it=row.it, card=card, pretty=pretty_code(card.code) if card else "",
        facility=facility_of(session, own_facility()),
    )  # fmt: skip
