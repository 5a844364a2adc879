"""To whom a text from staff goes: families of a class, people of a day's meals or of a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.facilities.kinds import Meal
from ylyx_site.facilities.queries import FacilityFacts, classes_of
from ylyx_site.families.queries.eaters import accounts_of
from ylyx_site.home.wishes import TextWish
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.meals.words import MEALS
from ylyx_site.rounds.models import DeliveryRound, RoundStop
from ylyx_site.rounds.queries.rounds import brought
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.words import short_day


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is meant, in words, and the accounts of their families."""

    words: str
    accounts: frozenset[int]


def audience_of(session: Session, facility: FacilityFacts, wish: TextWish) -> Audience:
    """Whom the wish means, at this facility; raises `NotFound` for another's class or round."""
    people = (_children if facility.is_nursery else _eaters)(session, facility.id, wish)
    accounts = accounts_of(session, people).values()
    return Audience(_words(session, facility, wish), frozenset().union(*accounts))


def class_choices(session: Session, facility: FacilityFacts, day: date) -> list[tuple[str, str]]:
    """All classes, or one of them."""
    classes = classes_of(session, facility.id, day)
    return [("0", _("所有班")), *((str(one.id), one.name) for one in classes)]


def meal_choices() -> list[tuple[str, str]]:
    """All meals of the day, or one of them."""
    return [("", _("这天的所有餐")), *((meal.value, str(MEALS[meal])) for meal in Meal)]


def round_choices(session: Session, facility: FacilityFacts) -> list[tuple[str, str]]:
    """Everybody, or who stands on one of the rounds."""
    rounds = _rounds(session, facility.id)
    return [("0", _("不分线路，都发")), *((str(number), name) for number, name in rounds.items())]


def _rounds(session: Session, facility_id: int) -> dict[int, str]:
    """The live rounds of a canteen, by name."""
    rows = session.execute(
        sa.select(DeliveryRound.id, DeliveryRound.name)
        .where(DeliveryRound.facility_id == facility_id, DeliveryRound.ended_at.is_(None))
        .order_by(DeliveryRound.name, DeliveryRound.id)
    )
    return {number: name for number, name in rows}  # noqa: C416 rows are not pairs


def _children(session: Session, facility_id: int, wish: TextWish) -> Sequence[int]:
    rows = sa.select(CareDay.child_id).where(
        CareDay.facility_id == facility_id,
        CareDay.day.between(wish.first, wish.last),
        CareDay.state.in_((CareState.BOOKED, CareState.ABSENT)),
    )
    if wish.class_id is not None:
        rows = rows.where(CareDay.class_id == wish.class_id)
    return session.scalars(rows.distinct()).all()


def _eaters(session: Session, facility_id: int, wish: TextWish) -> Sequence[int]:
    rows = sa.select(OrderedMeal.person_id).where(
        OrderedMeal.facility_id == facility_id,
        OrderedMeal.day == wish.first,
        OrderedMeal.state == MealState.ORDERED,
    )
    if wish.meal:
        rows = rows.where(OrderedMeal.meal == Meal(wish.meal))
    if wish.round_id is not None:
        rows = rows.join(RoundStop, RoundStop.person_id == OrderedMeal.person_id).where(
            *brought(facility_id, wish.first), RoundStop.round_id == wish.round_id
        )
    return session.scalars(rows.distinct()).all()


def _words(session: Session, facility: FacilityFacts, wish: TextWish) -> str:
    first, last = short_day(wish.first), short_day(wish.last)
    if not facility.is_nursery:
        return _words_of_meal(session, facility, wish)
    if wish.class_id is None:
        who = _("%(first)s 到 %(last)s 约了托育的家庭", first=first, last=last)
        return who if first != last else _("%(day)s约了托育的家庭", day=first)
    names = {one.id: one.name for one in classes_of(session, facility.id, wish.first)}
    if wish.class_id not in names:
        raise NotFound
    values = {"class": names[wish.class_id], "first": first, "last": last}
    if first == last:
        return _("%(class)s，%(first)s约了托育的家庭", **values)
    return _("%(class)s，%(first)s 到 %(last)s 约了托育的家庭", **values)


def _words_of_meal(session: Session, facility: FacilityFacts, wish: TextWish) -> str:
    day = short_day(wish.first)
    meal = str(MEALS[Meal(wish.meal)]) if wish.meal else _("所有餐")
    if wish.round_id is None:
        return _("%(day)s %(meal)s 的用餐家庭", day=day, meal=meal)
    rounds = _rounds(session, facility.id)
    if wish.round_id not in rounds:
        raise NotFound
    name = rounds[wish.round_id]
    return _("%(day)s %(meal)s，%(round)s 送到家的家庭", day=day, meal=meal, round=name)
