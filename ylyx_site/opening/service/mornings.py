"""Hazards found and dealt with; opening the house."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.opening.errors import HazardClosed, NotAllGood, ShutToday, WordsMissing
from ylyx_site.opening.models import Hazard, OpenedDay
from ylyx_site.opening.queries.morning import morning_of
from ylyx_site.opening.rules import lines, not_good
from ylyx_site.opening.rules.wishes import (
    LONGEST_WORDS,
    SHORTEST_WORDS,
    HazardWish,
    MendWish,
    OpenWish,
)
from ylyx_site.shared import clock
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.refusals import NotFound


def add_hazard(
    session: Session, facility_id: int, wish: HazardWish, *, actor_id: int, now: datetime
) -> None:
    """Write down something dangerous. Raises `WordsMissing`."""
    hazard = Hazard(
        facility_id=facility_id, words=_words(wish.words, "words"), found_by=actor_id, found_at=now
    )
    session.add(hazard)
    session.flush()
    note(
        session, "opening.hazard_found", f"hazard:{hazard.id}",
        actor_id=actor_id, facility_id=facility_id, now=now,
    )  # fmt: skip


def mend(
    session: Session, facility_id: int, wish: MendWish, *, actor_id: int, now: datetime
) -> None:
    """Say what was done about it. Raises `NotFound`, `HazardClosed`, `WordsMissing`."""
    hazard = session.get(Hazard, wish.hazard_id)
    if hazard is None or hazard.facility_id != facility_id:
        raise NotFound
    how = _words(wish.how, "how")
    mended = session.scalars(
        sa.update(Hazard)
        .where(Hazard.id == wish.hazard_id, Hazard.closed_at.is_(None))
        .values(how=how, closed_by=actor_id, closed_at=now)
        .returning(Hazard.id)
        .execution_options(synchronize_session=False)
    ).all()
    if not mended:
        raise HazardClosed
    note(
        session, "opening.hazard_closed", f"hazard:{wish.hazard_id}",
        actor_id=actor_id, facility_id=facility_id, now=now,
    )  # fmt: skip


def open_day(
    session: Session, facility_id: int, wish: OpenWish, *, actor_id: int, now: datetime
) -> None:
    """Open the house today; who comes second changes nothing.

    Raises `ShutToday`, and `NotAllGood` for a red point without a reason.
    """
    day = clock.day_of(now)
    house, morning = morning_of(session, facility_id, day)
    if house.opening.span is None:
        raise ShutToday
    red = not_good(lines(morning))
    reason = wish.reason.strip()
    if red and not SHORTEST_WORDS <= len(reason) <= LONGEST_WORDS:
        raise NotAllGood(field="reason")
    row = {
        "facility_id": facility_id, "day": day, "opened_by": actor_id, "opened_at": now,
        "not_good": " ".join(red), "reason": reason if red else "",
    }  # fmt: skip
    session.execute(on_conflict(session, OpenedDay).on_conflict_do_nothing(), [row])
    note(
        session, "opening.opened", f"facility:{facility_id}",
        actor_id=actor_id, facility_id=facility_id, detail=" ".join([day.isoformat(), *red]),
        now=now,
    )  # fmt: skip


def _words(text: str, field: str) -> str:
    words = text.strip()
    if not SHORTEST_WORDS <= len(words) <= LONGEST_WORDS:
        raise WordsMissing(field=field)
    return words
