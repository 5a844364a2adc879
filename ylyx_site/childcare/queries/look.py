"""All that a booking has to know and that is different each time, in one query.

What is the same each time, the register's terms, is kept in the process; here come the stamps that
say whether it still holds.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.models import STAMP as BENEFITS
from ylyx_site.benefits.queries import Entitled, GroupSpan
from ylyx_site.calendar.models import STAMP as CALENDAR
from ylyx_site.childcare.rules.planning import Child
from ylyx_site.facilities.kinds import FacilityKind, Filing
from ylyx_site.facilities.models import Facility, stamp_name
from ylyx_site.facilities.queries.facts import LISTED
from ylyx_site.families.kinds import Group
from ylyx_site.families.models import Person, PersonGroup
from ylyx_site.families.queries.people import children_rows, guardian_rows
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


class Acting(NamedTuple):
    """An account that may act for a child, and the name it goes by."""

    child_id: int
    account_id: int
    name: str


@dataclass(slots=True)
class Look:
    """What stands in the database now about a facility, an account's children and some days.

    `filing` None: no nursery that the public may see. `free`: places left by (resource, day) and
    half hour, what expired holds and the account's own hold keep included; `busy`: masks by (child,
    day). `keeps`: whether the nursery holds places; `hold_ids`: the account's own hold there.
    `lapsed`: something that was kept there has run out and those who wait do not know yet.
    `acting`: who may act for the children; `homes` and `groups`: what benefits ask about them.
    """

    filing: Filing | None = None
    stamps: dict[str, int] = field(default_factory=dict)
    children: dict[int, Child] = field(default_factory=dict)
    free: dict[tuple[int, date], dict[int, int]] = field(default_factory=dict)
    busy: dict[tuple[int, date], int] = field(default_factory=dict)
    keeps: bool = False
    lapsed: bool = False
    hold_ids: list[int] = field(default_factory=list)
    acting: list[Acting] = field(default_factory=list)
    homes: dict[int, list[str]] = field(default_factory=dict)
    groups: dict[int, list[GroupSpan]] = field(default_factory=dict)

    def entitled(self) -> dict[int, Entitled]:
        """What benefits ask about the children that the look was for."""
        people = {}
        for child in self.children.values():
            hukou, residence = self.homes.get(child.id, ("", ""))
            groups = tuple(self.groups.get(child.id, ()))
            people[child.id] = Entitled(
                child.id, child.born_on, hukou or None, residence or None, groups
            )
        return people


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
    rows = session.connection().execute(
        _statement(),
        {
            "facility_id": facility_id,
            "facility_stamp": stamp_name(facility_id),
            "gain_stamp": gain_name(facility_id),
            "account_id": account_id,
            "child_ids": list(child_ids),
            "days": list(days),
            "now": now,
        },
    )
    for row in rows:
        what, number, day, value, words = row
        if what == "slots":
            packed = map(int, words.split(","))
            seen.free[number, day] = dict(divmod(one, SCALE) for one in packed)
        elif what == "freed":
            freed.append((number, day, value))
        elif what in OF_PEOPLE:
            _note_person(seen, row)
        else:
            _note_house(seen, row)
    _add(seen.free, freed)
    return seen


def _note_person(seen: Look, row: Sequence[Any]) -> None:
    what, number, day, value, words = row
    if what == "busy":
        seen.busy[number, day] = value
    elif what == "child":
        seen.children[number] = Child(number, words, day)
    elif what == "acting":
        seen.acting.append(Acting(number, value, words))
    elif what == "group":
        group, _, last = words.partition(" ")
        span = (Group(group), day, date.fromisoformat(last) if last else None)
        seen.groups.setdefault(number, []).append(span)
    else:
        seen.homes[number] = words.split(" ")


def _note_house(seen: Look, row: Sequence[Any]) -> None:
    what, number, _day, value, words = row
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


OF_PEOPLE = frozenset({"busy", "child", "acting", "homes", "group"})
SLOTS = 64  # more than a day has half hours
SCALE = 100_000  # a half hour and what is left in it travel as one number


@lru_cache(maxsize=1)
def _statement() -> sa.CompoundSelect[Any]:
    """(what, number, day, value, words) of all kinds; put together once per process."""
    facility_id: sa.BindParameter[int] = sa.bindparam("facility_id")
    days: sa.BindParameter[date] = sa.bindparam("days", expanding=True)
    child_ids: sa.BindParameter[int] = sa.bindparam("child_ids", expanding=True)
    parts = [*_times(facility_id, child_ids, days), *_people(child_ids), *_holds(facility_id)]
    return sa.union_all(*parts, *_house(facility_id))


def _times(facility_id: Any, child_ids: Any, days: Any) -> Iterator[sa.Select[Any]]:
    """What is left of the places, a row for each resource and day; when the children are busy."""
    packed = sa.func.aggregate_strings(sa.cast(_packed(), sa.Text), ",")
    yield (
        _row("slots", PlaceSlot.resource_id, PlaceSlot.day, None, packed)
        .join(Resource, Resource.id == PlaceSlot.resource_id)
        .where(Resource.facility_id == facility_id, PlaceSlot.day.in_(days))
        .group_by(PlaceSlot.resource_id, PlaceSlot.day)
    )
    yield _row("busy", BusyDay.who_id, BusyDay.day, BusyDay.slots, None).where(
        BusyDay.who == "child", BusyDay.who_id.in_(child_ids), BusyDay.day.in_(days)
    )


def _people(child_ids: Any) -> Iterator[sa.Select[Any]]:
    """The account's children; of those that are asked for who acts for them, and for benefits."""
    person = children_rows(sa.bindparam("account_id"))
    yield _row("child", person.c.id, person.c.born_on, None, person.c.name)
    guardian = guardian_rows(child_ids)
    yield _row("acting", guardian.c.person_id, None, guardian.c.account_id, guardian.c.name)
    codes = [
        sa.func.coalesce(one, "") for one in (Person.hukou_division, Person.residence_division)
    ]
    yield _row("homes", Person.id, None, None, codes[0] + " " + codes[1]).where(
        Person.id.in_(child_ids)
    )
    last = sa.func.coalesce(sa.cast(PersonGroup.valid_to, sa.Text), "")
    words = sa.cast(PersonGroup.group, sa.Text) + " " + last
    yield _row("group", PersonGroup.person_id, PersonGroup.valid_from, None, words).where(
        PersonGroup.person_id.in_(child_ids)
    )


def _house(facility_id: Any) -> Iterator[sa.Select[Any]]:
    names: list[Any] = [
        BENEFITS,
        CALENDAR,
        sa.bindparam("facility_stamp"),
        sa.bindparam("gain_stamp"),
    ]
    yield _row("stamp", None, None, Stamp.number, Stamp.name).where(Stamp.name.in_(names))
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
