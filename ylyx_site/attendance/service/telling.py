"""What guardians are told at once of what staff wrote down."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareBooking, CareDay
from ylyx_site.families.queries import live_guardians
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared.refusals import N_

EXCUSED = N_("老师记了孩子%(day)s请假，托位已经让出来。不对的话，请马上打电话给机构。")


def tell_of_absence(session: Session, day: CareDay, *, now: datetime) -> None:
    """The place is gone with it, so they must know; one message a day of care."""
    code = session.get_one(CareBooking, day.booking_id).code
    news = News(
        NoticeKind.FAMILY_CARE, EXCUSED, {"day": day.day}, f"/childcare/bookings/{code}",
        f"absence:{code}", f"staff_absence:{day.id}",
    )  # fmt: skip
    plan(session, live_guardians(session, day.child_id), news, now=now)
