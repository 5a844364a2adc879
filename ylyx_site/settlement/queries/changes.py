"""What each settlement has added, line by line, with the meal it is about."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.models import Person
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.settlement.kinds import Pays, Source
from ylyx_site.settlement.models import SettledLine, Settlement, SettlementCorrection
from ylyx_site.settlement.queries.lines import Line
from ylyx_site.shared.db import in_portions


class Change(NamedTuple):
    """A settled line: of a meal (`day`, `name`), or of a correction (`why`)."""

    settlement_id: int
    pays: Pays
    rule_code: str
    fen: int
    day: date | None
    name: str
    why: str


def later_lines(session: Session, facility_id: int, month: str) -> Iterator[Change]:
    """What settlements after the month's first have added, in order; fetched in portions.

    The first holds every meal as it was then: those stand in the month's own list.
    """
    changes = (
        _changes()
        .where(
            Settlement.facility_id == facility_id, Settlement.month == month, Settlement.number > 1
        )
        .order_by(
            Settlement.number, OrderedMeal.day, SettledLine.source, SettledLine.source_id,
            SettledLine.pays, SettledLine.rule_code,
        )
    )  # fmt: skip
    return (Change(*row) for row in in_portions(session, changes))


def told(
    session: Session, lines: Collection[Line], most: int
) -> list[tuple[Line, str, date | None]]:
    """The first differences with whose they are: a person and a day, or why."""
    some = list(lines)[:most]
    meals = _meals(session, [one.source_id for one in some if one.source is Source.MEAL])
    whys = _whys(session, [one.source_id for one in some if one.source is Source.CORRECTION])
    return [
        (one, *(meals[one.source_id] if one.source is Source.MEAL else (whys[one.source_id], None)))
        for one in some
    ]


def _meals(session: Session, ids: Collection[int]) -> dict[int, tuple[str, date | None]]:
    rows = session.execute(
        sa.select(OrderedMeal.id, Person.name, OrderedMeal.day)
        .join(Person, Person.id == OrderedMeal.person_id)
        .where(OrderedMeal.id.in_(ids))
    )
    return {number: (name, day) for number, name, day in rows}


def _whys(session: Session, ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        sa.select(SettlementCorrection.id, SettlementCorrection.why).where(
            SettlementCorrection.id.in_(ids)
        )
    )
    return {number: why for number, why in rows}  # noqa: C416 rows are not pairs


def _changes() -> sa.Select[*tuple[Any, ...]]:
    of_meal = sa.and_(SettledLine.source == Source.MEAL, OrderedMeal.id == SettledLine.source_id)
    of_correction = sa.and_(
        SettledLine.source == Source.CORRECTION,
        SettlementCorrection.id == SettledLine.source_id,
    )
    chosen: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            SettledLine.settlement_id, SettledLine.pays, SettledLine.rule_code, SettledLine.fen,
            OrderedMeal.day, sa.func.coalesce(Person.name, ""),
            sa.func.coalesce(SettlementCorrection.why, ""),
        )
        .join(Settlement, Settlement.id == SettledLine.settlement_id)
        .outerjoin(OrderedMeal, of_meal)
        .outerjoin(Person, Person.id == OrderedMeal.person_id)
        .outerjoin(SettlementCorrection, of_correction)
    )  # fmt: skip
    return chosen
