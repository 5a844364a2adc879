"""What has changed on the list since somebody looked: one small query, and the rows if any."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.serving.models import Handover, HandoverUndone

OVERLAP = timedelta(seconds=30)  # a tap may be committed after a later one
START = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pulse:
    """How far the list has got: meals on it, taps, taps taken back, and the last of either."""

    meals: int
    taps: int
    undone: int
    last: datetime

    def __str__(self) -> str:
        """As it stands in an address: `400.12.1.1795403400000000`."""
        micros = (self.last - START) // timedelta(microseconds=1)
        return f"{self.meals}.{self.taps}.{self.undone}.{micros}"


def pulse(session: Session, facility_id: int, day: date, meal: Meal) -> Pulse:
    """The pulse of a meal's list; one query."""
    here = (Handover.facility_id == facility_id, Handover.day == day)
    back = (HandoverUndone.facility_id == facility_id, HandoverUndone.day == day)
    row = session.execute(
        sa.select(
            sa.select(sa.func.count())
            .select_from(OrderedMeal)
            .where(
                OrderedMeal.facility_id == facility_id,
                OrderedMeal.day == day,
                OrderedMeal.meal == meal,
                OrderedMeal.state == MealState.ORDERED,
            )
            .scalar_subquery(),
            sa.select(sa.func.count()).select_from(Handover).where(*here).scalar_subquery(),
            sa.select(sa.func.count()).select_from(HandoverUndone).where(*back).scalar_subquery(),
            sa.select(sa.func.max(Handover.at)).where(*here).scalar_subquery(),
            sa.select(sa.func.max(HandoverUndone.undone_at)).where(*back).scalar_subquery(),
        )
    ).one()
    last = max((one for one in row[3:] if one is not None), default=START)
    return Pulse(row[0], row[1], row[2], last)


def pulse_from(text: str) -> Pulse | None:
    """The pulse of an address; None for anything else."""
    parts = text.split(".")
    if len(parts) != 4 or not all(one.isascii() and one.isdigit() for one in parts):
        return None
    if any(len(one) > 17 for one in parts):
        return None
    meals, taps, undone, micros = map(int, parts)
    return Pulse(meals, taps, undone, START + timedelta(microseconds=micros))


def touched(session: Session, facility_id: int, day: date, meal: Meal, since: Pulse) -> list[int]:
    """The meals tapped or taken back since (and shortly before) that pulse; one query."""
    after = since.last - OVERLAP
    taps = sa.select(Handover.ordered_meal_id).where(
        Handover.facility_id == facility_id, Handover.day == day, Handover.at >= after
    )
    undone = sa.select(HandoverUndone.ordered_meal_id).where(
        HandoverUndone.facility_id == facility_id,
        HandoverUndone.day == day,
        HandoverUndone.undone_at >= after,
    )
    rows = session.scalars(
        sa.select(OrderedMeal.id)
        .where(OrderedMeal.id.in_(taps.union(undone)), OrderedMeal.meal == meal)
        .order_by(OrderedMeal.id)
    )
    return list(rows)
