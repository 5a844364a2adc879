"""Ordering: plan, price, write down, claim benefits, take portions and places; all or nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.rules import kept_lines
from ylyx_site.benefits.service import claim
from ylyx_site.benefits.words import lapsed_words
from ylyx_site.facilities.kinds import Meal
from ylyx_site.journal.service import note
from ylyx_site.meals.errors.orders import (
    AlreadyOrdered,
    AlreadyYours,
    EvidenceLapsed,
    JustOrdered,
    JustSoldOut,
    NoDays,
    NoMenuYet,
    NotOnMenu,
    PriceChanged,
    PriceNotSeen,
    SomeDays,
    TakenBack,
)
from ylyx_site.meals.kinds import MEAL_SLOTS, ItemKind
from ylyx_site.meals.models import BenefitLine, MealOrder, OrderedMeal, Portion
from ylyx_site.meals.policy.planning import Planned, make_plan
from ylyx_site.meals.policy.pricing import PricedMeal
from ylyx_site.meals.queries.menus import was_taken_back
from ylyx_site.meals.rules.planning import PlannedMeal
from ylyx_site.meals.rules.wishes import NOT_SHOWN, OrderWish
from ylyx_site.meals.service.ledger import EATER, claims_of, presence
from ylyx_site.places.busy import occupy
from ylyx_site.places.errors import AlreadySomewhere, Full, Spent
from ylyx_site.places.service import take
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.identifiers import CodeTakenError
from ylyx_site.shared.money import yuan

ON_TIME: dict[str, Any] = {"late_reason": "", "late_by": None}


@dataclass(frozen=True, slots=True)
class Author:
    """Who orders, and who pays; under which fresh code.

    `by_desk`: a clerk writes it down for a caller, `late_reason` after the cut-off.
    """

    account_id: int
    payer_id: int
    code: str
    now: datetime
    by_desk: bool = False
    late_reason: str = ""


def order(session: Session, wish: OrderWish, *, actor_id: int, code: str, now: datetime) -> None:
    """Order all of the wish, or refuse with what to do.

    Raises the meal's own refusal (several days: `SomeDays`), `PriceChanged` when a price is not
    the one that was shown, `EvidenceLapsed` when it is dearer for evidence that ran out and the
    family has not seen that price, `AlreadyOrdered` for a second meal that the family has not
    confirmed, `JustOrdered` and `JustSoldOut` when something went while we looked.
    """
    made = make_plan(session, wish, account_id=actor_id, now=now)
    order_planned(session, wish, made, Author(actor_id, actor_id, code, now))


def order_planned(session: Session, wish: OrderWish, made: Planned, author: Author) -> None:
    """Order the plan if it is all of the wish, nobody's unknown second, and priced as shown."""
    refuse_taken_back(session, wish, made)
    refuse_incomplete(made)
    refuse_second(made, again=wish.again)
    shown, pays = dict(wish.quoted), made.pay_by_person()
    refuse_lapsed(made, lambda one: shown.get(one.meal.eater.id) == pays[one.meal.eater.id])
    refuse_other_price(wish, made)
    book(session, wish, made, author)


def book(session: Session, wish: OrderWish, made: Planned, author: Author) -> None:
    """Write down what was planned and take it from the ledger."""
    meals = made.meals
    order_id = _header(session, wish, author)
    _meals(session, order_id, made, author)
    note(
        session, "meals.ordered", f"order:{author.code}", actor_id=author.account_id,
        facility_id=wish.canteen_id, now=author.now,
        detail=f"{len(meals)} {meals[0].meal.day}..{meals[-1].meal.day}{_late_words(made)}",
    )  # fmt: skip
    _hold(session, [one.meal for one in meals if not one.meal.already])
    try:
        claim(session, [one.quote.given for one in meals if one.quote.lines], now=author.now)
    except Spent as spent:
        raise PriceChanged from spent
    try:
        take(session, claims_of(session, _taken(made)))
    except Full as full:
        raise JustSoldOut from full


def refuse_taken_back(session: Session, wish: OrderWish, made: Planned) -> None:
    """Refuse a meal of dishes that were withdrawn after the family saw them."""
    if len(wish.meals) != 1 or not made.left_out:
        return
    is_off = isinstance(made.left_out[0].refusal, (NotOnMenu, NoMenuYet))
    if is_off and was_taken_back(session, made.scene.canteen.kitchen_id, wish.meals[0]):
        raise TakenBack


def refuse_incomplete(made: Planned) -> None:
    """Refuse a plan that leaves out anything that the family counts on."""
    if len(made.left_out) == 1 and not made.meals:
        raise made.left_out[0].refusal
    if made.left_out:
        raise SomeDays(made.left_out)
    if not made.meals:
        raise NoDays


def refuse_second(made: Planned, *, again: bool) -> None:
    """Refuse a second meal of the same time until the family says that it wants one."""
    for meal in made.seconds:
        if meal.already and not again:
            refusal = AlreadyYours if meal.already.is_own else AlreadyOrdered
            raise refusal(
                "again", who=meal.already.who, name=meal.eater.name, what=meal.already.what
            )


def refuse_lapsed(made: Planned, was_seen: Callable[[PricedMeal], bool]) -> None:
    """Refuse a meal that is dearer for evidence that ran out, until its price was seen."""
    for one in made.meals:
        lapsed = one.quote.lapsed
        if lapsed and not was_seen(one):
            groups, day = lapsed_words(lapsed)
            raise EvidenceLapsed(
                name=one.meal.eater.name, groups=groups, day=day, money=yuan(lapsed.fen)
            )


def refuse_other_price(wish: OrderWish, made: Planned) -> None:
    """Refuse when somebody's meals cost something else than the page showed."""
    shown = dict(wish.quoted)
    if NOT_SHOWN in shown.values():
        raise PriceNotSeen
    if any(shown.get(person, fen) != fen for person, fen in made.pay_by_person().items()):
        raise PriceChanged


def _header(session: Session, wish: OrderWish, author: Author) -> int:
    order_id = session.scalar(
        on_conflict(session, MealOrder)
        .values(
            code=author.code,
            facility_id=wish.canteen_id,
            account_id=author.account_id,
            payer_id=author.payer_id,
            by_desk=author.by_desk,
            note=wish.note,
            ordered_at=author.now,
        )
        .on_conflict_do_nothing(index_elements=["code"])
        .returning(MealOrder.id)
    )
    if order_id is None:
        raise CodeTakenError
    return int(order_id)


def _late_words(made: Planned) -> str:
    late = sum(one.meal.is_late for one in made.meals)
    return f" late {late}" if late else ""


def _meals(session: Session, order_id: int, made: Planned, author: Author) -> None:
    """A row for each meal, and its portions and benefits below it."""
    rows = [
        _meal_row(order_id, made, one) | (_late_row(author) if one.meal.is_late else ON_TIME)
        for one in made.meals
    ]
    number = OrderedMeal.__table__.c.id
    statement = sa.insert(OrderedMeal).returning(number, sort_by_parameter_order=True)
    numbered = list(zip(session.scalars(statement, rows).all(), made.meals, strict=True))
    _insert(session, Portion, [row for pair in numbered for row in _portion_rows(*pair)])
    _insert(session, BenefitLine, [row for pair in numbered for row in _benefit_rows(*pair)])


def _insert(session: Session, model: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.execute(sa.insert(model), rows)


def _meal_row(order_id: int, made: Planned, one: PricedMeal) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "facility_id": made.scene.canteen.id,
        "kitchen_id": made.scene.canteen.kitchen_id,
        "person_id": one.meal.eater.id,
        "day": one.meal.day,
        "meal": one.meal.meal,
        "serving": one.meal.serving,
        "goods_fen": one.quote.goods_fen,
        "benefit_fen": one.quote.benefit_fen,
        "fee_fen": one.quote.fee_fen,
        "holds_meal": one.meal.already is None,
    }


def _late_row(author: Author) -> dict[str, Any]:
    return {"late_reason": author.late_reason, "late_by": author.account_id}


def _portion_rows(meal_id: int, one: PricedMeal) -> Iterable[dict[str, Any]]:
    for portion in one.meal.portions:
        kind, number = portion.line.item
        yield {
            "meal_id": meal_id,
            "dish_id": number if kind is ItemKind.DISH else None,
            "set_id": number if kind is ItemKind.SET else None,
            "name": portion.line.name,
            "number": portion.number,
            "price_fen": portion.line.price_fen,
        }


def _benefit_rows(meal_id: int, one: PricedMeal) -> Iterable[dict[str, Any]]:
    return ({"meal_id": meal_id, **line} for line in kept_lines(one.quote))


def _hold(session: Session, meals: Sequence[PlannedMeal]) -> None:
    """Keep each person's meal: of two who order it at once one is told of the other."""
    for meal in Meal:
        held = [one for one in meals if one.meal is meal]
        try:
            occupy(session, EATER, [presence(one.eater.id, one.day, meal) for one in held])
        except AlreadySomewhere as clash:
            person_ids = {person_id for person_id, _ in clash.clashes}
            name = next(one.eater.name for one in held if one.eater.id in person_ids)
            raise JustOrdered(name=name) from clash


def _taken(made: Planned) -> Counter[Any]:
    """What the order takes: (resource kind, owner, day, slot) → how many."""
    taken: Counter[Any] = Counter()
    for one in made.meals:
        meal, slot = one.meal, MEAL_SLOTS[one.meal.meal]
        taken[meal.serving, made.scene.canteen.id, meal.day, slot] += 1
        for portion in meal.portions:
            kind, number = portion.line.item
            taken[kind, number, meal.day, slot] += portion.number
    return taken
