"""All that a booking has to know and that is different each time, in one query.

What is the same each time, the register's terms, is kept in the process; here come the stamps that
say whether it still holds.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.models import STAMP as BENEFITS
from ylyx_site.calendar.models import STAMP as CALENDAR
from ylyx_site.childcare.rules.planning import Child
from ylyx_site.facilities.kinds import FacilityKind, Filing
from ylyx_site.facilities.models import Facility, stamp_name
from ylyx_site.facilities.queries.facts import LISTED
from ylyx_site.families.queries.people import children_rows
from ylyx_site.places.gains import gain_name
from ylyx_site.places.models import (
    BusyDay,
    HoldTerms,
    PlaceHold,
    PlaceHoldClaim,
    PlaceSlot,
    Resource,
)
from ylyx_site.shared.stamps import Stamp


@dataclass(slots=True)
class Look:
    """What stands in the database now about a facility, an account's children and some days.

    `filing` None: no nursery that the public may see. `free`: places left by (resource, day) and
    half hour, what expired holds and the account's own hold keep included; `busy`: masks by (child,
    day). `keeps`: whether the nursery holds places; `hold_ids`: the account's own hold there.
    `lapsed`: something that was kept there has run out and those who wait do not know yet.
    """

    filing: Filing | None = None
    stamps: dict[str, int] = field(default_factory=dict)
    children: dict[int, Child] = field(default_factory=dict)
    free: dict[tuple[int, date], dict[int, int]] = field(default_factory=dict)
    busy: dict[tuple[int, date], int] = field(default_factory=dict)
    keeps: bool = False
    lapsed: bool = False
    hold_ids: list[int] = field(default_factory=list)


def look(
    session: Session,
    *,
    facility_id: int,
    account_id: int,
    child_ids: Collection[int],
    days: Collection[date],
    now: datetime,
) -> Look:
    """Look once. Children are those of the account; `child_ids` only narrow whose days are read."""
    seen = Look()
    freed: list[tuple[int, date, int]] = []
    rows = session.execute(
        _statement(),
        {
            "facility_id": facility_id,
            "stamps": [BENEFITS, CALENDAR, stamp_name(facility_id), gain_name(facility_id)],
            "account_id": account_id,
            "child_ids": list(child_ids),
            "days": list(days),
            "now": now,
        },
    )
    for what, number, day, value, words in rows:
        if what == "slot":
            slot, left = divmod(value, SCALE)
            seen.free.setdefault((number, day), {})[slot] = left
        elif what == "freed":
            freed.append((number, day, value))
        elif what == "busy":
            seen.busy[number, day] = value
        elif what == "child":
            seen.children[number] = Child(number, words, day)
        else:
            _note(seen, what, number, value, words)
    _add(seen.free, freed)
    return seen


def _note(seen: Look, what: str, number: int, value: int, words: str) -> None:
    if what == "stamp":
        seen.stamps[words] = value
    elif what == "hold":
        seen.hold_ids.append(number)
    elif what == "keeps":
        seen.keeps = True
    elif what == "lapsed":
        seen.lapsed = True
    else:
        seen.filing = Filing(words)


def _add(free: dict[tuple[int, date], dict[int, int]], freed: list[tuple[int, date, int]]) -> None:
    """Add what a hold keeps in vain, or for this very account, to what is left."""
    for resource_id, day, value in freed:
        run, places = divmod(value, SCALE)
        left = free.get((resource_id, day), {})
        for slot in range(*divmod(run, SLOTS)):
            if slot in left:
                left[slot] += places


SLOTS = 64  # more than a day has half hours
SCALE = 100_000  # a half hour and what is left in it travel as one number


@lru_cache(maxsize=1)
def _statement() -> sa.CompoundSelect[Any]:
    """(what, number, day, value, words) of eight kinds; put together once per process."""
    return sa.union_all(*_parts())


def _parts() -> Iterator[sa.Select[Any]]:
    facility_id: sa.BindParameter[int] = sa.bindparam("facility_id")
    days: sa.BindParameter[date] = sa.bindparam("days", expanding=True)
    yield (
        _row("slot", PlaceSlot.resource_id, PlaceSlot.day, _packed(), None)
        .join(Resource, Resource.id == PlaceSlot.resource_id)
        .where(Resource.facility_id == facility_id, PlaceSlot.day.in_(days))
    )
    yield _row("busy", BusyDay.who_id, BusyDay.day, BusyDay.slots, None).where(
        BusyDay.who == "child",
        BusyDay.who_id.in_(sa.bindparam("child_ids", expanding=True)),
        BusyDay.day.in_(days),
    )
    person = children_rows(sa.bindparam("account_id"))
    yield _row("child", person.c.id, person.c.born_on, None, person.c.name)
    yield _row("stamp", None, None, Stamp.number, Stamp.name).where(
        Stamp.name.in_(sa.bindparam("stamps", expanding=True))
    )
    yield from _holds(facility_id)
    yield _row("facility", Facility.id, None, None, sa.cast(Facility.filing, sa.Text)).where(
        Facility.id == facility_id,
        Facility.kind == FacilityKind.NURSERY,
        Facility.filing.in_(LISTED),
    )


def _holds(facility_id: sa.BindParameter[int]) -> Iterator[sa.Select[Any]]:
    """Does the nursery hold places; what holds give free here; the account's own hold."""
    yield _row("keeps", HoldTerms.facility_id, None, None, None).where(
        HoldTerms.facility_id == facility_id
    )
    here = (PlaceHold.facility_id == facility_id, PlaceHold.ended_at.is_(None))
    own = sa.and_(PlaceHold.account_id == sa.bindparam("account_id"), PlaceHold.is_offer.is_(False))
    claim = PlaceHoldClaim
    run = sa.cast(claim.first, sa.BigInteger) * SLOTS + claim.stop
    yield (
        _row("freed", claim.resource_id, claim.day, run * SCALE + claim.places, None)
        .join(PlaceHold, PlaceHold.id == claim.hold_id)
        .where(*here, sa.or_(own, PlaceHold.expires_at <= sa.bindparam("now")))
    )
    yield _row("lapsed", PlaceHold.id, None, None, None).where(
        *here, PlaceHold.expires_at <= sa.bindparam("now")
    )
    yield _row("hold", PlaceHold.id, None, None, None).where(*here, own)


def _packed() -> sa.ColumnElement[int]:
    left = PlaceSlot.capacity - PlaceSlot.taken
    return sa.cast(PlaceSlot.slot, sa.BigInteger) * SCALE + left


def _row(what: str, number: Any, day: Any, value: Any, words: Any) -> sa.Select[Any]:
    """One kind of row; PostgreSQL must be told what its empty columns would hold."""
    kinds = (sa.BigInteger, sa.Date, sa.BigInteger, sa.Text)
    columns = [
        sa.cast(sa.null(), kind) if column is None else column
        for column, kind in zip((number, day, value, words), kinds, strict=True)
    ]
    return sa.select(sa.literal_column(f"'{what}'"), *columns)
