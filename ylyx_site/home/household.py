"""What the front page leads with: the next deeds of whoever is in the family."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy.orm import Session

from ylyx_site.childcare.queries.bookings import DayRow, coming_days
from ylyx_site.families.kinds import PersonKind
from ylyx_site.families.queries import PersonFacts, people_of
from ylyx_site.meals.outcomes import Outcome, outcomes_of
from ylyx_site.meals.policy.again import Usual, usuals_of
from ylyx_site.meals.queries.orders import MealRow, coming_meals, who_eats
from ylyx_site.shared import clock

MOST = 12  # read of each; more than two days of a family are not shown
SHOWN_MEALS = 6

Days = Sequence[tuple[date, Sequence[DayRow]]]


@dataclass(frozen=True, slots=True)
class Household:
    """A family's next days of care and next meals, and the elders for whom none is ordered.

    `outcomes` tells by meal what has come of it already.
    """

    has_children: bool
    elders: Sequence[PersonFacts]
    days: Days
    meals: Sequence[MealRow]
    outcomes: Mapping[int, Outcome]
    hungry: Sequence[PersonFacts]
    usuals: tuple[Usual, ...]

    @property
    def next_meal(self) -> MealRow | None:
        """The first meal that has not reached its person yet."""
        return next((one for one in self.meals if one.id not in self.outcomes), None)

    @property
    def parts(self) -> tuple[str, ...]:
        """`people` to be entered first, `care`, `food`: what comes next first."""
        parts = [
            name
            for name, is_shown in (("care", self.has_children), ("food", bool(self.elders)))
            if is_shown
        ]
        return tuple(sorted(parts, key=self._next_day)) or ("people",)

    def _next_day(self, part: str) -> date:
        if part == "care":
            return self.days[0][0] if self.days else date.max
        return self.meals[0].day if self.meals else date.max


def household_of(session: Session, account_id: int, now: datetime) -> Household:
    """What comes next for everybody the account may act for; what nobody needs is not asked."""
    people, today = people_of(session, account_id), clock.day_of(now)
    elders = [one for one in people if one.kind is PersonKind.ELDER]
    has_children = len(elders) < len(people)
    days = coming_days(session, account_id, today, most=MOST) if has_children else []
    meals = coming_meals(session, account_id, today, most=MOST) if elders else []
    return Household(
        has_children, elders,
        [(day, list(rows)) for day, rows in groupby(days, key=lambda row: row.day)][:2],
        meals[:SHOWN_MEALS], outcomes_of(session, [one.id for one in meals]) if meals else {},
        _hungry(session, account_id, elders, meals, today),
        usuals_of(session, account_id, now) if elders else (),
    )  # fmt: skip


def _hungry(
    session: Session, account_id: int, elders: list[PersonFacts], meals: list[MealRow], today: date
) -> list[PersonFacts]:
    """The elders for whom nothing is ordered from today on."""
    eating = {one.person_id for one in meals}
    if len(meals) == MOST and any(one.id not in eating for one in elders):
        eating = who_eats(session, account_id, today)
    return [one for one in elders if one.id not in eating]
