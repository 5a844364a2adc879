"""The figures of a month of the district: by facility, by day, and the rows behind each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.kinds import Payer
from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.facilities.models import Facility
from ylyx_site.families.models import Person
from ylyx_site.meals.models import BenefitLine
from ylyx_site.serving.kinds import SERVED
from ylyx_site.serving.models import Handover
from ylyx_site.shared.db import in_portions
from ylyx_site.supervision.figures import Figure
from ylyx_site.supervision.queries.district import within
from ylyx_site.supervision.queries.sources import Part, Period, Source, paid_by, source_of, sources

LINES_A_PAGE = 50


class Scope(NamedTuple):
    """Whose figures: all facilities of a kind in a division, or one of them."""

    kind: FacilityKind
    division: str
    facility_id: int | None = None

    def holds(self, facility: Any) -> Any:
        """That a row is of this scope. A facility elsewhere has no rows in it."""
        found = sa.select(Facility.id).where(within(self.kind, self.division))
        if self.facility_id is not None:
            found = found.where(Facility.id == self.facility_id)
        return facility.in_(found)


class Wanted(NamedTuple):
    """Which rows of a month: of a figure; of one day, of one payer, where that is asked."""

    figure: Figure
    day: date | None = None
    payer: Payer | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of the rows of a figure, how many there are, and what they add up to."""

    rows: list[Any]
    total: int
    amount: int
    number: int

    @property
    def has_next(self) -> bool:
        """Whether there are more."""
        return self.number * LINES_A_PAGE < self.total


def by_facility(session: Session, scope: Scope, period: Period) -> dict[int, Counter[Figure]]:
    """The figures of every facility that has any; one statement for each source."""
    return _counted(session, scope, period, "facility")


def by_day(session: Session, scope: Scope, period: Period) -> dict[date, Counter[Figure]]:
    """As `by_facility`, by day; receipts and corrections are of no day and left out."""
    return _counted(session, scope, period, "day")


def added_up(counted: Mapping[Any, Counter[Figure]]) -> Counter[Figure]:
    """The sum of every figure."""
    found: Counter[Figure] = Counter()
    for one in counted.values():
        found.update(one)  # not `+`, which drops what is below zero
    return found


def by_payer(session: Session, scope: Scope, period: Period) -> dict[Payer, tuple[int, int]]:
    """(meals, fen) of each payer's part of the meals that were served; one statement."""
    rows = session.execute(
        sa.select(
            BenefitLine.payer, sa.func.count(BenefitLine.meal_id.distinct()),
            sa.func.sum(BenefitLine.fen),
        )
        .join(Handover, Handover.ordered_meal_id == BenefitLine.meal_id)
        .where(
            scope.holds(Handover.facility_id), Handover.how.in_(SERVED),
            Handover.day.between(period.days.first, period.days.last),
        )
        .group_by(BenefitLine.payer)
    )  # fmt: skip
    found = {payer: (int(meals), int(fen)) for payer, meals, fen in rows}
    return {payer: found[payer] for payer in Payer if payer in found}


def lines(session: Session, scope: Scope, period: Period, wanted: Wanted, page: int) -> Lines:
    """A page of the rows; three statements, the sum among them."""
    source, part = _asked(scope, period, wanted)
    where = _where(source, part, scope, wanted)
    total, amount = session.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(part.amount), 0))
        .select_from(source.start)
        .where(*where)
    ).one()
    chosen = _listed(source, part).where(*where)
    window = chosen.limit(LINES_A_PAGE).offset((page - 1) * LINES_A_PAGE)
    return Lines(list(session.execute(window)), int(total), int(amount), page)


def all_lines(session: Session, scope: Scope, period: Period, wanted: Wanted) -> Iterator[Any]:
    """All rows of a figure, fetched in portions."""
    source, part = _asked(scope, period, wanted)
    yield from in_portions(
        session, _listed(source, part).where(*_where(source, part, scope, wanted))
    )


def _asked(scope: Scope, period: Period, wanted: Wanted) -> tuple[Source, Part]:
    source = source_of(scope.kind, period, wanted.figure)
    return source, paid_by(wanted.payer) if wanted.payer else source.parts[wanted.figure]


def _where(source: Source, part: Part, scope: Scope, wanted: Wanted) -> list[Any]:
    where = [*source.within, scope.holds(source.facility), part.where, part.amount != 0]
    if wanted.day is not None and source.day is not None:
        where.append(source.day == wanted.day)
    return where


def _listed(source: Source, part: Part) -> Any:
    """The rows with facility, day, whose and how much before what the source shows of each."""
    start = sa.join(source.start, Facility, Facility.id == source.facility)
    person: Any = sa.literal("")
    if source.person is not None:
        start = start.outerjoin(Person, Person.id == source.person)
        person = Person.name
    return (
        sa.select(
            source.facility.label("facility_id"), Facility.name.label("facility"),
            (sa.null() if source.day is None else source.day).label("day"),
            person.label("person"), part.amount.label("amount"), *source.columns,
        )
        .select_from(start)
        .order_by(*source.order)
    )  # fmt: skip


def _counted(session: Session, scope: Scope, period: Period, by: str) -> dict[Any, Counter[Figure]]:
    found: dict[Any, Counter[Figure]] = {}
    for source in sources(scope.kind, period):
        key = getattr(source, by)
        if key is None:
            continue
        rows = session.execute(
            sa.select(key, *(_sum(part) for part in source.parts.values()))
            .select_from(source.start)
            .where(*source.within, scope.holds(source.facility))
            .group_by(key)
        )
        for one, *numbers in rows:
            found.setdefault(one, Counter()).update(
                {figure: int(n) for figure, n in zip(source.parts, numbers, strict=True)}
            )
    return found


def _sum(part: Part) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((part.where, part.amount), else_=0)), 0)
