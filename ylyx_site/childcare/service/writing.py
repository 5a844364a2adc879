"""Writing a booking down: its rows, the journal, the children's time and the places, at once.

On PostgreSQL all of it is one statement, one round trip, because in a rush each further one is time
that everybody behind waits for. On SQLite, where there is no way to the server, it is one after
the other. Both answer the same; the tests run on both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.rules import kept_lines
from ylyx_site.childcare.errors import AlreadyBooked
from ylyx_site.childcare.models import CareBenefit, CareBooking, CareDay, CareState
from ylyx_site.childcare.policy import Planned
from ylyx_site.childcare.rules.planning import Plan
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.journal.service import NOTE_SQL, note
from ylyx_site.places.busy import (
    CHILD,
    OCCUPY_SQL,
    Presence,
    in_order,
    occupy,
    refuse_not_kept,
)
from ylyx_site.places.claims import Claim, runs_of
from ylyx_site.places.errors import AlreadySomewhere, FullSlot
from ylyx_site.places.service.ledger import (
    TAKE_SQL,
    is_postgres,
    refuse_lacking,
    take,
    take_values,
)
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.identifiers import CodeTakenError

BOOKED = "childcare.booked"
LINE = (
    "child_id", "day", "position", "rule_code", "rule_version", "payer", "title", "clause", "fen",
)  # fmt: skip

AT_ONCE = sa.text(f"""
WITH booked AS (
  INSERT INTO care_booking
    (code, facility_id, kind, half, account_id, note, booked_at, booked_by, late_reason)
  VALUES (:code, :facility_id, :kind, :half, :account_id, :note, :booked_at,
    CAST(:booked_by AS int), :late_reason)
  ON CONFLICT (code) DO NOTHING
  RETURNING id
), written AS (
  INSERT INTO care_day
    (booking_id, facility_id, class_id, child_id, day, starts, ends, price_fen, benefit_fen, state)
  SELECT booked.id, :facility_id, new.*, :state
  FROM booked, unnest(
    CAST(:class_ids AS int[]), CAST(:child_ids AS int[]), CAST(:care_days AS date[]),
    CAST(:starts AS int[]), CAST(:stops AS int[]), CAST(:fens AS int[]),
    CAST(:benefit_fens AS int[])
  ) AS new
  RETURNING id, child_id, day
), given AS (
  INSERT INTO care_benefit
    (care_day_id, position, rule_code, rule_version, payer, title, clause, fen)
  SELECT written.id, line.position, line.rule_code, line.rule_version, line.payer, line.title,
    line.clause, line.fen
  FROM written JOIN unnest(
    CAST(:line_child_id AS int[]), CAST(:line_day AS date[]), CAST(:line_position AS int[]),
    CAST(:line_rule_code AS text[]), CAST(:line_rule_version AS date[]),
    CAST(:line_payer AS text[]), CAST(:line_title AS text[]), CAST(:line_clause AS text[]),
    CAST(:line_fen AS int[])
  ) AS line(child_id, day, position, rule_code, rule_version, payer, title, clause, fen)
  USING (child_id, day)
), noted AS ({NOTE_SQL}), kept AS ({OCCUPY_SQL})
SELECT 'booked', id, CAST(NULL AS date), CAST(NULL AS int) FROM booked
UNION ALL SELECT 'kept', who_id, day, NULL FROM kept
UNION ALL SELECT 'lacking', lacking.* FROM ({TAKE_SQL}) AS lacking
""")  # noqa: S608 made of our own pieces, each with its values apart


@dataclass(frozen=True, slots=True)
class Author:
    """For which account a booking is made, under which fresh code.

    `clerk_id`: who writes it down for a caller, and why so late; None where the family does.
    """

    account_id: int
    code: str
    now: datetime
    clerk_id: int | None = None
    late_reason: str = ""

    @property
    def actor_id(self) -> int:
        """Who does it."""
        return self.clerk_id or self.account_id


def write(
    session: Session,
    wish: CareWish,
    made: Planned,
    author: Author,
    given_back: Sequence[Claim] = (),
) -> None:
    """Write all of a plan down, or raise: the transaction must then be rolled back.

    `given_back` are claims with negative counts, moved in the same step. Raises `CodeTakenError`,
    `AlreadyBooked`, and `Full` when a place went while we looked.
    """
    claims = [*claims_of(made), *given_back]
    try:
        if is_postgres(session):
            _at_once(session, wish, made, author, claims)
        else:
            _write(session, wish, made, author)
            occupy(session, CHILD, _presences(made.plan))
            take(session, claims, now=author.now)
    except AlreadySomewhere as clash:
        raise AlreadyBooked from clash


def _at_once(
    session: Session,
    wish: CareWish,
    made: Planned,
    author: Author,
    claims: Sequence[Claim],
) -> None:
    wanted = in_order(_presences(made.plan))
    values = {
        **_values(wish, author),
        **_day_values(made.plan),
        "benefit_fens": _benefits(made),
        **_line_values(made),
        **_note_values(wish, made.plan, author),
        "who": CHILD,
        "who_ids": [one.who_id for one in wanted],
        "who_days": [one.day for one in wanted],
        "masks": [one.span.mask for one in wanted],
        **take_values(runs_of(claims), author.now),
    }
    rows = session.execute(AT_ONCE, values).all()
    if not any(what == "booked" for what, *_ in rows):
        raise CodeTakenError
    refuse_not_kept(wanted, {(row[1], row[2]) for row in rows if row[0] == "kept"})
    refuse_lacking([FullSlot(*row[1:]) for row in rows if row[0] == "lacking"])


def _values(wish: CareWish, author: Author) -> dict[str, Any]:
    return {
        "code": author.code,
        "facility_id": wish.facility_id,
        "kind": wish.kind.value,
        "half": wish.half,
        "account_id": author.account_id,
        "note": wish.note,
        "booked_at": author.now,
        "booked_by": author.clerk_id,
        "late_reason": author.late_reason,
        "state": CareState.BOOKED.value,
    }


def _day_values(plan: Plan) -> dict[str, list[Any]]:
    return {
        "class_ids": [one.care_class.id for one in plan.booked],
        "child_ids": [one.child_id for one in plan.booked],
        "care_days": [one.day for one in plan.booked],
        "starts": [one.span.start for one in plan.booked],
        "stops": [one.span.end for one in plan.booked],
        "fens": [one.fen for one in plan.booked],
    }


def _benefits(made: Planned) -> list[int]:
    """What others pay of each planned day."""
    return [one.benefit_fen for one in made.quotes] or [0] * len(made.plan.booked)


def _lines(made: Planned) -> list[dict[str, Any]]:
    """The benefits of all days, each with its child and day."""
    return [
        {"child_id": one.person_id, "day": one.day, **line}
        for one in made.quotes
        for line in kept_lines(one)
    ]


def _line_values(made: Planned) -> dict[str, list[Any]]:
    lines = _lines(made)
    return {f"line_{name}": [line[name] for line in lines] for name in LINE}


def _note_values(wish: CareWish, plan: Plan, author: Author) -> dict[str, Any]:
    return {
        "noted_at": author.now,
        "noted_by": author.actor_id,
        "noted_facility": wish.facility_id,
        "noted_action": BOOKED,
        "noted_subject": f"booking:{author.code}",
        "noted_detail": _detail(plan),
    }


def _detail(plan: Plan) -> str:
    return f"{len(plan.booked)} {plan.days[0]}..{plan.days[-1]}"


def _presences(plan: Plan) -> list[Presence]:
    return [Presence(one.child_id, one.day, one.span) for one in plan.booked]


def claims_of(made: Planned) -> list[Claim]:
    """Each day of care takes from its class and from the house."""
    house = made.terms.resource_id
    assert house is not None  # noqa: S101 nothing is planned without published days
    return [
        Claim(resource_id, one.day, one.span)
        for one in made.plan.booked
        for resource_id in (one.care_class.resource_id, house)
    ]


def _write(session: Session, wish: CareWish, made: Planned, author: Author) -> None:
    booking_id = session.execute(
        on_conflict(session, CareBooking)
        .values(
            code=author.code,
            facility_id=wish.facility_id,
            kind=wish.kind,
            half=wish.half,
            account_id=author.account_id,
            note=wish.note,
            booked_at=author.now,
            booked_by=author.clerk_id,
            late_reason=author.late_reason,
        )
        .on_conflict_do_nothing(index_elements=["code"])
        .returning(CareBooking.id)
    ).scalar()
    if booking_id is None:
        raise CodeTakenError
    _write_days(session, wish, made, int(booking_id))
    note(
        session,
        BOOKED,
        f"booking:{author.code}",
        actor_id=author.actor_id,
        facility_id=wish.facility_id,
        detail=_detail(made.plan),
        now=author.now,
    )


def _write_days(session: Session, wish: CareWish, made: Planned, booking_id: int) -> None:
    session.execute(
        sa.insert(CareDay),
        [
            {
                "booking_id": booking_id,
                "facility_id": wish.facility_id,
                "class_id": one.care_class.id,
                "child_id": one.child_id,
                "day": one.day,
                "starts": one.span.start,
                "ends": one.span.end,
                "price_fen": one.fen,
                "benefit_fen": benefit_fen,
            }
            for one, benefit_fen in zip(made.plan.booked, _benefits(made), strict=True)
        ],
    )
    if made.benefit_fen:
        _write_lines(session, made, booking_id)


def _write_lines(session: Session, made: Planned, booking_id: int) -> None:
    """A child has one day of care a day in a booking."""
    rows = session.execute(
        sa.select(CareDay.child_id, CareDay.day, CareDay.id).where(CareDay.booking_id == booking_id)
    )
    ids = {(child_id, day): day_id for child_id, day, day_id in rows}
    session.execute(
        sa.insert(CareBenefit),
        [
            {"care_day_id": ids[line.pop("child_id"), line.pop("day")], **line}
            for line in _lines(made)
        ],
    )
