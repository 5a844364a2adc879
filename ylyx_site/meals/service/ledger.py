"""What a meal takes from the ledger: its portions, one place of its way of serving, its hour."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.meals.kinds import MEAL_SLOTS, ItemKind
from ylyx_site.places.busy import Presence
from ylyx_site.places.claims import Claim
from ylyx_site.places.models import Resource, ResourceKind
from ylyx_site.shared.spans import SLOT_MINUTES, TimeSpan

EATER = "eater"  # whose meals of a day are kept in `busy_day`: one that carries benefits each
RESOURCES = {
    ItemKind.DISH: ResourceKind.DISH,
    ItemKind.SET: ResourceKind.MEAL_SET,
    Serving.DINE_IN: ResourceKind.SEATS,
    Serving.PICK_UP: ResourceKind.PICK_UPS,
    Serving.DELIVERY: ResourceKind.DELIVERIES,
}
Taken = Mapping[tuple[ItemKind | Serving, int, date, int], int]


def slot_span(slot: int) -> TimeSpan:
    """The span by which the ledger knows a slot."""
    return TimeSpan(slot * SLOT_MINUTES, (slot + 1) * SLOT_MINUTES)


def presence(person_id: int, day: date, meal: Meal) -> Presence:
    """A person's meal of a day, to be kept."""
    return Presence(person_id, day, slot_span(MEAL_SLOTS[meal]))


def claims_of(session: Session, taken: Taken) -> list[Claim]:
    """Claims for what is taken: (dish, set or way of serving, its owner, day, slot) → number."""
    wanted = {(RESOURCES[kind], owner) for kind, owner, _, _ in taken}
    rows = session.execute(
        sa.select(Resource.kind, Resource.owner_id, Resource.id).where(
            sa.or_(
                *(
                    sa.and_(
                        Resource.kind == kind,
                        Resource.owner_id.in_([one for each, one in wanted if each is kind]),
                    )
                    for kind in {kind for kind, _ in wanted}
                )
            )
        )
    )
    numbers = {(kind, owner): number for kind, owner, number in rows}
    return [
        Claim(numbers[RESOURCES[kind], owner], day, slot_span(slot), number)
        for (kind, owner, day, slot), number in taken.items()
    ]
