"""A code of six digits for one day: shown once to the guardian, used once at the door."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.queries import live_guardians
from ylyx_site.families.service.turns import take_turns
from ylyx_site.handover.errors import CodeForAnotherDay, TooManyCodes
from ylyx_site.handover.models import PickupCode
from ylyx_site.handover.queries.takers import blocked_accounts
from ylyx_site.handover.rules.wishes import DAYS_AHEAD, MOST_CODES, MOST_TRIES, CodeWish
from ylyx_site.handover.service.adults import refuse_blocked
from ylyx_site.journal.service import note
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared import clock, vault
from ylyx_site.shared.refusals import N_


class Entry(NamedTuple):
    """A code that somebody typed at the door of a nursery."""

    child_id: int
    code: str
    facility_id: int
    actor_id: int
    now: datetime


def pickup_code(wish: CodeWish, key: str, *, actor_id: int) -> str:
    """The code that the form with this one-time key makes: the same again for a double tap."""
    made = vault.blind_index(f"pickup:{actor_id}:{wish.child_id}:{wish.day}:{key}")
    return f"{int(made, 16) % 1_000_000:06d}"


def give_code(session: Session, wish: CodeWish, code: str, *, actor_id: int, now: datetime) -> None:
    """Let whoever brings this code on the day fetch the child; ends an earlier one of the day.

    Raises `NotFound` for a child of others, `AskTheHouse`, `CodeForAnotherDay`, `TooManyCodes`.
    """
    take_turns(session, f"person:{wish.child_id}")
    refuse_blocked(session, wish.child_id, actor_id)
    today = clock.day_of(now)
    if not today <= wish.day <= today + timedelta(days=DAYS_AHEAD):
        raise CodeForAnotherDay(most=DAYS_AHEAD)
    given = session.scalar(sa.select(sa.func.count()).where(*_of_day(wish.child_id, wish.day)))
    if (given or 0) >= MOST_CODES:
        raise TooManyCodes(most=MOST_CODES)
    end_codes(session, wish.child_id, wish.day, now)
    session.add(
        PickupCode(
            child_id=wish.child_id, day=wish.day, code_hash=_digest(wish.child_id, wish.day, code),
            sealed=vault.seal(wish.name), made_by=actor_id, made_at=now,
        )
    )  # fmt: skip
    session.flush()
    _note(session, "code_given", wish.child_id, actor_id=actor_id, now=now, day=wish.day)


def end_codes(session: Session, child_id: int, day: date, now: datetime) -> None:
    """End the codes of a day that nobody has used."""
    session.execute(
        sa.update(PickupCode)
        .where(*_of_day(child_id, day), PickupCode.used_at.is_(None))
        .values(ended_at=sa.func.coalesce(PickupCode.ended_at, now))
        .execution_options(synchronize_session=False)
    )


def use_code(session: Session, entry: Entry) -> str | None:
    """Use today's code up and return the name of its bringer; None for a wrong one, counted.

    One statement counts the try and one uses the code, so that of two at once one is refused. A
    code dies with its giver's bond; whoever still brings it raises an alarm with the guardians.
    """
    today = clock.day_of(entry.now)
    tried = session.execute(_try(entry.child_id, today)).first()
    is_right = tried is not None and tried.code_hash == _digest(entry.child_id, today, entry.code)
    if tried is None or not is_right:
        _wrong(session, entry, today)
        return None
    giving = live_guardians(session, entry.child_id)
    if tried.made_by not in giving - blocked_accounts(session, entry.child_id):
        _alarm(session, entry, giving - {tried.made_by})
        _wrong(session, entry, today)
        return None
    used = session.scalars(
        sa.update(PickupCode)
        .where(PickupCode.id == tried.id, PickupCode.used_at.is_(None))
        .values(used_at=entry.now, tries=PickupCode.tries - 1)
        .returning(PickupCode.id)
        .execution_options(synchronize_session=False)
    ).all()
    return vault.unseal(tried.sealed) if used else None


def _try(child_id: int, day: date) -> Any:
    """Count a try of the living code of the day, as long as tries are left."""
    return (
        sa.update(PickupCode)
        .where(
            *_of_day(child_id, day),
            PickupCode.used_at.is_(None),
            PickupCode.ended_at.is_(None),
            PickupCode.tries < MOST_TRIES,
        )
        .values(tries=PickupCode.tries + 1)
        .returning(PickupCode.id, PickupCode.code_hash, PickupCode.sealed, PickupCode.made_by)
        .execution_options(synchronize_session=False)
    )


def _of_day(child_id: int, day: date) -> tuple[sa.ColumnElement[bool], ...]:
    return PickupCode.child_id == child_id, PickupCode.day == day


def _wrong(session: Session, entry: Entry, day: date) -> None:
    note(
        session, "handover.wrong_code", f"person:{entry.child_id}", actor_id=entry.actor_id,
        facility_id=entry.facility_id, detail=day.isoformat(), now=entry.now,
    )  # fmt: skip


def _alarm(session: Session, entry: Entry, guardians: frozenset[int]) -> None:
    sentence = N_("有人拿着已经失效的接送码来接孩子，老师没有交接。请马上和老师联系。")
    news = News(
        NoticeKind.GUARDIANS, sentence, {}, f"/family/people/{entry.child_id}/pickup",
        f"pickup:{entry.child_id}", f"handover.alarm:{entry.child_id}:{entry.now.isoformat()}",
    )  # fmt: skip
    plan(session, guardians, news, now=entry.now)


def _note(
    session: Session, deed: str, child_id: int, *, actor_id: int, now: datetime, day: date
) -> None:
    note(
        session, f"handover.{deed}", f"person:{child_id}", actor_id=actor_id,
        detail=day.isoformat(), now=now,
    )  # fmt: skip


def _digest(child_id: int, day: date, code: str) -> str:
    return vault.blind_index(f"pickup code:{child_id}:{day.isoformat()}:{code}")
