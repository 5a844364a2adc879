"""How many a nursery may hold: changed in the register and in the ledger at once.

All raise `OverBooked` unless `confirmed`, and what the register's commands raise.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.facilities import service as register
from ylyx_site.facilities.kinds import Filing
from ylyx_site.facilities.service.checks import from_today_on
from ylyx_site.journal.service import note
from ylyx_site.places.publishing import republish
from ylyx_site.places.service.balance import balanced, publish_ahead
from ylyx_site.places.wishes import CapWish, EndWish, FilingWish, NewClassWish, PlacesWish
from ylyx_site.shared import clock


def change_places(
    session: Session,
    facility_id: int,
    wish: PlacesWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Set the registered places from a day on; a supervisor's command."""
    from_today_on(wish.from_day, now)
    with balanced(session, facility_id, wish.from_day, confirmed=confirmed):
        register.set_registered_places(
            session, facility_id, wish.places, wish.from_day, actor_id=actor_id, now=now
        )


def change_filing(
    session: Session,
    facility_id: int,
    wish: FilingWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Say where the filing stands from now on; a supervisor's command.

    Filed: 60 days are published. Otherwise nothing new gets in, and who is booked is listed.
    """
    publish = publish_ahead if wish.filing is Filing.FILED else republish
    first = clock.day_of(now)
    with balanced(session, facility_id, first, confirmed=confirmed, publish=publish):
        register.change_filing(
            session, facility_id, wish.filing,
            filing_number=wish.filing_number, actor_id=actor_id, now=now,
        )  # fmt: skip
    note(
        session, "places.filing_decided", f"facility:{facility_id}",
        actor_id=actor_id, now=now, facility_id=facility_id,
        detail=f"{wish.filing.value} because {wish.reason.value}",
    )  # fmt: skip


def add_class(
    session: Session,
    facility_id: int,
    wish: NewClassWish,
    *,
    actor_id: int,
    now: datetime,
) -> None:
    """Open a class from a day on; all published days from then have its places."""
    from_today_on(wish.from_day, now)
    with balanced(session, facility_id, wish.from_day, confirmed=True):
        register.add_class(
            session, facility_id, wish.facts, wish.from_day, actor_id=actor_id, now=now
        )


def change_cap(
    session: Session,
    facility_id: int,
    wish: CapWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Set how many children a class takes from a day on."""
    from_today_on(wish.from_day, now)
    with balanced(session, facility_id, wish.from_day, confirmed=confirmed):
        register.set_class_cap(
            session, facility_id, wish.class_id, wish.children, wish.from_day,
            actor_id=actor_id, now=now,
        )  # fmt: skip


def end_class(
    session: Session,
    facility_id: int,
    wish: EndWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """End a class; from `ended_on` on nobody new gets into it."""
    from_today_on(wish.ended_on, now, "ended_on")
    with balanced(session, facility_id, wish.ended_on, confirmed=confirmed):
        register.end_class(
            session, facility_id, wish.class_id, wish.ended_on, actor_id=actor_id, now=now
        )
