"""The page 消息, the mark on 我的, and how messages are wanted."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from tests.client import SiteClient, text_of
from tests.integration.notices.making import MORNING, some_news
from tests.makers import an_account
from ylyx_site.notices import queries, service
from ylyx_site.notices.kinds import ALWAYS, Channel, NoticeKind
from ylyx_site.shared.db import db, transaction

WANG, LI = "13800000001", "13800000002"
Counting = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def accounts(app: Flask) -> dict[str, int]:
    """Wang and li."""
    with transaction() as session:
        return {phone: an_account(session, phone, name).id
                for phone, name in ((WANG, "王小明"), (LI, "李建国"))}  # fmt: skip


@pytest.fixture
def wang(client: SiteClient, accounts: dict[str, int]) -> SiteClient:
    """Wang's browser."""
    client.sign_in_as(WANG)
    return client


def planned(*accounts: int, events: str) -> None:
    """One message each, by the names of the events."""
    with transaction() as session:
        for event in events:
            service.plan(session, accounts, some_news(event), now=MORNING)


def lines(client: SiteClient, address: str = "/notices") -> list[str]:
    """The inbox, line by line."""
    rows = client.page(address).xpath("//main//ul[@class='rows']/li/span")
    return [" ".join(row.text_content().split()) for row in rows]


def badge(client: SiteClient, address: str) -> list[str]:
    """What stands on 我的."""
    found = client.page(address).xpath("//nav//*[contains(@class,'badge')]")
    return [one.text_content() for one in found]


def test_an_empty_inbox_says_what_will_stand_there(wang: SiteClient) -> None:
    assert "还没有消息" in text_of(wang.get("/notices"))
    assert (badge(wang, "/notices"), badge(wang, "/account")) == ([], [])


def test_opening_a_message_reads_it_and_goes_there(
    wang: SiteClient, accounts: dict[str, int]
) -> None:
    planned(accounts[WANG], accounts[LI], events="a")
    said = "李建国约了托育：从11月24日 周二开始，共 1 天。11月23日 周一 08:00"
    assert (lines(wang), badge(wang, "/account")) == ([f"未读 {said}"], ["1条未读消息"])
    button = wang.page("/notices").xpath("//button[@formaction]/@formaction")[0]
    answer = wang.post(button, data={"csrf_token": wang.token()})
    assert (answer.status_code, answer.location) == (303, "/childcare/bookings/a")
    assert (lines(wang), badge(wang, "/account")) == ([said], [])


def test_all_are_read_at_once(wang: SiteClient, accounts: dict[str, int]) -> None:
    planned(accounts[WANG], accounts[LI], events="abc")
    assert wang.submit("/notices", "/notices/reading").status_code == 303
    assert [line.startswith("未读") for line in lines(wang)] == [False] * 3
    with db.engine.connect():
        rows, _more = queries.inbox(db.session(), accounts[LI], 1)
        assert [one.read_at for one in rows] == [None] * 3


def test_lis_message_is_not_wangs_to_see_or_to_read(
    wang: SiteClient, accounts: dict[str, int]
) -> None:
    planned(accounts[LI], events="a")
    (notice,), _more = queries.inbox(db.session(), accounts[LI], 1)
    assert (lines(wang), badge(wang, "/account")) == ([], [])
    answer = wang.post(f"/notices/{notice.code}/reading", data={"csrf_token": wang.token()})
    assert answer.status_code == 404
    db.session.refresh(notice)
    assert notice.read_at is None


def test_long_lists_come_in_pages(wang: SiteClient, accounts: dict[str, int]) -> None:
    planned(accounts[WANG], events="abcdefghijklmnopqrstuvw")
    assert [len(lines(wang, address)) for address in ("/notices", "/notices?page=2")] == [20, 3]
    assert len(wang.page("/notices?page=2").xpath("//a[@href='/notices?page=1']")) == 1


def test_the_list_costs_the_same_for_one_and_for_twenty(
    wang: SiteClient, accounts: dict[str, int], count_queries: Counting
) -> None:
    costs = []
    for events in ("a", "bcdefghijklmnopqrst"):
        planned(accounts[WANG], events=events)
        with count_queries() as statements:
            wang.get("/notices")
        costs.append(len(statements))
    assert costs == [2, 2]


def test_one_chooses_how_each_kind_comes(wang: SiteClient, accounts: dict[str, int]) -> None:
    answer = wang.submit("/notices/preferences", "/preferences", family_care="site")
    assert (answer.status_code, answer.location) == (303, "/notices")
    chosen = queries.choices_of(db.session(), accounts[WANG])
    usual = dict.fromkeys(NoticeKind, Channel.SMS)
    assert chosen == usual | {NoticeKind.FAMILY_CARE: Channel.SITE}
    page = wang.page("/notices/preferences")
    ticked = page.xpath("//input[@checked]/@value")
    free = [kind for kind in NoticeKind if kind not in ALWAYS]  # the others leave no choice
    assert ticked == ["site", *["sms"] * (len(free) - 1)]


@pytest.mark.parametrize("wrong", [{"guardians": "site"}, {"family_care": "email"}])
def test_what_is_not_offered_is_not_chosen(wang: SiteClient, wrong: dict[str, str]) -> None:
    assert wang.submit("/notices/preferences", "/preferences", **wrong).status_code == 422
