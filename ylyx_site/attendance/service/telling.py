"""What guardians are told at once of what staff wrote down."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.attendance.rules.wishes import Author
from ylyx_site.childcare.models import CareBooking, CareDay
from ylyx_site.families.queries import live_guardians
from ylyx_site.handover.queries.takers import blocked_accounts
from ylyx_site.identity.queries import people_of
from ylyx_site.identity.roles import Role
from ylyx_site.journal.service import note
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared.refusals import N_

EXCUSED = N_("老师记了孩子%(day)s请假，托位已经让出来。不对的话，请马上打电话给机构。")
DOUBT = N_("断网的时候，老师可能把孩子交给了一个不能接的人。请马上给老师打电话。")
TO_HEADS = N_(
    "断网的时候，有老师可能把孩子交给了一个不能接的人。请马上弄清孩子在哪里，再给家长打电话。"
)


def tell_of_absence(session: Session, day: CareDay, *, now: datetime) -> None:
    """The place is gone with it, so they must know; one message a day of care."""
    code = session.get_one(CareBooking, day.booking_id).code
    news = News(
        NoticeKind.FAMILY_CARE, EXCUSED, {"day": day.day}, f"/childcare/bookings/{code}",
        f"absence:{code}", f"staff_absence:{day.id}",
    )  # fmt: skip
    plan(session, live_guardians(session, day.child_id), news, now=now)


def tell_of_doubt(session: Session, day: CareDay, author: Author) -> None:
    """Guardians and the heads of the house, at once, whatever they chose; once a minute."""
    event = f"leaving_doubt:{day.id}:{author.now.isoformat(timespec='minutes')}"
    code = session.get_one(CareBooking, day.booking_id).code
    guardians = live_guardians(session, day.child_id) - blocked_accounts(session, day.child_id)
    heads = people_of(session, day.facility_id, Role.HEAD)
    for people, sentence, where in (
        (guardians, DOUBT, f"/childcare/bookings/{code}"),
        (heads, TO_HEADS, f"/desk/attendance/{day.id}/leaving"),
    ):
        news = News(NoticeKind.EMERGENCY, sentence, {}, where, f"doubt:{day.id}", event)
        plan(session, people, news, now=author.now)
    note(
        session, "attendance.leaving_doubted", f"care_day:{day.id}", actor_id=author.actor_id,
        facility_id=day.facility_id, now=author.now,
    )  # fmt: skip
