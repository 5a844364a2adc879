"""What tests of benefits begin with: an elder, a canteen, and the rules of a file."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tests.makers import a_canteen, an_account, an_elder
from ylyx_site.benefits.reading import read_file
from ylyx_site.benefits.rules import Occasion
from ylyx_site.benefits.service.importing import ImportReport, import_rules
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.kinds import Group
from ylyx_site.families.models import Person, PersonGroup
from ylyx_site.shared import clock

TUESDAY = date(2026, 11, 24)
DAILY = """
source = "某区办法"

[[rule]]
code = "daily"
title = "每天一餐"
clause = "第一条"
payer = "区"
valid_from = 2026-01-01
service = "助餐"

[[rule.amount]]
yuan = 5

[[rule.limit]]
per = "每天"
uses = 1
"""


def imported(session: Session, text: str = DAILY) -> ImportReport:
    """The rules of a file, brought in."""
    return import_rules(
        session, read_file(text), actor_id=None, today=clock.today(), now=clock.now()
    )


def an_eater(session: Session, home: str | None = "500111001") -> Person:
    """An elder of 82 whose 户籍 and residence are the town of the canteen."""
    elder = an_elder(session, an_account(session).id)
    elder.hukou_division = elder.residence_division = home
    session.flush()
    return elder


def in_group(
    session: Session, person_id: int, group: Group, first: date, last: date | None = None
) -> None:
    """The person's group, with evidence, valid from `first` to `last`."""
    session.add(
        PersonGroup(
            person_id=person_id, group=group, evidence="低保证", valid_from=first, valid_to=last
        )
    )
    session.flush()


def a_lunch(session: Session, person: Person | None = None, **more: Any) -> Occasion:
    """A lunch of 12 yuan on Tuesday, at a new canteen unless `facility_id` says which."""
    person = person or an_eater(session)
    values: dict[str, Any] = {
        "person_id": person.id, "day": TUESDAY, "price_fen": 1200, "meal": Meal.LUNCH,
        "serving": Serving.DINE_IN,
    }  # fmt: skip
    if "facility_id" not in more:
        values["facility_id"] = a_canteen(session).id
    return Occasion(**values | more)
