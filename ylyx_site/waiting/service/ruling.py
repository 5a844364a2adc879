"""The published rule, set by the district; and priorities, proved and confirmed."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.models import Division, Facility
from ylyx_site.journal.service import note
from ylyx_site.places.gains import mark
from ylyx_site.shared import clock
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.identifiers import row_number
from ylyx_site.shared.refusals import NotFound
from ylyx_site.waiting import errors
from ylyx_site.waiting.kinds import LIVE, Event
from ylyx_site.waiting.models import (
    PriorityClaim,
    PriorityGroup,
    QueueTerms,
    WaitingEntry,
    WaitingHouse,
)
from ylyx_site.waiting.queries.entries import own_entry
from ylyx_site.waiting.queries.terms import Group, groups_of
from ylyx_site.waiting.rules.wishes import EvidenceWish
from ylyx_site.waiting.service.lines import line, lock_queues, write


def set_terms(
    session: Session,
    scope: str,
    numbers: Mapping[str, int],
    *,
    now: datetime,
    actor_id: int | None = None,
) -> None:
    """Set the limits of a facility or division; raises `NotFound` for one that is not there."""
    _scope(session, scope)
    insert = on_conflict(session, QueueTerms).values(scope=scope, **numbers)
    session.execute(insert.on_conflict_do_update(index_elements=["scope"], set_=dict(numbers)))
    detail = " ".join(f"{name}={number}" for name, number in numbers.items())
    note(session, "waiting.limits_set", scope, actor_id=actor_id, now=now, detail=detail)


def set_group(
    session: Session, scope: str, group: Group, *, now: datetime, actor_id: int | None = None
) -> None:
    """Publish a group that comes first; raises `NotFound`, `EndsBeforeItBegins`.

    A group is never changed, only ended: what was confirmed rests on it.
    """
    facility_id, division_code = _scope(session, scope)
    if group.valid_to is not None and group.valid_to < group.valid_from:
        raise errors.EndsBeforeItBegins("last")
    session.add(
        PriorityGroup(
            facility_id=facility_id, division_code=division_code, name=group.name,
            paper=group.paper, rank=group.rank, valid_from=group.valid_from,
            valid_to=group.valid_to,
        )
    )  # fmt: skip
    note(session, "waiting.group_set", scope, actor_id=actor_id, now=now, detail=group.name)


def end_group(
    session: Session, division_code: str, group_id: int, *, actor_id: int, now: datetime
) -> None:
    """No paper is checked for it any more; what was confirmed counts as long as the paper does.

    Raises `NotFound` for a group of another division.
    """
    group = session.get(PriorityGroup, group_id)
    if group is None or group.division_code != division_code:
        raise NotFound
    group.valid_to = clock.day_of(now) - timedelta(days=1)
    scope = f"division:{division_code}"
    note(session, "waiting.group_ended", scope, actor_id=actor_id, now=now, detail=group.name)


def _facility(session: Session, number: str) -> Facility | None:
    try:
        return session.get(Facility, row_number(number))
    except ValueError:
        return None


def _scope(session: Session, scope: str) -> tuple[int | None, str | None]:
    kind, _sep, name = scope.partition(":")
    if kind == "facility" and (house := _facility(session, name)) is not None:
        return house.id, None
    if kind == "division" and session.get(Division, name) is not None:
        return None, name
    raise NotFound


def claim_priority(
    session: Session, code: str, group_id: int, *, actor_id: int, now: datetime
) -> None:
    """A family says that it belongs to a group; it counts once a nursery has seen the paper.

    Raises `NotFound` for another family's entry, `NoSuchGroup` where no nursery has this group.
    """
    entry = own_entry(session, actor_id, code)
    houses = session.scalars(
        sa.select(WaitingHouse.facility_id).where(WaitingHouse.entry_id == entry.id)
    )
    today = clock.day_of(now)
    here = [one for one in houses if any(g.id == group_id for g in groups_of(session, one, today))]
    if not here or entry.state not in LIVE:
        raise errors.NoSuchGroup
    rows = [
        {"entry_id": entry.id, "group_id": group_id, "facility_id": one, "claimed_at": now,
         "paper": ""}
        for one in here
    ]  # fmt: skip
    session.execute(on_conflict(session, PriorityClaim).on_conflict_do_nothing(), rows)
    note(
        session, "waiting.priority_claimed", f"waiting:{code}", actor_id=actor_id,
        detail=str(group_id), now=now,
    )  # fmt: skip


def confirm_priority(
    session: Session, facility_id: int, wish: EvidenceWish, *, actor_id: int, now: datetime
) -> None:
    """The head has seen the paper: from now on the entry stands further ahead.

    Raises `NotFound` for a number of another queue, `NoSuchGroup`, `EvidencePast`.
    """
    lock_queues(session, [facility_id])
    today = clock.day_of(now)
    claim = _claim(session, facility_id, wish)
    group = next((g for g in groups_of(session, facility_id, today) if g.id == wish.group_id), None)
    if group is None:
        raise errors.NoSuchGroup
    if wish.valid_to < today:
        raise errors.EvidencePast("valid_to")
    until = min(wish.valid_to, group.valid_to or wish.valid_to)
    ranked = line(wish.entry_number, Event.RANKED, rank=group.rank, until=until.isoformat())
    at = write(session, facility_id, [ranked], now)
    claim.paper, claim.valid_to, claim.confirmed_on = wish.paper, until, clock.day_of(at)
    claim.confirmed_by, claim.confirmed_at = actor_id, now
    session.flush()
    mark(session, [facility_id])
    note(
        session, "waiting.priority_confirmed", f"waiting:{facility_id}:{wish.entry_number}",
        actor_id=actor_id, facility_id=facility_id, detail=f"{group.id} {until}", now=now,
    )  # fmt: skip


def _claim(session: Session, facility_id: int, wish: EvidenceWish) -> PriorityClaim:
    claim = session.scalar(
        sa.select(PriorityClaim)
        .join(WaitingHouse, WaitingHouse.entry_id == PriorityClaim.entry_id)
        .join(WaitingEntry, WaitingEntry.id == PriorityClaim.entry_id)
        .where(
            WaitingHouse.facility_id == facility_id,
            WaitingHouse.number == wish.entry_number,
            WaitingEntry.state.in_(LIVE),
            PriorityClaim.facility_id == facility_id,
            PriorityClaim.group_id == wish.group_id,
            PriorityClaim.confirmed_at.is_(None),
        )
    )
    if claim is None:
        raise NotFound
    return claim
