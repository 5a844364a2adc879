"""A guardian's whole telephone number, for a reason, on record."""

from sqlalchemy.orm import Session

from ylyx_site.attendance.kinds import PhoneReason
from ylyx_site.attendance.queries.child import child_day
from ylyx_site.attendance.rules.wishes import Author, PhoneWish
from ylyx_site.journal.service import note
from ylyx_site.shared.refusals import NotFound


def read_phone(session: Session, day_id: int, wish: PhoneWish, author: Author) -> str:
    """The number of a guardian of the child; raises `NotFound`."""
    found = child_day(session, author.facility_id, day_id)
    guardian = next((one for one in found.guardians if one.handle == wish.handle), None)
    if guardian is None:
        raise NotFound
    note(
        session, "attendance.phone_read", f"person:{found.day.child_id}",
        actor_id=author.actor_id, facility_id=author.facility_id,
        detail=f"{wish.handle} because {_told(wish.reason).value}", now=author.now,
    )  # fmt: skip
    return guardian.phone


def _told(reason: PhoneReason) -> PhoneReason:
    """What the journal is told, which holds nothing about anybody's health."""
    return PhoneReason.OTHER if reason is PhoneReason.ILL else reason
