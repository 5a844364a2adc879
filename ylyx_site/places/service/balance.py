"""Bringing a change of the register into the ledger, in the same transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy.orm import Session

from ylyx_site.places import publishing
from ylyx_site.places.errors import OverBooked
from ylyx_site.places.queries import over_booked
from ylyx_site.places.rules import Excess, over_days, worse

Publish = Callable[[Session, int, date], list[Excess]]


@contextmanager
def balanced(
    session: Session,
    facility_id: int,
    first: date,
    *,
    confirmed: bool,
    publish: Publish = publishing.republish,
) -> Iterator[None]:
    """Publish, from `first` on, what the commands in the block change in the register.

    Raises `OverBooked` with the days on which the change would leave less than is booked, unless
    that is `confirmed`; the transaction must then be rolled back. Confirmed, nobody is dropped
    and nobody new gets in. Changes of one facility wait for each other here.
    """
    publishing.lock_houses(session, [facility_id])
    before = over_booked(session, facility_id, first)
    yield
    after = publish(session, facility_id, first)
    brought = worse(before, after)
    if brought and not confirmed:
        raise OverBooked(over_days(brought))


def publish_ahead(session: Session, facility_id: int, first: date) -> list[Excess]:
    """Publish 60 days ahead, and whatever further days have been published before."""
    until = publishing.published_until(session, facility_id)
    ahead = first + timedelta(days=publishing.DAYS_AHEAD)
    return publishing.publish_days(session, [facility_id], first, max(until or ahead, ahead))
