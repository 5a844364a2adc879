"""Those who must not take a child; never shown to themselves."""

import json
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.queries.children import child_of_house
from ylyx_site.families.queries import child_of, guardians_of, live_guardians
from ylyx_site.families.service.turns import take_turns
from ylyx_site.handover.errors import GuardianNeedsPaper, TooManyBlocks
from ylyx_site.handover.models import PickupBlock
from ylyx_site.handover.queries.takers import blocks_of
from ylyx_site.handover.rules.wishes import MOST_BLOCKS, BlockWish
from ylyx_site.handover.service.adults import refuse_blocked
from ylyx_site.identity.queries import account_by_phone
from ylyx_site.journal.service import note
from ylyx_site.shared import clock, vault
from ylyx_site.shared.refusals import NotFound


def block(session: Session, wish: BlockWish, *, actor_id: int, now: datetime) -> None:
    """A guardian keeps somebody from fetching the child, but not another guardian.

    Raises `NotFound` for a child of others, `AskTheHouse`, `GuardianNeedsPaper`, `TooManyBlocks`.
    """
    refuse_blocked(session, wish.child_id, actor_id)
    account_id = _account(session, wish)
    if account_id in live_guardians(session, wish.child_id):
        raise GuardianNeedsPaper
    _add(session, wish, account_id, None, actor_id=actor_id, now=now)


def block_by_head(
    session: Session, wish: BlockWish, facility_id: int, *, actor_id: int, now: datetime
) -> None:
    """The head has seen a paper; it keeps a guardian from fetching the child too.

    Raises `NotFound` for a child that does not come to this nursery, `TooManyBlocks`.
    """
    child_of_house(session, facility_id, wish.child_id, clock.day_of(now))
    _add(session, wish, _account(session, wish), facility_id, actor_id=actor_id, now=now)


def end_block(
    session: Session, child_id: int, block_id: int, *, actor_id: int, now: datetime
) -> None:
    """A guardian ends what guardians wrote, never a row about themselves. Raises `NotFound`."""
    child_of(session, actor_id, child_id)
    refuse_blocked(session, child_id, actor_id)
    found = {one.id for one in blocks_of(session, child_id, actor_id) if not one.by_head}
    if block_id not in found:
        raise NotFound
    _end(session, child_id, block_id, None, actor_id=actor_id, now=now)


def end_block_by_head(
    session: Session, child_id: int, block_id: int, facility_id: int, *, actor_id: int,
    now: datetime,
) -> None:  # fmt: skip
    """The head ends what the own nursery wrote. Raises `NotFound`."""
    child_of_house(session, facility_id, child_id, clock.day_of(now))
    found = {one.id for one in blocks_of(session, child_id) if one.facility_id == facility_id}
    if block_id not in found:
        raise NotFound
    _end(session, child_id, block_id, facility_id, actor_id=actor_id, now=now)


def _account(session: Session, wish: BlockWish) -> int | None:
    """By telephone; without one a guardian of that name, who must not see the row either."""
    if wish.phone:
        account = account_by_phone(session, wish.phone)
        return account.id if account is not None else None
    named = [one for one in guardians_of(session, wish.child_id) if one.name == wish.name]
    return named[0].account_id if named else None


def _add(
    session: Session, wish: BlockWish, account_id: int | None, facility_id: int | None, *,
    actor_id: int, now: datetime,
) -> None:  # fmt: skip
    take_turns(session, f"person:{wish.child_id}")
    if len(blocks_of(session, wish.child_id)) >= MOST_BLOCKS:
        raise TooManyBlocks(most=MOST_BLOCKS)
    told = {
        "name": wish.name, "looks": wish.looks, "phone": wish.phone or "",
        "reason": wish.reason or "", "paper": wish.paper or "", "number": wish.number,
    }  # fmt: skip
    row = PickupBlock(
        child_id=wish.child_id, account_id=account_id, facility_id=facility_id,
        sealed=vault.seal(json.dumps(told, ensure_ascii=False)), recorded_by=actor_id,
        recorded_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    note(
        session, "handover.blocked", f"person:{wish.child_id}", actor_id=actor_id,
        facility_id=facility_id, detail=f"block:{row.id}", now=now,
    )  # fmt: skip


def _end(
    session: Session, child_id: int, block_id: int, facility_id: int | None, *, actor_id: int,
    now: datetime,
) -> None:  # fmt: skip
    session.execute(
        sa.update(PickupBlock)
        .where(PickupBlock.id == block_id, PickupBlock.ended_at.is_(None))
        .values(ended_at=now, ended_by=actor_id)
        .execution_options(synchronize_session=False)
    )
    note(
        session, "handover.unblocked", f"person:{child_id}", actor_id=actor_id,
        facility_id=facility_id, detail=f"block:{block_id}", now=now,
    )  # fmt: skip
