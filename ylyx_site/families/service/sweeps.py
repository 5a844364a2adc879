"""What the worker does for this room."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families import rules
from ylyx_site.families.models import ElderRequest, Person, PersonGroup
from ylyx_site.journal.service import note
from ylyx_site.shared import clock

NIGHT = 3  # o'clock in Shanghai
NAMELESS = "—"  # what stands where a name stood


def forget_requests(session: Session, now: datetime) -> int:
    """Erase what stands in requests that are over, and the rows a day later; how many went."""
    session.execute(
        sa.update(ElderRequest)
        .where(ElderRequest.expires_at < now, ElderRequest.sealed.is_not(None))
        .values(sealed=None)
        .execution_options(synchronize_session=False)
    )
    gone = session.scalars(
        sa.delete(ElderRequest)
        .where(ElderRequest.asked_at < now - rules.REQUESTS_WITHIN)
        .returning(ElderRequest.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def forget_names(session: Session, now: datetime, *, years: int, most: int = 200) -> int:
    """Erase who somebody was whose record ended so many whole years ago; how many, `most` at once.

    The name had stayed for what was booked and paid. Years are counted from the end of the year in
    which the record ended (《会计档案管理办法》第十四条). At night only: nobody waits for it.
    """
    if clock.local(now).hour != NIGHT:
        return 0
    ended_before = clock.instant_at(date(clock.day_of(now).year - years, 1, 1), 0)
    rows = session.execute(
        sa.select(Person.id, Person.born_on)
        .where(Person.ended_at < ended_before, Person.name != NAMELESS)
        .order_by(Person.id)
        .limit(most)
    ).all()
    for person_id, born_on in rows:
        _forget_name(session, person_id, born_on, now)
    return len(rows)


def _forget_name(session: Session, person_id: int, born_on: date, now: datetime) -> None:
    """Days, sums and payers stay, of nobody; of the birthday only the year."""
    session.execute(
        sa.update(Person)
        .where(Person.id == person_id)
        .values(
            name=NAMELESS, search_text="", sex="", born_on=date(born_on.year, 1, 1),
            hukou_division=None, residence_division=None,
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    session.execute(
        sa.delete(PersonGroup)
        .where(PersonGroup.person_id == person_id)
        .execution_options(synchronize_session=False)
    )
    note(session, "families.name_forgotten", f"person:{person_id}", actor_id=None, now=now)
