"""An offer as it can be answered now: what it costs today, or why it cannot be had any more."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.policy import make_plan
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.places.claims import Claim
from ylyx_site.places.models import PlaceHoldClaim
from ylyx_site.places.service.letting_go import claim_of
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.spans import TimeSpan
from ylyx_site.waiting.models import WaitingEntry, WaitingOffer
from ylyx_site.waiting.queries.entries import care_of, is_answerable, offered_days


@dataclass(frozen=True, slots=True)
class Shown:
    """What an offer is for. `pay`: what the family pays by day; `refusal`: why not any more."""

    account_id: int
    kind: CareKind
    half: str
    days: tuple[date, ...]
    span: TimeSpan
    children: int
    is_open: bool
    pay: tuple[tuple[date, int], ...]
    refusal: Refusal | None

    @property
    def pay_fen(self) -> int:
        """All of it."""
        return sum(fen for _, fen in self.pay)


def shown_offer(session: Session, offer: WaitingOffer, now: datetime) -> Shown:
    """The offer, planned again as it would be booked now; nothing is planned once it is over."""
    entry = session.get_one(WaitingEntry, offer.entry_id)
    offered = offered_days(session, offer.id)
    is_open = is_answerable(offer, now)
    pay: tuple[tuple[date, int], ...] = ()
    refusal: Refusal | None = None
    if is_open:
        pay, refusal = _plan(session, entry, offer, now)
    return Shown(
        entry.account_id, entry.kind, entry.half, tuple(sorted({one.day for one in offered})),
        TimeSpan(offered[0].starts, offered[0].ends), len({one.child_id for one in offered}),
        is_open, pay, refusal,
    )  # fmt: skip


def _plan(
    session: Session, entry: WaitingEntry, offer: WaitingOffer, now: datetime
) -> tuple[tuple[tuple[date, int], ...], Refusal | None]:
    care = care_of(session, entry, offer)
    try:
        made = make_plan(
            session, care, account_id=entry.account_id, now=now, kept=_kept(session, offer)
        )
    except Refusal as refusal:
        return (), refusal
    left_out = made.plan.left_out
    return tuple(sorted(made.pay_by_day().items())), left_out[0].refusal if left_out else None


def _kept(session: Session, offer: WaitingOffer) -> list[Claim]:
    """What the ledger keeps for it."""
    rows = session.execute(
        sa.select(
            PlaceHoldClaim.resource_id, PlaceHoldClaim.day, PlaceHoldClaim.first,
            PlaceHoldClaim.stop, PlaceHoldClaim.places,
        ).where(PlaceHoldClaim.hold_id == offer.hold_id)
    )  # fmt: skip
    return [claim_of(*row) for row in rows]
