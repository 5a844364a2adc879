"""Who has a place then: all nurseries in one query; and one nursery's week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from ylyx_site.facilities.kinds import CareKind, FacilityKind, Filing, Tariff
from ylyx_site.facilities.models import CareClass, CareHours, CarePrice, Division, Facility
from ylyx_site.facilities.queries.facts import town_of_facility
from ylyx_site.facilities.rules import CARE_HOURS, price_fen
from ylyx_site.facilities.rules.search import search_keys
from ylyx_site.places.models import PlaceSlot, Resource, ResourceKind
from ylyx_site.places.queries import freed_by_expiry
from ylyx_site.shared.db import Instant
from ylyx_site.shared.spans import TimeSpan

SCALE = 10_000  # a half hour and what is left in it travel as one number: slot × 10,000 + left


@dataclass(frozen=True, slots=True)
class CareSearch:
    """Who has a place then. `months` is the child's age on the day; `part` of CARE_HOURS or ''."""

    day: date
    kind: CareKind
    half: str
    span: TimeSpan
    months: int
    division_code: str = ""
    words: str = ""

    @property
    def part(self) -> str:
        """Which of a facility's own hours the search means; empty for hourly care."""
        if self.kind is CareKind.HOURLY:
            return ""
        return self.half or "full_day"


class Answer(NamedTuple):
    """A nursery's answer. `left` None: shut that day, or no class for that age.

    `left` counts children who could still come for the whole span; `classes` has what is left in
    each half hour, class by class. `fen` None: it does not offer this kind of care.
    """

    facility_id: int
    name: str
    town: str
    inclusive: bool
    latitude: float | None
    longitude: float | None
    span: TimeSpan
    fen: int | None
    left: int | None
    classes: tuple[dict[int, int], ...]


def who_has_a_place(session: Session, search: CareSearch, now: datetime) -> list[Answer]:
    """Every filed nursery that matches words and town, with what it has left; one query.

    What expired holds keep is left.
    """
    asked = {
        "now": now, "on_day": search.day, "months": search.months, "part": search.part,
        "tariff": _tariff(search),
    }  # fmt: skip
    narrower = _narrower(search)
    statement = _statement().where(*narrower) if narrower else _statement()
    rows = session.connection().execute(statement, asked).all()
    answers = []
    for _, classes in groupby(rows, key=lambda row: row[0]):
        answers.append(_answer(search, list(classes)))
    return answers


ON_DAY: sa.BindParameter[date] = sa.bindparam("on_day", type_=sa.Date())
MONTHS: sa.BindParameter[int] = sa.bindparam("months", type_=sa.Integer())


@lru_cache(maxsize=1)
def _statement() -> sa.Select[Any]:
    """Everything but the search's words and town; put together once, since that costs 2 ms."""
    left = _left_by_class()
    price = (
        sa.select(CarePrice.fen)
        .where(
            CarePrice.facility_id == Facility.id,
            CarePrice.tariff == sa.bindparam("tariff"),
            CarePrice.from_day <= ON_DAY,
        )
        .order_by(CarePrice.from_day.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            Facility.id, Facility.name, sa.func.coalesce(Division.name, ""), Facility.inclusive,
            Facility.latitude, Facility.longitude, CareHours.starts, CareHours.ends, price,
            left.c.class_id, left.c.slots,
        )
        .outerjoin(Division, town_of_facility())
        .outerjoin(
            CareHours,
            sa.and_(CareHours.facility_id == Facility.id, CareHours.part == sa.bindparam("part")),
        )
        .outerjoin(left, left.c.facility_id == Facility.id)
        .where(Facility.kind == FacilityKind.NURSERY, Facility.filing == Filing.FILED)
        .order_by(Facility.id, left.c.class_id)
    )  # fmt: skip


def _narrower(search: CareSearch) -> list[sa.ColumnElement[bool]]:
    wanted = [
        Facility.search_text.contains(key, autoescape=True) for key in search_keys(search.words)
    ]
    if search.division_code:
        wanted.append(Facility.division_code.startswith(search.division_code, autoescape=True))
    return wanted


def _left_by_class() -> sa.Subquery:
    """What is left by class for that age: the fewer of what class and house have left."""
    of_class, of_house = aliased(PlaceSlot), aliased(PlaceSlot)
    class_resource, house_resource = aliased(Resource), aliased(Resource)
    freed = _freed()
    for_class, for_house = freed.alias(), freed.alias()
    class_left = of_class.capacity - of_class.taken + sa.func.coalesce(for_class.c.places, 0)
    house_left = of_house.capacity - of_house.taken + sa.func.coalesce(for_house.c.places, 0)
    fewer = sa.case((class_left < house_left, class_left), else_=house_left)
    # A small integer times 10,000 is out of range on PostgreSQL.
    packed = sa.cast(sa.cast(of_class.slot, sa.Integer) * SCALE + fewer, sa.Text)
    return (
        sa.select(
            CareClass.facility_id.label("facility_id"),
            CareClass.id.label("class_id"),
            sa.func.aggregate_strings(packed, ",").label("slots"),
        )
        .join(
            class_resource,
            sa.and_(
                class_resource.kind == ResourceKind.CLASS, class_resource.owner_id == CareClass.id
            ),
        )
        .join(
            house_resource,
            sa.and_(
                house_resource.kind == ResourceKind.FACILITY,
                house_resource.owner_id == CareClass.facility_id,
            ),
        )
        .join(
            of_class,
            sa.and_(of_class.resource_id == class_resource.id, of_class.day == ON_DAY),
        )
        .join(
            of_house,
            sa.and_(
                of_house.resource_id == house_resource.id,
                of_house.day == ON_DAY,
                of_house.slot == of_class.slot,
            ),
        )
        .outerjoin(for_class, _same_half_hour(for_class, of_class))
        .outerjoin(for_house, _same_half_hour(for_house, of_house))
        .where(
            CareClass.from_months <= MONTHS,
            CareClass.to_months > MONTHS,
            sa.or_(CareClass.ended_on.is_(None), CareClass.ended_on > ON_DAY),
        )
        .group_by(CareClass.facility_id, CareClass.id)
        .subquery()
    )


def _freed() -> sa.CTE:
    """(resource_id, slot, places) that expired holds keep in vain on that day: mostly nothing.

    Named and used twice, so that the database makes it once: with old statistics PostgreSQL would
    else make it anew for every half hour of every class, and take seconds.
    """
    held = freed_by_expiry(sa.bindparam("now", type_=Instant())).subquery()
    slot = aliased(PlaceSlot)
    return (
        sa.select(slot.resource_id, slot.slot, sa.func.sum(held.c.places).label("places"))
        .join(
            held,
            sa.and_(
                held.c.resource_id == slot.resource_id, held.c.day == slot.day,
                held.c.first <= slot.slot, held.c.stop > slot.slot,
            ),
        )
        .where(slot.day == ON_DAY, held.c.day == ON_DAY)
        .group_by(slot.resource_id, slot.slot)
        .cte("freed")
    )  # fmt: skip


def _same_half_hour(freed: sa.FromClause, slot: type[PlaceSlot]) -> sa.ColumnElement[bool]:
    return sa.and_(freed.c.resource_id == slot.resource_id, freed.c.slot == slot.slot)


def _tariff(search: CareSearch) -> Tariff:
    if search.kind is CareKind.TEMPORARY:
        return Tariff.TEMPORARY_HALF if search.half else Tariff.TEMPORARY_DAY
    names = {
        CareKind.FULL_DAY: Tariff.FULL_DAY,
        CareKind.HALF_DAY: Tariff.HALF_DAY,
        CareKind.HOURLY: Tariff.HOUR,
    }
    return names[search.kind]


def _answer(search: CareSearch, rows: list[Any]) -> Answer:
    facility_id, name, town, inclusive, latitude, longitude, starts, ends, unit, _, _ = rows[0]
    span = search.span
    if search.part:
        span = TimeSpan(starts, ends) if starts is not None else CARE_HOURS[search.part]
    classes = tuple(unpack(row[-1]) for row in rows if row[-1] is not None)
    prices = {} if unit is None else {_tariff(search): unit}
    return Answer(
        facility_id, name, town, inclusive, latitude, longitude, span,
        price_fen(prices, search.kind, search.half, span.minutes),
        left_for(classes, span), classes,
    )  # fmt: skip


def unpack(packed: str) -> dict[int, int]:
    """Half hour → left, from what the query packed."""
    return dict(divmod(number, SCALE) for number in map(int, packed.split(",")))


def merged(classes: Iterable[dict[int, int]]) -> tuple[int, tuple[int, ...]]:
    """The first half hour and, from it on, what the best class has left in each."""
    best: dict[int, int] = {}
    for slots in classes:
        if not best:
            best = {slot: max(left, 0) for slot, left in slots.items()}
            continue
        for slot, left in slots.items():
            best[slot] = max(left, best.get(slot, 0))
    if not best:
        return 0, ()
    first, last = min(best), max(best)
    return first, tuple(best.get(slot, 0) for slot in range(first, last + 1))


def left_for(classes: Iterable[dict[int, int]], span: TimeSpan) -> int | None:
    """How many children could come for the whole span, in the best class; None where it is shut."""
    found = [
        min(slots[slot] for slot in span.slots)
        for slots in classes
        if all(slot in slots for slot in span.slots)
    ]
    return max(found, default=None)
