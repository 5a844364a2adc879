"""One meal at the counter: everything about it, and a neighbour who comes with six digits."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.meals import words as meal_words
from ylyx_site.serving import words
from ylyx_site.serving.forms.counter import LateForm, NeighbourForm
from ylyx_site.serving.kinds import HOW_BY_SERVING
from ylyx_site.serving.queries.board import CollectionRow, collected
from ylyx_site.serving.queries.finding import card_of
from ylyx_site.serving.queries.photos import AROUND
from ylyx_site.serving.rules.late import may_enter
from ylyx_site.serving.rules.undoing import may_undo
from ylyx_site.serving.rules.wishes import HandWish
from ylyx_site.serving.service.counter import (
    NEIGHBOUR,
    refuse_wrong_digits,
    serve_neighbour,
    tries_left,
)
from ylyx_site.serving.views.doors import COUNTER, LIST, author_of
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("collection_meal", __name__)


@pages.get(f"{LIST}/<int:meal_id>")
@access(*COUNTER)
def show_meal(meal_id: int) -> str:
    """What was ordered, what is to pay, how it stands."""
    return meal_page(meal_id)


@pages.post(f"{LIST}/<int:meal_id>/neighbour")
@access(*COUNTER)
def serve_to_neighbour(meal_id: int) -> ResponseReturnValue:
    """A neighbour takes the meal along; a wrong code is counted."""
    row_of(db.session(), meal_id)
    form, answer = NeighbourForm(), f"{LIST}/{meal_id}"
    if form.validate():
        author = author_of(form.key.data)
        wish = HandWish(meal_id, *NEIGHBOUR, takes_money=bool(form.pay.data))
        is_right: object = True
        try:
            with transaction() as session:
                if not once(
                    session, author.key or "", (wish, form.digits()), actor_id=author.actor_id,
                    answer=answer, now=author.now,
                ):  # fmt: skip
                    is_right = serve_neighbour(session, wish, form.digits(), author)
            if is_right is None:
                refuse_wrong_digits(db.session(), meal_id)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return htmx.see_other(answer)
    return meal_page(meal_id, form), 422


def row_of(session: Session, meal_id: int) -> CollectionRow:
    """A meal of the visitor's canteen; raises `NotFound`."""
    rows = collected(session, own_facility(), [meal_id])
    if not rows:
        raise NotFound
    return rows[0]


def meal_page(meal_id: int, form: NeighbourForm | None = None, late: LateForm | None = None) -> str:
    """The page, with a form that was refused."""
    session, now = db.session(), clock.now()
    session.rollback()
    row = row_of(session, meal_id)
    is_manager = author_of(None).is_manager
    remember_read(
        "serving.meal_read", f"meal:{meal_id}",
        actor_id=signed_in().account_id, facility_id=own_facility(),
    )  # fmt: skip
    facts: dict[str, Any] = {
        "is_today": row.it.day == clock.today(),
        "is_near": abs(row.it.day - clock.today()) <= AROUND,
        "may_enter": is_manager and may_enter(row.it.day, clock.today()),
        "form": form or NeighbourForm(MultiDict()),
        "late": late or LateForm(None, how=HOW_BY_SERVING[row.it.serving].value),
        "may_undo": bool(row.it.at and may_undo(row.it.at, now, is_manager=is_manager)),
        "tries": tries_left(session, meal_id), "card": card_of(session, row.it.person_id),
    }  # fmt: skip
    return render(
        "serving/meal.html", row=row, it=row.it, words=words, meal_words=meal_words,
        how_by_serving=HOW_BY_SERVING, **facts,
    )  # fmt: skip
