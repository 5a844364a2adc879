"""Checks at the door and at midday; a recheck is written beside the first one, never over it."""

import json

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.errors import NotToday
from ylyx_site.attendance.kinds import Result
from ylyx_site.attendance.models import HealthCheck
from ylyx_site.attendance.queries.days import day_of_house, latest_results
from ylyx_site.attendance.rules.health import result_of
from ylyx_site.attendance.rules.wishes import Author, CheckWish
from ylyx_site.childcare.models import CareBooking, CareDay
from ylyx_site.families.queries import live_guardians
from ylyx_site.journal.service import note
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared import clock, vault
from ylyx_site.shared.refusals import N_

NEWS = {
    Result.RECHECK: N_("老师有事要和您说。请点开，现在给老师打电话。"),
    Result.ISOLATED: N_("请现在来接孩子。请点开，先给老师打个电话。"),
}


def record_check(session: Session, day_id: int, wish: CheckWish, author: Author) -> Result:
    """Write a check of today down and say what follows; guardians are told when something is wrong.

    Raises `NotFound`, `NotToday`, `RecheckNeedsTemperature`, `ImpossibleTemperature`.
    """
    day = day_of_house(session, author.facility_id, day_id)
    if day.day != clock.day_of(author.at):
        raise NotToday
    before = latest_results(session, [day_id]).get(day_id)
    result = result_of(wish.tenths, wish.symptoms, before)
    check = HealthCheck(
        care_day_id=day_id, kind=wish.kind, result=result, sealed=_seal(wish),
        by_id=author.actor_id, at=author.at,
    )  # fmt: skip
    session.add(check)
    session.flush()
    note(
        session, "attendance.checked", f"care_day:{day_id}", actor_id=author.actor_id,
        facility_id=author.facility_id, detail=wish.kind.value, now=author.now,
    )  # fmt: skip
    if result in NEWS:
        _tell(session, day, check, author)
    return result


def _tell(session: Session, day: CareDay, check: HealthCheck, author: Author) -> None:
    """Not a word of health: a message is read over shoulders. At once, however it was chosen."""
    code = session.scalar(sa.select(CareBooking.code).where(CareBooking.id == day.booking_id))
    news = News(
        NoticeKind.EMERGENCY, NEWS[check.result], {}, f"/childcare/bookings/{code}",
        f"check:{day.id}:{check.result}", f"attendance.check:{check.id}",
    )  # fmt: skip
    plan(session, live_guardians(session, day.child_id), news, now=author.now)


def _seal(wish: CheckWish) -> str | None:
    if wish.tenths is None and not wish.symptoms:
        return None
    return vault.seal(json.dumps({"tenths": wish.tenths, "symptoms": wish.symptoms}))
