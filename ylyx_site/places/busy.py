"""Nobody is in two places at one time: half hours of people, one row a day, one statement."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.errors import AlreadySomewhere
from ylyx_site.places.models import BusyDay
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.spans import TimeSpan

CHILD = "child"

# `occupy` as a part of one statement with others, on PostgreSQL.
OCCUPY_SQL = """
INSERT INTO busy_day AS kept (who, who_id, day, slots)
SELECT :who, new.who_id, new.day, new.slots
FROM unnest(CAST(:who_ids AS int[]), CAST(:who_days AS date[]), CAST(:masks AS bigint[]))
  AS new(who_id, day, slots)
ON CONFLICT (who, who_id, day) DO UPDATE SET slots = kept.slots | excluded.slots
WHERE kept.slots & excluded.slots = 0
RETURNING kept.who_id, kept.day
"""


class Presence(NamedTuple):
    """Somebody somewhere on a day for the half hours of a span."""

    who_id: int
    day: date
    span: TimeSpan


def occupy(session: Session, who: str, presences: Iterable[Presence]) -> None:
    """Keep these half hours for these people, all or none.

    Raises `AlreadySomewhere` with the (person, day) pairs that overlap something kept before;
    the transaction must then be rolled back. Rows are locked in (person, day) order.
    """
    wanted = in_order(presences)
    if not wanted:
        return
    rows = [
        {"who": who, "who_id": one.who_id, "day": one.day, "slots": one.span.mask} for one in wanted
    ]
    refuse_not_kept(
        wanted, {(row.who_id, row.day) for row in session.execute(_upsert(session), rows)}
    )


def in_order(presences: Iterable[Presence]) -> list[Presence]:
    """In (person, day) order, the order of locking; `AlreadySomewhere` for a person's day twice."""
    wanted = sorted(presences, key=lambda one: (one.who_id, one.day))
    if len({(one.who_id, one.day) for one in wanted}) != len(wanted):
        raise AlreadySomewhere([(one.who_id, one.day) for one in wanted])
    return wanted


def refuse_not_kept(wanted: Iterable[Presence], kept: Collection[tuple[int, date]]) -> None:
    """Raise `AlreadySomewhere` with those that the database did not keep."""
    clashes = [(one.who_id, one.day) for one in wanted if (one.who_id, one.day) not in kept]
    if clashes:
        raise AlreadySomewhere(clashes)


def _upsert(session: Session) -> sa.Executable:
    insert = on_conflict(session, BusyDay)
    upsert: sa.Executable = insert.on_conflict_do_update(
        index_elements=["who", "who_id", "day"],
        set_={"slots": BusyDay.slots.op("|")(insert.excluded.slots)},
        where=BusyDay.slots.op("&")(insert.excluded.slots) == 0,
    ).returning(BusyDay.who_id, BusyDay.day)
    return upsert


def free(session: Session, who: str, presences: Iterable[Presence]) -> None:
    """Let these half hours go again."""
    for one in sorted(presences, key=lambda each: (each.who_id, each.day)):
        session.execute(
            sa.update(BusyDay)
            .where(BusyDay.who == who, BusyDay.who_id == one.who_id, BusyDay.day == one.day)
            .values(slots=BusyDay.slots.op("&")(~one.span.mask))
            .execution_options(synchronize_session=False)
        )
