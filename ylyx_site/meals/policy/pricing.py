"""What planned meals cost: benefits line by line, each day by its own rules and what is left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ylyx_site.benefits.rules import Occasion, Quote
from ylyx_site.benefits.service import quotes_for
from ylyx_site.meals.rules.planning import PlannedMeal


@dataclass(frozen=True, slots=True)
class PricedMeal:
    """A planned meal with its quote; a second meal of the same time is quoted at full price."""

    meal: PlannedMeal
    quote: Quote

    @property
    def pay_fen(self) -> int:
        """What the person pays, fee included."""
        return self.quote.pay_fen


def priced(session: Session, facility_id: int, meals: Iterable[PlannedMeal]) -> list[PricedMeal]:
    """Price the meals in their order: what an earlier one uses up a later one does not have."""
    meals = list(meals)
    firsts = [one for one in meals if not one.already]
    quotes = iter(quotes_for(session, [_occasion(facility_id, one) for one in firsts]))
    return [PricedMeal(one, full_price(one) if one.already else next(quotes)) for one in meals]


def priced_alone(session: Session, facility_id: int, meals: Sequence[PlannedMeal]) -> list[Quote]:
    """What each of these would cost if it were the only one: the choices of a menu."""
    firsts = [_occasion(facility_id, one) for one in meals if not one.already]
    quotes = iter(quotes_for(session, firsts, together=False))
    return [full_price(one) if one.already else next(quotes) for one in meals]


def full_price(meal: PlannedMeal) -> Quote:
    """The quote of a meal that carries no benefits."""
    return Quote(meal.goods_fen, meal.fee_fen, (), (), meal.eater.id, meal.day, meal.meal)


def _occasion(facility_id: int, one: PlannedMeal) -> Occasion:
    return Occasion(
        one.eater.id, facility_id, one.day, one.own_fen, one.fee_fen,
        meal=one.meal, serving=one.serving, beyond_fen=one.goods_fen - one.own_fen,
    )  # fmt: skip
