"""Facilities for the tests of the register, made by its own commands."""

from datetime import date, datetime

from sqlalchemy.orm import Session
from stdnum.cn import uscc

from tests.makers import a_town
from ylyx_site.facilities.kinds import FacilityKind, Filing, Nature
from ylyx_site.facilities.service import NewFacility, register_facility, set_opening
from ylyx_site.shared import clock

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)


def a_code(number: int) -> str:
    """A valid unified social credit code."""
    base = f"91500111{number:09d}"
    return base + str(uscc.calc_check_digit(base + "0"))


def now() -> datetime:
    """The tests' Monday morning."""
    return clock.now()


def register(
    session: Session,
    name: str = "金星托育中心",
    *,
    number: int = 1,
    kind: FacilityKind = FacilityKind.NURSERY,
    nature: Nature | None = None,
    filing: Filing = Filing.FILED,
    town: tuple[str, str] = ("500111001", "棠香街道"),
    at: tuple[float, float] | None = None,
) -> int:
    """A facility in the register, open Monday to Friday from 07:30 to 17:30."""
    usual = Nature.STATION if kind is FacilityKind.CANTEEN else Nature.CENTRE
    latitude, longitude = at or (None, None)
    wish = NewFacility(
        kind=kind, nature=nature or usual, name=name, credit_code=a_code(number), filing=filing,
        division_code=a_town(session, *town), address="北街 1 号", telephone="02343700001",
        latitude=latitude, longitude=longitude,
    )  # fmt: skip
    facility_id = register_facility(session, wish, actor_id=None, now=now())
    for weekday in range(1, 6):
        set_opening(
            session, facility_id, weekday, 450, 1050, from_day=MONDAY, actor_id=None, now=now()
        )
    return facility_id
