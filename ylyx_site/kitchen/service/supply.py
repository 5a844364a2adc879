"""A nursery says whose kitchen cooks for its children, from a day on."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.kitchen.errors import BadKitchen, SupplyPast
from ylyx_site.kitchen.models import CooksFor
from ylyx_site.kitchen.queries.nurseries import kitchens
from ylyx_site.kitchen.rules.supply import SupplyWish
from ylyx_site.shared import clock
from ylyx_site.shared.db import on_conflict


def change_supply(
    session: Session, nursery_id: int, wish: SupplyWish, *, actor_id: int, now: datetime
) -> None:
    """End what was before from that day on, and begin with the new kitchen.

    Raises `SupplyPast`, `BadKitchen`.
    """
    if wish.from_day < clock.day_of(now):
        raise SupplyPast
    if wish.kitchen_id is not None and wish.kitchen_id not in {one for one, _ in kitchens(session)}:
        raise BadKitchen
    of_nursery = CooksFor.nursery_id == nursery_id
    session.execute(
        sa.delete(CooksFor)
        .where(of_nursery, CooksFor.from_day >= wish.from_day)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        sa.update(CooksFor)
        .where(of_nursery, sa.or_(CooksFor.until.is_(None), CooksFor.until > wish.from_day))
        .values(until=wish.from_day)
        .execution_options(synchronize_session=False)
    )
    if wish.kitchen_id is not None:
        session.execute(
            on_conflict(session, CooksFor).values(
                kitchen_id=wish.kitchen_id, nursery_id=nursery_id, from_day=wish.from_day
            )
        )
    note(
        session, "kitchen.supply_changed", f"facility:{nursery_id}", actor_id=actor_id, now=now,
        facility_id=nursery_id, detail=f"{wish.kitchen_id} {wish.from_day}",
    )  # fmt: skip
