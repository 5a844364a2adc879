"""Prices, hours that are sold and limits: the register alone, with a wish as the desk makes it."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.facilities import service as register
from ylyx_site.facilities.errors import EndsBeforeItStarts, OffTheGrid
from ylyx_site.places.wishes import CareHoursWish, LimitWish, PriceWish


def change_price(
    session: Session, facility_id: int, wish: PriceWish, *, actor_id: int, now: datetime
) -> None:
    """Set a price from a day on. Raises what `facilities.service.set_price` raises."""
    register.set_price(
        session, facility_id, wish.tariff, wish.fen, wish.from_day, actor_id=actor_id, now=now
    )


def change_care_hours(
    session: Session, facility_id: int, wish: CareHoursWish, *, actor_id: int, now: datetime
) -> None:
    """Set the hours sold as a day, a morning, an afternoon. A refusal names the part's field."""
    for part, starts, ends in wish.parts:
        try:
            register.set_care_hours(
                session, facility_id, part, starts, ends, actor_id=actor_id, now=now
            )
        except (EndsBeforeItStarts, OffTheGrid) as refusal:
            refusal.field = f"{part}_ends"
            raise


def change_limit(
    session: Session, facility_id: int, wish: LimitWish, *, actor_id: int, now: datetime
) -> None:
    """Set until when a deed is allowed. Raises what `facilities.service.set_limit` raises."""
    register.set_limit(session, facility_id, wish.key, wish.limit, actor_id=actor_id, now=now)
