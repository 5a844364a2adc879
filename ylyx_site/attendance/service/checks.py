"""Checks at the door and at midday; a recheck is written beside the first one, never over it."""

import json

from sqlalchemy.orm import Session

from ylyx_site.attendance.errors import NotToday
from ylyx_site.attendance.kinds import Result
from ylyx_site.attendance.models import HealthCheck
from ylyx_site.attendance.queries.days import day_of_house, latest_results
from ylyx_site.attendance.rules.health import result_of
from ylyx_site.attendance.rules.wishes import Author, CheckWish
from ylyx_site.journal.service import note
from ylyx_site.shared import clock, vault


def record_check(session: Session, day_id: int, wish: CheckWish, author: Author) -> Result:
    """Write a check of today down and say what follows.

    Raises `NotFound`, `NotToday`, `RecheckNeedsTemperature`, `ImpossibleTemperature`.
    """
    day = day_of_house(session, author.facility_id, day_id)
    if day.day != clock.day_of(author.now):
        raise NotToday
    before = latest_results(session, [day_id]).get(day_id)
    result = result_of(wish.tenths, wish.symptoms, before)
    session.add(
        HealthCheck(
            care_day_id=day_id, kind=wish.kind, result=result, sealed=_seal(wish),
            by_id=author.actor_id, at=author.now,
        )
    )  # fmt: skip
    session.flush()
    note(
        session, "attendance.checked", f"care_day:{day_id}", actor_id=author.actor_id,
        facility_id=author.facility_id, detail=wish.kind.value, now=author.now,
    )  # fmt: skip
    return result


def _seal(wish: CheckWish) -> str | None:
    if wish.tenths is None and not wish.symptoms:
        return None
    return vault.seal(json.dumps({"tenths": wish.tenths, "symptoms": wish.symptoms}))
