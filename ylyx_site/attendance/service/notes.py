"""Writing a day's note; a correction is written beside the first one, never over it."""

from sqlalchemy.orm import Session

from ylyx_site.attendance.errors import NotComeThatDay, NotYet, TooLongAgo
from ylyx_site.attendance.models import DailyNote
from ylyx_site.attendance.queries.days import day_of_house
from ylyx_site.attendance.queries.notes import notes_of
from ylyx_site.attendance.rules.notes import NoteWish, packed, refuse_note
from ylyx_site.attendance.rules.wishes import MOST_DAYS_BACK, Author
from ylyx_site.childcare.models import CareDay
from ylyx_site.families.queries import live_guardians
from ylyx_site.journal.service import note
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared import clock, vault
from ylyx_site.shared.refusals import N_

WRITTEN = N_("老师写了孩子%(day)s的一天，点开看看。")


def write_note(session: Session, day_id: int, wish: NoteWish, author: Author) -> None:
    """Write what the family may read of a day on which the child came; the same again is nothing.

    Guardians get one message a day for it, that says nothing of it. Raises `NotFound`,
    `NothingWritten`, `ImpossibleTemperature`, `NotComeThatDay`, `NotYet`, `TooLongAgo`.
    """
    day = day_of_house(session, author.facility_id, day_id)
    _refuse(day, wish, author)
    before = notes_of(session, [day_id]).get(day_id)
    if before is not None and before.says == wish:
        return
    session.add(
        DailyNote(
            care_day_id=day_id, sealed=vault.seal(packed(wish)), by_id=author.actor_id,
            at=author.now,
        )
    )  # fmt: skip
    session.flush()
    note(
        session, "attendance.note_written" if before is None else "attendance.note_corrected",
        f"care_day:{day_id}", actor_id=author.actor_id, facility_id=author.facility_id,
        detail=day.day.isoformat(), now=author.now,
    )  # fmt: skip
    _tell(session, day, author)


def _refuse(day: CareDay, wish: NoteWish, author: Author) -> None:
    refuse_note(wish)
    today = clock.day_of(author.now)
    if day.day > today:
        raise NotYet(None)
    if (today - day.day).days > MOST_DAYS_BACK:
        raise TooLongAgo
    if day.arrived_at is None:
        raise NotComeThatDay


def _tell(session: Session, day: CareDay, author: Author) -> None:
    """The key names the day alone: siblings, corrections and second days make no second message."""
    news = News(
        NoticeKind.FAMILY_CARE, WRITTEN, {"day": day.day}, "/family/notes", "daily_note",
        f"daily_note:{day.day}",
    )  # fmt: skip
    plan(session, live_guardians(session, day.child_id), news, now=author.now)
