"""What a family does when its canteen takes a meal back: another meal in two taps, or none."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals import words
from ylyx_site.meals.errors import CodeTakenError
from ylyx_site.meals.forms.menus import SwapForm, SwapWriteForm
from ylyx_site.meals.policy.planning import Planned, cutoffs_of
from ylyx_site.meals.policy.replacing import open_until
from ylyx_site.meals.queries.canteens import canteens_of, closures, find_canteens
from ylyx_site.meals.queries.menus import Menus, menus_of
from ylyx_site.meals.queries.orders import meals_of_order, own_order
from ylyx_site.meals.queries.withdrawals import Answer, Change, changes_of
from ylyx_site.meals.rules.canteens import CanteenFacts, MenuLine, is_past
from ylyx_site.meals.rules.menus import SwapWish
from ylyx_site.meals.service.moving import decline, own_withdrawn, planned_swap, swap
from ylyx_site.meals.views.page import quotes_of
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import Value, address
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import public_code
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("meal_changes", __name__)
TRIES = 6
MOST_OTHERS = 4
CHANGES = "/meals/changes"


@dataclass(frozen=True, slots=True)
class Offer:
    """A dish or set in the place of the other; `address` shows what it costs."""

    line: MenuLine
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A meal that was taken back, with what could be instead."""

    change: Change
    offers: tuple[Offer, ...]
    others: tuple[tuple[str, str], ...]
    until: datetime | None


@pages.get(CHANGES)
@access(SIGNED_IN)
def list_changes() -> str:
    """The meals from today on that canteens took back; for each what could be instead."""
    session, now = db.session(), clock.now()
    changes = changes_of(session, signed_in().account_id, clock.today())
    return render(
        "meals/changes.html", shown=_shown(session, changes, now), words=words, Answer=Answer,
        form=SwapWriteForm(MultiDict()),
    )  # fmt: skip


@pages.get("/meals/orders/<code>/replacement")
@access(SIGNED_IN)
def ask(code: str) -> ResponseReturnValue:
    """What the choice costs, line by line; the button orders it."""
    return _ask(code, SwapWriteForm(request.args, meta={"csrf": False}))


@pages.post("/meals/orders/<code>/replacement")
@access(SIGNED_IN)
def replace(code: str) -> ResponseReturnValue:
    """Order it."""
    form = SwapWriteForm()
    if not form.validate():
        return _ask(code, form)
    try:
        return htmx.see_other(_swap(form.wish(code), str(form.key.data)))
    except NotFound:
        raise
    except Refusal as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _ask(code, form, refusal.status)


@pages.post("/meals/orders/<code>/refusal")
@access(SIGNED_IN)
def refuse(code: str) -> ResponseReturnValue:
    """No other meal."""
    form, who, now = SwapWriteForm(), signed_in().account_id, clock.now()
    if not form.validate():
        raise NotFound
    wish = form.wish(code)
    try:
        with transaction() as session:
            key = str(form.key.data)
            if once(session, key, wish, actor_id=who, answer=CHANGES, now=now) is None:
                decline(session, wish, actor_id=who, now=now)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
    return htmx.see_other(CHANGES)  # who has chosen meanwhile sees it there


def _swap(wish: SwapWish, key: str) -> str:
    """In one transaction, under a fresh code. Returns the ticket's address."""
    for attempt in range(1, TRIES + 1):
        code, who, now = public_code(), signed_in().account_id, clock.now()
        answer = f"/meals/orders/{code}"
        try:
            with transaction() as session:
                earlier = once(session, key, wish, actor_id=who, answer=answer, now=now)
                if earlier is None:
                    swap(session, wish, actor_id=who, code=code, now=now)
        except CodeTakenError:
            if attempt == TRIES:
                raise
        else:
            return earlier or answer
    raise AssertionError("unreachable")


def _ask(code: str, form: SwapForm, status: int = 200) -> ResponseReturnValue:
    session, wish, who = db.session(), form.wish(code), signed_in().account_id
    row = _own_row(session, wish, who)
    planned: Planned | None = None
    if not form.form_errors or status == 409:
        try:
            old, gone = own_withdrawn(session, wish, who)
            planned = planned_swap(session, old, gone, wish.item, now=clock.now())
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            form.refuse(refusal)
            status = refusal.status
    page = render(
        "meals/replacement.html", form=form, row=row, planned=planned, words=words,
        quotes=quotes_of(planned) if planned else (), code=code,
    )  # fmt: skip
    return page, status


def _own_row(session: Session, wish: SwapWish, who: int) -> object:
    """The meal as it was ordered; raises `NotFound` for somebody else's."""
    order = own_order(session, who, wish.code)
    rows = meals_of_order(session, who, order.id)
    key = (wish.person_id, wish.day, wish.meal)
    row = next((one for one in rows if (one.person_id, one.day, one.meal) == key), None)
    if row is None:
        raise NotFound
    return row


def _shown(session: Session, changes: list[Change], now: datetime) -> list[Shown]:
    """All of them, in a fixed number of queries."""
    open_ones = [one for one in changes if one.answer is Answer.OPEN]
    if not open_ones:
        return [Shown(one, (), (), None) for one in changes]
    own = canteens_of(session, {one.row.facility_id for one in open_ones})
    area = _area(own)
    near = find_canteens(session, area, "")
    days = [one.row.day for one in open_ones]
    kitchens = {one.kitchen_id for one in [*near, *own.values()]}
    menus = menus_of(session, kitchens, min(days), max(days))
    shut = closures(session, [one.id for one in near], min(days), max(days))
    others = [
        one
        for one in near
        if not any(closure.shuts(day) for closure in shut.get(one.id, ()) for day in days)
    ]
    return [
        _one(one, own.get(one.row.facility_id), others, menus, now)
        if one.answer is Answer.OPEN
        else Shown(one, (), (), None)
        for one in changes
    ]


def _area(own: dict[int, CanteenFacts]) -> str:
    """The division to look for others in: where these canteens deliver, else everywhere."""
    areas = [code for one in own.values() for code in one.areas]
    return areas[0][:6] if areas else ""


def _one(
    change: Change,
    canteen: CanteenFacts | None,
    near: list[CanteenFacts],
    menus: Menus,
    now: datetime,
) -> Shown:
    row = change.row
    until = open_until(canteen, row.day, row.meal) if canteen else None
    menu = menus.get((row.kitchen_id, row.day, row.meal))
    fields: dict[str, Value] = {"person_id": row.person_id, "date": row.day, "meal": row.meal.value}
    offers = tuple(
        Offer(line, address(f"/meals/orders/{row.code}/replacement", **fields, item=line.field))
        for line in (menu.lines if menu else ())
        if line.left and until is not None and not is_past(until, now)
    )
    others = tuple(
        (one.name, address(f"/meals/{one.id}/orders/new", **fields))
        for one in near
        if one.id != row.facility_id and _sells(one, change, menus, now)
    )
    return Shown(change, offers, others[:MOST_OTHERS], until)


def _sells(canteen: CanteenFacts, change: Change, menus: Menus, now: datetime) -> bool:
    """Whether another canteen's meal of that time can still be ordered."""
    row = change.row
    cutoff = cutoffs_of(canteen, [(row.day, row.meal)]).get((row.day, row.meal))
    menu = menus.get((canteen.kitchen_id, row.day, row.meal))
    if cutoff is None or menu is None or canteen.kitchen_id == row.kitchen_id:
        return False
    return not is_past(cutoff, now) and any(line.left for line in menu.lines)
