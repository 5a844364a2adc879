"""What a page says of the hold of its visitor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.childcare.policy import Planned
from ylyx_site.childcare.service.writing import claims_of
from ylyx_site.identity.visitor import signed_in
from ylyx_site.places.claims import runs_of
from ylyx_site.places.queries import kept_runs, own_hold
from ylyx_site.places.rules import HELD_MINUTES, HELD_MINUTES_LONG
from ylyx_site.shared import clock
from ylyx_site.shared.templating import edition


@dataclass(frozen=True, slots=True)
class Holding:
    """`offered`: places may be held for `minutes`. Else what is held, and for how long yet.

    `is_this`: what is held is what the page would book. `seconds` 0: it has run out.
    """

    offered: bool
    minutes: int
    until: datetime | None = None
    seconds: int = 0
    is_this: bool = False
    may_extend: bool = False


def hold_minutes() -> int:
    """How long a hold lasts: twice as long for staff, and in the senior edition."""
    takes_longer = signed_in().role is not None or edition() == "senior"
    return HELD_MINUTES_LONG if takes_longer else HELD_MINUTES


def holding_of(session: Session, facility_id: int, planned: Planned | None) -> Holding | None:
    """What there is to say; None where nothing is held and nothing can be. Two queries at most."""
    if planned is None or not planned.plan.booked:
        return None
    minutes = hold_minutes()
    held = own_hold(session, signed_in().account_id, facility_id) if planned.hold_ids else None
    if held is None:
        return Holding(True, minutes) if planned.keeps and planned.given_up is None else None
    left = round((held.expires_at - clock.now()).total_seconds())
    return Holding(
        offered=planned.keeps,
        minutes=minutes,
        until=held.expires_at,
        seconds=max(0, left),
        is_this=kept_runs(session, held.id) == runs_of(claims_of(planned)),
        may_extend=left > 0 and not held.extended,
    )
