"""Month sheets: the same number of queries for one child and for fifty."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.models import Person
from ylyx_site.fees.kinds import Came
from ylyx_site.fees.models import FeeClosing, FeeCorrection, FeeFrozen, FeeReceipt
from ylyx_site.fees.queries.days import facts_of
from ylyx_site.fees.queries.terms import terms_of
from ylyx_site.fees.rules.lines import line_of
from ylyx_site.fees.rules.sheets import Correction, Own, Sheet, unpacked
from ylyx_site.shared import months
from ylyx_site.shared.spans import DaySpan

LOOKED_BACK = 3  # closed months whose days are looked at again: staff may enter 31 days back
Key = tuple[str, int]  # (month, child)


@dataclass(slots=True)
class _Found:
    """What stands in the database for some months, by (month, child)."""

    own: Mapping[Key, Own] = field(default_factory=dict)
    frozen: dict[Key, Own] = field(default_factory=dict)
    corrections: dict[Key, list[Correction]] = field(default_factory=lambda: defaultdict(list))
    carried: dict[Key, int] = field(default_factory=lambda: defaultdict(int))
    paid: dict[int, int] = field(default_factory=dict)


def last_closed(session: Session, facility_id: int) -> str | None:
    """The latest month that is closed; months are closed in order."""
    return next(iter(_closed(session, facility_id)), None)


def _closed(session: Session, facility_id: int) -> list[str]:
    """The months that were closed last, the latest first."""
    return list(
        session.scalars(
            sa.select(FeeClosing.month)
            .where(FeeClosing.facility_id == facility_id)
            .order_by(FeeClosing.month.desc())
            .limit(LOOKED_BACK)
        )
    )


def sheets_of(
    session: Session, facility_id: int, month: str, *, now: datetime, child_id: int | None = None
) -> list[Sheet]:
    """The sheets of a nursery's month (of one child), by name; eight queries.

    A closed month stands as it was. The first open one carries what has changed since in the
    months closed last, each as a correction.
    """
    closed = _closed(session, facility_id)
    # What has changed in the months closed last is carried by the first open one.
    again = closed if closed and month == months.after(closed[0]) else []
    found = _Found(paid=_paid(session, facility_id, month, child_id))
    _read_closed(session, facility_id, {month, *again}, found, child_id)
    first = months.days_of(min([month, *again])).first
    found.own = _own(
        session, facility_id, DaySpan(first, months.days_of(month).last), now, child_id
    )
    is_closed = bool(closed) and month <= closed[0]
    children = _concerned(found, month, again, is_closed=is_closed)
    names = _names(session, children)
    made = [_sheet(found, names[one], (month, one), again, is_closed=is_closed) for one in children]
    return sorted(made, key=lambda one: (one.child, one.child_id))


def _own(
    session: Session, facility_id: int, days: DaySpan, now: datetime, child_id: int | None
) -> dict[Key, Own]:
    terms = terms_of(session, facility_id)
    lines = defaultdict(list)
    for facts in facts_of(session, facility_id, days, now=now, child_id=child_id):
        key = (months.month_of(facts.day), facts.child_id)
        lines[key].append(line_of(facts, terms(facts.day)))
    found = {}
    for (month, child), of_child in lines.items():
        came = any(one.came is Came.CAME for one in of_child)
        fixed = terms(months.days_of(month).first).month_fen if came else 0
        found[month, child] = Own(tuple(of_child), fixed)
    return found


def _read_closed(
    session: Session, facility_id: int, wanted: set[str], found: _Found, child_id: int | None
) -> None:
    """What was frozen, and the corrections of these months and about them."""
    frozen = sa.select(FeeFrozen.month, FeeFrozen.child_id, FeeFrozen.body).where(
        FeeFrozen.facility_id == facility_id, FeeFrozen.month.in_(wanted), _of(FeeFrozen, child_id)
    )
    for month, child, body in session.execute(frozen):
        found.frozen[month, child] = unpacked(body)
        found.carried[month, child] += found.frozen[month, child].fen
    corrected = sa.select(
        FeeCorrection.month, FeeCorrection.child_id, FeeCorrection.about_month, FeeCorrection.fen
    ).where(
        FeeCorrection.facility_id == facility_id,
        sa.or_(FeeCorrection.month.in_(wanted), FeeCorrection.about_month.in_(wanted)),
        _of(FeeCorrection, child_id),
    )
    for month, child, about, fen in session.execute(corrected.order_by(FeeCorrection.about_month)):
        found.corrections[month, child].append(Correction(about, fen))
        found.carried[about, child] += fen


def _of(model: type[FeeFrozen | FeeCorrection], child_id: int | None) -> sa.ColumnElement[bool]:
    return sa.true() if child_id is None else model.child_id == child_id


def _concerned(found: _Found, month: str, again: list[str], *, is_closed: bool) -> set[int]:
    """The children who have a sheet: days, money or a correction in the month."""
    lines = found.frozen if is_closed else found.own
    children = {child for one, child in lines if one == month} | set(found.paid)
    if is_closed:
        return children | {child for one, child in found.corrections if one == month}
    keys = {*found.own, *found.frozen}
    return children | {
        child for one, child in keys if one in again and _changed(found, (one, child))
    }


def _changed(found: _Found, key: Key) -> int:
    """What a closed month costs by now, less what has been asked for it."""
    own = found.own.get(key)
    return (own.fen if own else 0) - found.carried.get(key, 0)


def _sheet(found: _Found, name: str, key: Key, again: list[str], *, is_closed: bool) -> Sheet:
    month, child = key
    if is_closed:
        own, corrections = found.frozen.get(key), found.corrections.get(key, [])
    else:
        own = found.own.get(key)
        changed = [Correction(one, _changed(found, (one, child))) for one in sorted(again)]
        corrections = [one for one in changed if one.fen]
    return Sheet(
        child, name, month, own or Own((), 0), tuple(corrections), found.paid.get(child, 0),
        is_closed,
    )  # fmt: skip


def _paid(session: Session, facility_id: int, month: str, child_id: int | None) -> dict[int, int]:
    rows = session.execute(
        sa.select(FeeReceipt.child_id, sa.func.sum(FeeReceipt.fen))
        .where(
            FeeReceipt.facility_id == facility_id,
            FeeReceipt.month == month,
            sa.true() if child_id is None else FeeReceipt.child_id == child_id,
        )
        .group_by(FeeReceipt.child_id)
    )
    return {child: int(fen) for child, fen in rows}


def _names(session: Session, children: Iterable[int]) -> dict[int, str]:
    rows = session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(children)))
    return {number: name for number, name in rows}  # noqa: C416 rows are not pairs
