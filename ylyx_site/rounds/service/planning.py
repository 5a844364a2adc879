"""Making rounds, and giving people their place in one."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.rounds.errors import NameTaken, NoSuchCourier
from ylyx_site.rounds.models import DeliveryRound, RoundCourier, RoundStop
from ylyx_site.rounds.queries.rounds import couriers_of, round_of
from ylyx_site.rounds.rules.order import placed
from ylyx_site.rounds.rules.wishes import Author, RoundWish, StopWish
from ylyx_site.shared.refusals import NotFound

PLANNING = 0x726F756E  # the first half of the advisory lock's key: "roun"


def add_round(session: Session, wish: RoundWish, author: Author) -> int:
    """Make a round; returns its number. Raises `NameTaken`, `NoSuchCourier`."""
    _one_at_a_time(session, author)
    _refuse(session, wish, author, except_id=None)
    made = DeliveryRound(facility_id=author.facility_id, name=wish.name, made_at=author.now)
    session.add(made)
    session.flush()
    _assign(session, made.id, wish)
    _note(session, "added", made.id, author)
    return made.id


def change_round(session: Session, round_id: int, wish: RoundWish, author: Author) -> None:
    """Give a round another name or other couriers. Raises as `add_round`, and `NotFound`."""
    _one_at_a_time(session, author)
    found = round_of(session, author, round_id)
    _refuse(session, wish, author, except_id=round_id)
    found.name = wish.name
    session.flush()
    session.execute(
        sa.delete(RoundCourier)
        .where(RoundCourier.round_id == round_id)
        .execution_options(synchronize_session=False)
    )
    _assign(session, round_id, wish)
    _note(session, "changed", round_id, author)


def end_round(session: Session, round_id: int, author: Author) -> None:
    """End a round: its people are listed as not yet in a round. Raises `NotFound`."""
    _one_at_a_time(session, author)
    found = round_of(session, author, round_id)
    found.ended_at = author.now
    session.flush()
    session.execute(
        sa.delete(RoundStop)
        .where(RoundStop.round_id == round_id)
        .execution_options(synchronize_session=False)
    )
    _note(session, "ended", round_id, author)


def place_stop(session: Session, wish: StopWish, author: Author) -> None:
    """Put somebody at a place of a round, out of any other round of this canteen.

    Raises `NotFound` for another canteen's round, and for somebody who has never ordered here.
    """
    _one_at_a_time(session, author)
    round_of(session, author, wish.round_id)
    if not _eats_here(session, wish.person_id, author.facility_id):
        raise NotFound
    _remove(session, wish.person_id, author)
    order = placed(_order(session, wish.round_id), wish.person_id, wish.position)
    session.add(
        RoundStop(
            facility_id=author.facility_id, person_id=wish.person_id, round_id=wish.round_id,
            position=0,
        )
    )  # fmt: skip
    session.flush()
    _number(session, wish.round_id, order)
    _note(session, "stop_placed", wish.round_id, author, f"person:{wish.person_id}")


def remove_stop(session: Session, person_id: int, author: Author) -> None:
    """Take somebody out of the rounds. Raises `NotFound`."""
    _one_at_a_time(session, author)
    round_id = _remove(session, person_id, author)
    if round_id is None:
        raise NotFound
    _number(session, round_id, _order(session, round_id))
    _note(session, "stop_removed", round_id, author, f"person:{person_id}")


def _eats_here(session: Session, person_id: int, facility_id: int) -> bool:
    return bool(
        session.scalar(
            sa.select(
                sa.exists().where(
                    OrderedMeal.person_id == person_id, OrderedMeal.facility_id == facility_id
                )
            )
        )
    )


def _remove(session: Session, person_id: int, author: Author) -> int | None:
    round_id: int | None = session.scalar(
        sa.delete(RoundStop)
        .where(RoundStop.facility_id == author.facility_id, RoundStop.person_id == person_id)
        .returning(RoundStop.round_id)
        .execution_options(synchronize_session=False)
    )
    return round_id


def _order(session: Session, round_id: int) -> list[int]:
    return list(
        session.scalars(
            sa.select(RoundStop.person_id)
            .where(RoundStop.round_id == round_id)
            .order_by(RoundStop.position, RoundStop.person_id)
        )
    )


def _number(session: Session, round_id: int, order: list[int]) -> None:
    """One statement, however many stops."""
    if not order:
        return
    position = sa.case({person: n for n, person in enumerate(order, 1)}, value=RoundStop.person_id)
    session.execute(
        sa.update(RoundStop)
        .where(RoundStop.round_id == round_id)
        .values(position=position)
        .execution_options(synchronize_session=False)
    )


def _refuse(session: Session, wish: RoundWish, author: Author, except_id: int | None) -> None:
    same = sa.select(DeliveryRound.id).where(
        DeliveryRound.facility_id == author.facility_id,
        DeliveryRound.ended_at.is_(None),
        DeliveryRound.name == wish.name,
    )
    if set(session.scalars(same)) - {except_id}:
        raise NameTaken
    if set(wish.couriers) - {account_id for account_id, _ in couriers_of(
        session, author.facility_id
    )}:  # fmt: skip
        raise NoSuchCourier


def _assign(session: Session, round_id: int, wish: RoundWish) -> None:
    rows = [{"round_id": round_id, "account_id": one} for one in sorted(set(wish.couriers))]
    if rows:
        session.execute(sa.insert(RoundCourier), rows)


def _one_at_a_time(session: Session, author: Author) -> None:
    """Two who plan at one canteen do it one after the other; on SQLite they do anyhow."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            sa.text("SELECT pg_advisory_xact_lock(:room, :facility)"),
            {"room": PLANNING, "facility": author.facility_id},
        )


def _note(session: Session, action: str, round_id: int, author: Author, detail: str = "") -> None:
    note(
        session, f"rounds.{action}", f"round:{round_id}", actor_id=author.actor_id,
        facility_id=author.facility_id, now=author.now, detail=detail,
    )  # fmt: skip
