"""Everything that a quote is made of, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ylyx_site.benefits.kinds import Service
from ylyx_site.facilities.kinds import CareKind, Meal, Serving
from ylyx_site.families.kinds import Group
from ylyx_site.places.uses import CounterKey


@dataclass(frozen=True, slots=True)
class Occasion:
    """What somebody wants, to be priced: a meal or a care, with the price of its goods in fen.

    `meal` and `serving` for meals, `care` for childcare. `fee_fen` (delivery) is never reduced, nor
    is `beyond_fen`: goods beyond what one person eats, which no rule looks at.
    """

    person_id: int
    facility_id: int
    day: date
    price_fen: int
    fee_fen: int = 0
    meal: Meal | None = None
    serving: Serving | None = None
    care: CareKind | None = None
    beyond_fen: int = 0

    @property
    def service(self) -> Service:
        """Childcare when a kind of care is named, otherwise a meal."""
        return Service.MEAL if self.care is None else Service.CHILDCARE


@dataclass(frozen=True, slots=True)
class Situation:
    """A person on a day at a facility; what is stored, and nothing else, decides a quote.

    `groups` are those valid on the day, `lapsed` those whose evidence has run out, with the last
    day on which it held; `is_working_day` counts 调休 in, `taken` is what the counters of this
    person hold by now (see `counters.uses_of`); a missing counter is unused.
    `person_id` None: a person who is not registered, whom no limit can be counted for.
    """

    service: Service
    day: date
    age_years: int
    price_fen: int
    fee_fen: int = 0
    person_id: int | None = None
    groups: frozenset[Group] = frozenset()
    lapsed: tuple[tuple[Group, date], ...] = ()
    hukou: str | None = None
    residence: str | None = None
    place: str = ""
    facility_id: int | None = None
    is_working_day: bool = True
    meal: Meal | None = None
    serving: Serving | None = None
    care: CareKind | None = None
    taken: Mapping[CounterKey, int] = field(default_factory=dict)
    beyond_fen: int = 0
