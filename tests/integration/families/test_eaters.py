"""Elders as meals see them: two queries, groups by the day, addresses sealed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import makers
from tests.client import text_of
from tests.integration.families.conftest import Family
from tests.integration.families.elders import bound, errors, everything
from ylyx_site.families import queries
from ylyx_site.families.kinds import Diet, Group, Relation, Texture
from ylyx_site.families.models import PersonGroup
from ylyx_site.families.queries import DeliveryAddress
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared.db import transaction
from ylyx_site.shared.refusals import NotFound

Counting = Callable[[], AbstractContextManager[list[str]]]
ADDRESS = {
    "division_code": "500111001",
    "street": "平安路8号",
    "building": "3栋2单元",
    "floor": "2",
    "door": "201",
    "note": "听力不好请多敲",
}


def _group(session: Session, person_id: int, group: Group, first: date, last: date | None) -> None:
    session.add(
        PersonGroup(
            person_id=person_id, group=group, evidence="证明", valid_from=first, valid_to=last
        )
    )
    session.flush()


def test_what_is_known_of_an_eater(session: Session) -> None:
    wang = makers.an_account(session).id
    elder = makers.an_elder(
        session, wang, diet=(Diet.LOW_SUGAR, Diet.LOW_SALT), texture=Texture.SOFT,
        avoids=("鱼", "香菜"),
    )  # fmt: skip
    makers.a_child(session, wang)
    eater = queries.eater_of(session, wang, elder.id)
    assert (eater.diet, eater.texture, eater.avoids) == (
        frozenset({Diet.LOW_SALT, Diet.LOW_SUGAR}), Texture.SOFT, ("鱼", "香菜"),
    )  # fmt: skip
    assert (eater.division_code, eater.has_address, eater.relation) == (
        "500111001", True, Relation.CHILD,
    )  # fmt: skip
    assert queries.eaters_of(session, wang) == [eater]
    assert queries.eaters(session, [elder.id])[elder.id].name == "陈桂芳"


def test_groups_hold_from_their_first_to_their_last_day(session: Session) -> None:
    wang = makers.an_account(session).id
    elder = makers.an_elder(session, wang).id
    _group(session, elder, Group.LIVING_ALONE, date(2026, 1, 1), date(2026, 11, 22))
    _group(session, elder, Group.DISABILITY, date(2026, 11, 23), None)
    eater = queries.eater_of(session, wang, elder)
    assert [set(eater.groups_on(date(2026, 11, day))) for day in (22, 23)] == [
        {Group.LIVING_ALONE}, {Group.DISABILITY},
    ]  # fmt: skip
    assert eater.groups_on(date(2025, 12, 31)) == frozenset()


def test_others_get_nobody_and_children_are_no_eaters(session: Session) -> None:
    wang, li = (makers.an_account(session, f"1380000000{n}").id for n in (1, 2))
    elder, child = makers.an_elder(session, wang), makers.a_child(session, wang)
    for account_id, person_id in ((li, elder.id), (wang, child.id), (wang, 0), (wang, 2**31)):
        with pytest.raises(NotFound):
            queries.eater_of(session, account_id, person_id)
    assert queries.eaters_of(session, li) == []


def test_thirty_elders_cost_as_many_queries_as_one(
    session: Session, count_queries: Counting
) -> None:
    wang = makers.an_account(session).id
    for n in range(9):
        elder = makers.an_elder(session, wang, name=f"陈桂{'一二三四五六七八九'[n]}")
        _group(session, elder.id, Group.DISABILITY, date(2026, 1, 1), None)
    with count_queries() as sent:
        assert len(queries.eaters_of(session, wang)) == 9
    assert len(sent) == 2


def test_the_page_of_an_elder_asks_the_database_a_fixed_number_of_times(
    wang: Family, count_queries: Counting
) -> None:
    elder = bound(wang)
    with count_queries() as one:
        wang.browser.get("/family/people")
    assert len(one) <= 6
    with count_queries() as sent:
        wang.browser.get(f"/family/people/{elder}")
    assert len(sent) <= 10


def test_a_daughter_says_how_and_where_her_mother_eats(wang: Family, reader: Session) -> None:
    with transaction() as session:
        makers.a_town(session)
    elder = bound(wang)
    page = f"/family/people/{elder}"
    answer = wang.browser.submit(
        f"{page}/diet", diet=["low_salt", "halal"], texture="minced", avoids="鱼， 香菜、鱼"
    )
    assert answer.status_code == 303
    assert wang.browser.submit(f"{page}/address", f"{page}/address", **ADDRESS).status_code == 303
    eater = queries.eater_of(reader, wang.account_id, elder)
    assert (eater.diet, eater.texture, eater.avoids) == (
        frozenset({Diet.LOW_SALT, Diet.HALAL}), Texture.MINCED, ("鱼", "香菜"),
    )  # fmt: skip
    assert queries.address_of(reader, elder) == DeliveryAddress(**ADDRESS)
    kept = everything(reader)
    for secret in ("平安路8号", "3栋2单元", "听力不好", "香菜"):
        assert secret not in kept
    shown = text_of(wang.browser.get(page))
    assert "大足区" not in shown
    assert "棠香街道 平安路8号 3栋2单元 2 楼 201" in shown


def test_the_address_is_erased_when_meals_are_no_longer_brought(
    wang: Family, reader: Session
) -> None:
    with transaction() as session:
        elder = makers.an_elder(session, wang.account_id).id
        makers.a_town(session)
    page = f"/family/people/{elder}/address"
    assert wang.browser.submit(page, f"{page}/erasure").status_code == 303
    with pytest.raises(NotFound):
        queries.address_of(reader, elder)


def test_a_town_that_is_not_there_and_lists_without_end_are_refused(wang: Family) -> None:
    with transaction() as session:
        makers.a_town(session)
    elder = bound(wang)
    page = f"/family/people/{elder}"
    bad = wang.browser.submit(
        f"{page}/address", f"{page}/address", **ADDRESS | {"division_code": "999999999"}
    )
    assert bad.status_code == 422
    long = wang.browser.submit(f"{page}/diet", avoids="、".join(f"菜{n}" for n in range(13)))
    assert errors(long.text) == ["不能吃的最多写 12 样，每样不超过 12 个字。"]
    assert "菜12" in long.text  # what was typed stays


def test_each_look_at_an_elder_is_journaled(wang: Family, reader: Session) -> None:
    elder = bound(wang)
    wang.browser.get(f"/family/people/{elder}")
    reader.rollback()
    reads = sa.select(JournalEntry.actor_id, JournalEntry.subject).where(
        JournalEntry.action == "families.elder_read"
    )
    assert [tuple(row) for row in reader.execute(reads)] == [(wang.account_id, f"person:{elder}")]
