"""The telephone rings: who is found, who is not, and what the journal says of it."""

from typing import Any

import pytest
import sqlalchemy as sa
from lxml import html

from tests.client import SiteClient, text_of
from tests.integration.counter.conftest import LI, WANG, Town, elder, journal, search
from ylyx_site.counter.service.people import make_known
from ylyx_site.families.models import Bond
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction


def found(answer: Any) -> list[str]:
    """The people of the list, each as the clerk reads it."""
    rows = html.fromstring(answer.text).xpath("//section[@aria-labelledby='found']//li")
    return [" ".join(row.text_content().split()) for row in rows]


@pytest.mark.parametrize("typed", ["5678", "78", "周桂芳", "桂", "zgf", "zhougui", "13900005678"])
def test_one_field_opens_the_one_person_whom_the_desk_knows(
    he: SiteClient, town: Town, typed: str
) -> None:
    answer = search(he, typed)
    assert (answer.status_code, answer.headers.get("Location")) == (303, town.card)


@pytest.mark.parametrize("typed", ["4321", "周国发", "zhouguofa", "陈", "0000"])
def test_who_never_ordered_here_is_not_found_by_less_than_the_whole_number(
    he: SiteClient, town: Town, typed: str
) -> None:
    answer = search(he, typed)
    assert (answer.status_code, found(answer)) == (200, [])
    assert "没有找到" in text_of(answer)


def test_a_whole_number_finds_a_masked_name_and_opens_it_by_a_recorded_step(
    he: SiteClient, town: Town
) -> None:
    card = f"/desk/phone/people/{town.stranger}"
    answer = search(he, "139 0000 4321")
    assert "周*发" in found(answer)[0]
    assert "周国发" not in answer.text
    assert he.get(card).status_code == 404
    page = html.fromstring(answer.text)
    fields = dict(page.xpath("//form[@action='/desk/phone/acquaintances']")[0].form_values())
    bent = fields | {"words": "13900004322", "key": "another-key-1"}
    assert he.post("/desk/phone/acquaintances", data=bent).status_code == 422
    opened = he.post("/desk/phone/acquaintances", data=fields)
    assert (opened.status_code, opened.headers["Location"]) == (303, card)
    assert he.get(card).status_code == 200
    assert journal("counter.person_met") == [(town.clerk, town.ours, f"person:{town.stranger}")]


@pytest.mark.parametrize("typed", [WANG, "138 0000 0001", WANG[-4:]])
def test_the_daughter_calls_and_is_asked_for_her_own_number(
    he: SiteClient, town: Town, typed: str
) -> None:
    answer = search(he, typed)
    assert (answer.status_code, answer.headers.get("Location")) == (303, town.card)


def test_a_daughter_of_two_whom_the_desk_knows_chooses(he: SiteClient, town: Town) -> None:
    with transaction() as session:
        father = elder(session, town.daughter, "王大山", phone="13900007777")
        make_known(session, town.ours, father.id, town.clerk, clock.now())
    lines = found(search(he, WANG))
    assert [line.split()[0] for line in lines] == ["周桂芳", "王大山"]


@pytest.mark.parametrize("typed", [LI, LI[-4:], WANG[-3:]])
def test_a_childs_number_opens_nobody_whom_the_desk_does_not_know(
    he: SiteClient, town: Town, typed: str
) -> None:
    answer = search(he, typed)
    assert (answer.status_code, found(answer)) == (200, [])
    assert "周国发" not in text_of(answer)
    fields = {"csrf_token": he.token(), "key": "a-key-of-lis", "words": LI}
    met = he.post("/desk/phone/acquaintances", data=fields | {"person_id": town.stranger})
    assert (met.status_code, journal("counter.person_met")) == (422, [])


def test_a_child_who_may_no_longer_act_is_not_a_way_in(he: SiteClient, town: Town) -> None:
    with transaction() as session:
        bond = session.scalars(sa.select(Bond).where(Bond.person_id == town.zhou)).one()
        bond.ended_at = clock.now()
    assert found(search(he, WANG)) == []


@pytest.mark.parametrize("typed", ["5", "", "13900"])
def test_too_little_is_refused_with_a_sentence_beside_the_field(he: SiteClient, typed: str) -> None:
    answer = search(he, typed)
    assert answer.status_code == 422
    assert html.fromstring(answer.text).xpath("//*[@id='words-error']")


def test_every_opened_card_is_in_the_journal(he: SiteClient, town: Town) -> None:
    he.page(town.card)
    he.page(town.card)
    assert journal("counter.card_opened") == [
        (town.clerk, town.ours, f"person:{town.zhou}")
    ] * 2  # fmt: skip


def test_the_card_says_what_a_clerk_needs(he: SiteClient, town: Town) -> None:
    text = " ".join(he.page(town.card).xpath("//main")[0].text_content().split())
    for words in ("周桂芳", "82 岁", "139****5678", "棠香街道", "3栋2单元", "低盐", "忌鱼",
                  "两荤一素套餐", "补贴后", "这天还有", "听力不好请多敲"):  # fmt: skip
        assert words in text
    assert "13900005678" not in text


def test_staff_of_another_canteen_see_nothing_of_it(zhao: SiteClient, town: Town) -> None:
    code = "7K392F"
    for address in (
        town.card, f"{town.card}/quote?date=2026-11-25&meal=lunch",
        f"/desk/phone/orders/{code}", f"/desk/phone/orders/{code}/card",
        f"/desk/phone/week?person={town.zhou}", f"/desk/elders/{town.zhou}",
        f"/desk/elders/{town.zhou}/groups", f"/desk/elders/{town.zhou}/divisions",
        f"/desk/elders/{town.zhou}/bindings", f"/desk/elders/{town.zhou}/withdrawal",
        f"/desk/elders/{town.zhou}/paper?number=1",
    ):  # fmt: skip
        assert zhao.get(address).status_code == 404, address
    token = zhao.token()
    for address in (
        f"{town.card}/orders", f"/desk/phone/orders/{code}/undo",
        f"/desk/phone/orders/{code}/cancellation", f"/desk/elders/{town.zhou}/groups",
        f"/desk/elders/{town.zhou}/groups/ending", f"/desk/elders/{town.zhou}/divisions",
        f"/desk/elders/{town.zhou}/bindings", f"/desk/elders/{town.zhou}/withdrawal",
    ):  # fmt: skip
        data = {"csrf_token": token, "key": "a-key-of-zhaos"}
        assert zhao.post(address, data=data).status_code == 404, address
    assert found(search(zhao, "周桂芳")) == []
    db.session.rollback()


def test_a_card_costs_the_same_whatever_is_on_it(
    he: SiteClient, town: Town, count_queries: Any
) -> None:
    he.get(town.card)
    counts = []
    for day in ("2026-11-25", "2026-11-26"):
        with count_queries() as statements:
            he.get(town.card)
        counts.append(len(statements))
        he.submit(f"{town.card}?date={day}&meal=lunch", "/orders")
    assert counts[0] == counts[1]
    assert counts[0] <= 45
