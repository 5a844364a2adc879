"""The elders of the cast: bound by their consent, with all that a meal has to know."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from ylyx_site.families import queries
from ylyx_site.families.kinds import Diet, Group, PersonKind, Relation
from ylyx_site.families.models import Consent, Person
from ylyx_site.identity.models import Account
from ylyx_site.shared.db import db

pytestmark = pytest.mark.slow
MONDAY = date(2026, 11, 23)


def _eaters(phone: str) -> list[queries.EaterFacts]:
    account = db.session.scalars(sa.select(Account.id).where(Account.phone == phone)).one()
    return queries.eaters_of(db.session(), account)


def test_a_daughter_orders_for_her_mother_and_her_father(district: Flask) -> None:
    father, mother = _eaters("13800000003")
    assert [one.name for one in (father, mother)] == ["赵德明", "陈桂芳"]
    assert [MONDAY.year - one.born_on.year for one in (father, mother)] == [84, 82]
    assert (mother.diet, mother.avoids) == (frozenset({Diet.LOW_SALT}), ("鱼",))
    assert mother.groups_on(MONDAY) == {Group.EMPTY_NEST}
    assert queries.address_of(db.session(), mother.id).note == "听力不好，请多敲几下"
    assert queries.division_name(db.session(), str(mother.division_code)) == "棠香街道水峰社区"


def test_an_elder_orders_in_person(district: Flask) -> None:
    (zhou,) = _eaters("13800000004")
    assert (zhou.name, zhou.relation) == ("周桂兰", Relation.SELF)


def test_every_binding_stands_on_a_consent(district: Flask) -> None:
    given = sa.select(Consent.purpose, sa.func.count()).where(Consent.person_id.is_not(None))
    rows = db.session.execute(given.group_by(Consent.purpose).order_by(Consent.purpose)).all()
    elders = db.session.scalar(
        sa.select(sa.func.count()).select_from(Person).where(Person.kind == PersonKind.ELDER)
    )
    assert {row[0].value: row[1] for row in rows} == {"elder_binding": 3, "elder_data": elders}
