"""Whatever changes the register stamps the facility, so that nothing stale is used elsewhere."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.makers import a_nursery
from ylyx_site.calendar.rules import DayKind, WorkingCalendar
from ylyx_site.facilities import service
from ylyx_site.facilities.kinds import (
    Basis,
    CareKind,
    ClassKind,
    ClosureKind,
    Deed,
    Filing,
    Tariff,
)
from ylyx_site.facilities.models import stamp_name
from ylyx_site.facilities.queries import classes_on
from ylyx_site.facilities.rules.limits import Limit
from ylyx_site.places.publishing import publish_days
from ylyx_site.shared import clock
from ylyx_site.shared.stamps import numbers_of

TUESDAY, SATURDAY, LATER = date(2026, 11, 24), date(2026, 11, 28), date(2026, 12, 1)
CALENDAR = WorkingCalendar({SATURDAY: DayKind.working_weekend}, {2026})
KEY = (CareKind.FULL_DAY, "", Deed.ADD)
Do = Callable[[Session, int, dict[str, Any]], object]


def _first_class(session: Session, house: int) -> int:
    return classes_on(session, [house], TUESDAY)[house][0].id


def _weekend(session: Session, house: int, by: dict[str, Any]) -> None:
    service.open_working_weekend(session, house, SATURDAY, 480, 960, calendar=CALENDAR, **by)


def _shut_weekend(session: Session, house: int, by: dict[str, Any]) -> None:
    _weekend(session, house, by)
    before = numbers_of(session, [stamp_name(house)])
    service.shut_working_weekend(session, house, SATURDAY, **by)
    assert numbers_of(session, [stamp_name(house)]) != before


def _lift(session: Session, house: int, by: dict[str, Any]) -> None:
    closure = service.close_days(
        session, house, ClosureKind.OWN, TUESDAY, LATER, reason="消毒", **by
    )
    before = numbers_of(session, [stamp_name(house)])
    service.lift_closure(session, house, closure, **by)
    assert numbers_of(session, [stamp_name(house)]) != before


COMMANDS: dict[str, Do] = {
    "add_class": lambda s, h, by: service.add_class(
        s, h, service.ClassWish(ClassKind.OLDER, "大班"), TUESDAY, **by
    ),
    "change_facts": lambda s, h, by: service.change_facts(
        s, h, service.Contact("02343700009", "棠香街道 13 号", ""), **by
    ),
    "change_filing": lambda s, h, by: service.change_filing(
        s, h, Filing.SUSPENDED, filing_number=None, **by
    ),
    "close_days": lambda s, h, by: service.close_days(
        s, h, ClosureKind.OWN, TUESDAY, TUESDAY, reason="消毒", **by
    ),
    "end_class": lambda s, h, by: service.end_class(s, h, _first_class(s, h), LATER, **by),
    "lift_closure": _lift,
    "open_working_weekend": _weekend,
    "set_care_hours": lambda s, h, by: service.set_care_hours(s, h, "am", 480, 690, **by),
    "set_class_cap": lambda s, h, by: service.set_class_cap(
        s, h, _first_class(s, h), 5, TUESDAY, **by
    ),
    "set_limit": lambda s, h, by: service.set_limit(s, h, KEY, Limit(Basis.DAYS_BEFORE, 2), **by),
    "set_opening": lambda s, h, by: service.set_opening(s, h, 2, 480, 960, from_day=TUESDAY, **by),
    "set_price": lambda s, h, by: service.set_price(s, h, Tariff.HOUR, 900, TUESDAY, **by),
    "set_registered_places": lambda s, h, by: service.set_registered_places(
        s, h, 30, TUESDAY, **by
    ),
    "shut_working_weekend": _shut_weekend,
    "publish_days": lambda s, h, _by: publish_days(s, [h], TUESDAY, TUESDAY),
}
MADE_OF_OTHERS = {"import_row"}  # of the commands above
NEW_OR_NAMES = {"register_facility", "set_division"}  # nothing can have been kept; only words


def test_no_command_of_the_register_is_forgotten_here() -> None:
    commands = {name for name in service.__all__ if name.islower()}
    assert set(COMMANDS) - {"publish_days"} == commands - MADE_OF_OTHERS - NEW_OR_NAMES


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_change_of_the_register_stamps_the_facility_and_no_other(
    session: Session, name: str
) -> None:
    house, other = a_nursery(session), a_nursery(session, name="别家托育园")
    names = [stamp_name(house.id), stamp_name(other.id)]
    before = numbers_of(session, names)
    COMMANDS[name](session, house.id, {"actor_id": None, "now": clock.now()})
    after = numbers_of(session, names)
    assert after[names[0]] != before[names[0]]
    assert after[names[1]] == before[names[1]]
