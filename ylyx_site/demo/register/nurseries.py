"""The 48 nurseries with places, prices, hours and closures."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from ylyx_site.calendar.rules import WorkingCalendar
from ylyx_site.demo.register.classes import Place, enter_classes
from ylyx_site.demo.register.hours import SATURDAY, WORKDAYS, opening_row, since
from ylyx_site.demo.rows import insert_numbered, insert_rows
from ylyx_site.demo.rules import credit_code
from ylyx_site.demo.tables import DISTRICT_NAME, Nursery, nurseries
from ylyx_site.facilities.kinds import ClosureKind, FacilityKind, Filing, Nature
from ylyx_site.facilities.models import CarePrice, Closure, Facility, Opening, RegisteredPlaces
from ylyx_site.facilities.rules import search_text
from ylyx_site.shared import clock
from ylyx_site.shared.spans import minute_from_text

OPENS, SATURDAY_CLOSES = 450, 720


def enter_nurseries(
    session: Session, divisions: dict[str, str], calendar: WorkingCalendar, *, now: datetime
) -> list[Place]:
    """Enter the 48 nurseries with places, classes, prices, hours and closures."""
    codes = {name: code for code, name in divisions.items() if len(code) == 9}
    rows = [_nursery_row(n, one, codes[one.town], now=now) for n, one in enumerate(nurseries(), 1)]
    ids = insert_numbered(session, Facility, rows)
    entered = list(zip(ids, nurseries(), strict=True))
    _enter_terms(session, entered, since(now))
    _enter_closures(session, entered, calendar, clock.day_of(now))
    return enter_classes(session, entered, since(now))


def _enter_terms(session: Session, entered: list[tuple[int, Nursery]], first: date) -> None:
    """Places, prices and weekly hours, all from the same day on."""
    insert_rows(session, RegisteredPlaces, [
        {"facility_id": facility_id, "from_day": first, "places": one.places}
        for facility_id, one in entered
    ])  # fmt: skip
    insert_rows(session, CarePrice, [
        {"facility_id": facility_id, "tariff": tariff, "from_day": first, "fen": fen}
        for facility_id, one in entered
        for tariff, fen in one.prices.items()
    ])  # fmt: skip
    insert_rows(session, Opening, [
        opening_row(facility_id, weekday, first, OPENS, closes)
        for facility_id, one in entered
        for weekday, closes in _week(one)
    ])  # fmt: skip


def _nursery_row(number: int, one: Nursery, code: str, *, now: datetime) -> dict[str, Any]:
    is_filed = one.filing is Filing.FILED
    facts = f"建筑面积 {one.square_metres:,} 平方米，按月龄分班，有午睡室和户外活动场地。"
    return {
        "kind": FacilityKind.NURSERY,
        "nature": one.nature,
        "name": one.name,
        "credit_code": credit_code(number, public=one.nature is Nature.KINDERGARTEN),
        "filing": one.filing,
        "filing_number": f"500111托{number:04d}" if is_filed else None,
        "division_code": code,
        "address": one.address,
        "latitude": one.latitude,
        "longitude": one.longitude,
        "telephone": f"0234371{number:04d}",
        "inclusive": one.is_inclusive,
        "about": f"示例数据。{facts}",
        "search_text": search_text(
            one.name, FacilityKind.NURSERY, (DISTRICT_NAME, one.town), one.address
        ),
        "enrolled_reported": one.children,
        "enrolled_reported_on": clock.day_of(now).replace(day=1),
        "created_at": now,
    }


def _week(one: Nursery) -> list[tuple[int, int]]:
    """Closing minutes by weekday."""
    week = [(weekday, minute_from_text(one.closes)) for weekday in WORKDAYS]
    return [*week, (SATURDAY, SATURDAY_CLOSES)] if one.opens_on_saturday else week


def _enter_closures(
    session: Session, entered: list[tuple[int, Nursery]], calendar: WorkingCalendar, today: date
) -> None:
    rows = []
    for facility_id, one in entered:
        if one.closed_in is not None:
            day = calendar.add_working_days(today, one.closed_in)
            rows.append(
                {
                    "facility_id": facility_id,
                    "first_day": day,
                    "last_day": day,
                    "kind": ClosureKind.OWN,
                    "reason": "保育人员集中培训（示例）",
                    "lifted_at": None,
                }
            )
    insert_rows(session, Closure, rows)
