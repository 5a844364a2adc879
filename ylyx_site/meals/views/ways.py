"""Ways of serving to choose from: what is to be known of each, and which is usual."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.meals import words
from ylyx_site.meals.queries.canteens import servings_left
from ylyx_site.meals.rules.canteens import CanteenFacts
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.views.asking import When
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.money import as_typed


class Way(NamedTuple):
    """A way of serving; `words` what to know about it, `is_there` whether it can be chosen."""

    serving: Serving
    name: str
    words: str
    is_there: bool
    is_chosen: bool


def ways_of(
    session: Session,
    canteen: CanteenFacts,
    when: When,
    eating: tuple[Eater, ...],
    chosen: Serving | None,
) -> tuple[Way, ...]:
    """How the meal can reach these people, and why it cannot; one query."""
    left = servings_left(session, [canteen.id], when.day, when.day)
    ways = []
    for serving in (Serving.DELIVERY, Serving.PICK_UP, Serving.DINE_IN):
        places = left.get((canteen.id, serving, when.day, when.meal), 0)
        told, is_there = _way_words(canteen, when.meal, serving, places, eating)
        name = words.serving_name(serving)
        ways.append(Way(serving, name, told, is_there, serving is chosen and is_there))
    return tuple(ways)


def _way_words(
    canteen: CanteenFacts, meal: Meal, serving: Serving, places: int, eating: tuple[Eater, ...]
) -> tuple[str, bool]:
    if serving is Serving.DELIVERY:
        refusal = _no_delivery(canteen, eating)
        if refusal:
            return refusal, False
    if places < 1:
        return _("已经排满"), False
    hours = str(canteen.meals[meal].span) if meal in canteen.meals else ""
    if serving is Serving.DINE_IN:
        return _("%(hours)s · 余 %(num)d 座", hours=hours, num=places), True
    if serving is Serving.PICK_UP:
        return _("%(hours)s · 报姓名就行", hours=hours), True
    if canteen.fee_fen:
        fee = as_typed(canteen.fee_fen)
        return _("每人送餐费 ¥%(fee)s · 补贴不抵送餐费", fee=fee), True
    return _("免送餐费"), True


def _no_delivery(canteen: CanteenFacts, eating: tuple[Eater, ...]) -> str:
    if not canteen.delivers:
        return _("这家食堂不送餐")
    for eater in eating:
        if eater.division_code is None:
            return _("还没有填%(name)s的住址", name=eater.name)
        if not canteen.delivers_to(eater.division_code):
            return _("%(name)s的住址不在送餐范围", name=eater.name)
    return ""


def usual_serving(
    session: Session, canteen: CanteenFacts, when: When, eating: tuple[Eater, ...]
) -> Serving | None:
    """What the form starts with: brought home where that is free, else collected, else a seat."""
    ways = ways_of(session, canteen, when, eating, None)
    there = [one.serving for one in ways if one.is_there]
    if canteen.fee_fen and there[:1] == [Serving.DELIVERY]:
        there = [*there[1:], Serving.DELIVERY]  # what costs extra is chosen by the family
    return next(iter(there), None)
