"""The public list and the page of one facility, as a browser without JavaScript gets them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.client import SiteClient, text_of
from tests.integration.facilities.making import MONDAY, now, register
from ylyx_site.facilities import service
from ylyx_site.facilities.kinds import ClassKind, ClosureKind, FacilityKind, Filing, Tariff
from ylyx_site.facilities.service import ClassWish
from ylyx_site.shared.db import transaction

COUNTING = Callable[[], AbstractContextManager[list[str]]]


def names(page: Any) -> list[str]:
    return [str(link.text_content()) for link in page.xpath("//*[@id='facilities']//h2/a")]


@pytest.fixture
def made(app: Flask) -> dict[str, int]:
    """A filed nursery with all it may have, one in filing, one suspended, and a canteen."""
    with transaction() as session:
        made = {
            "filed": register(session, "金星托育中心", number=1, at=(29.7, 105.7)),
            "in_filing": register(session, "北街托育园", number=2, filing=Filing.IN_FILING),
            "gone": register(session, "旧园托育", number=3, filing=Filing.SUSPENDED),
            "canteen": register(session, "宏声食堂", number=4, kind=FacilityKind.CANTEEN),
        }
        house, day = made["filed"], MONDAY
        who: dict[str, Any] = {"actor_id": None, "now": now()}
        service.set_registered_places(session, house, 49, day, **who)
        service.add_class(session, house, ClassWish(ClassKind.YOUNGER, "托小班"), day, **who)
        service.set_price(session, house, Tariff.HALF_DAY, 3850, day, **who)
        service.close_days(
            session, house, ClosureKind.OWN, day + timedelta(days=9), day + timedelta(days=9),
            reason="老师培训", **who,
        )  # fmt: skip
    return made


def test_list_shows_nurseries_that_are_filed_or_in_filing(
    client: SiteClient, made: dict[str, int]
) -> None:
    page = client.page("/facilities")
    assert sorted(names(page)) == ["北街托育园", "金星托育中心"]
    text = text_of(client.get("/facilities?q=jxty"))
    assert "备案托位 49 个" in text
    assert "今天 07:30–17:30 开门" in text
    assert "备案中，暂不能网上预约" not in text
    assert "备案中，暂不能网上预约" in text_of(client.get("/facilities?q=bjty"))


def test_canteens_have_their_own_list(client: SiteClient, made: dict[str, int]) -> None:
    assert names(client.page("/facilities?kind=canteen")) == ["宏声食堂"]


def test_distance_comes_from_the_cookie(client: SiteClient, made: dict[str, int]) -> None:
    client.set_cookie("near", "29.7,105.7")
    assert names(client.page("/facilities")) == ["金星托育中心", "北街托育园"]
    assert "按离我远近排列" in text_of(client.get("/facilities"))
    assert "按镇街排列" in text_of(client.get("/facilities?sort=town"))


@pytest.mark.parametrize("cookie", ["", "x", "nan,nan", "999,999", "'--", "1,2,3"])
def test_cookie_that_is_no_position_is_passed_over(
    client: SiteClient, made: dict[str, int], cookie: str
) -> None:
    client.set_cookie("near", cookie)
    assert len(names(client.page("/facilities"))) == 2


@pytest.mark.parametrize("q", ["%25", "'", "%5C", "zzz", "%F0%A0%AE%B7", "%FF"])
def test_nothing_found_says_what_to_do(client: SiteClient, made: dict[str, int], q: str) -> None:
    text = text_of(client.get(f"/facilities?q={q}&division=500111001"))
    assert "没有找到" in text
    assert "打电话给人工台" in text


@pytest.mark.parametrize("q", ["", "%01", "%20%E3%80%80"])
def test_question_without_a_visible_letter_is_none(
    client: SiteClient, made: dict[str, int], q: str
) -> None:
    assert len(names(client.page(f"/facilities?q={q}"))) == 2


def test_endless_question_is_cut(client: SiteClient, made: dict[str, int]) -> None:
    page = client.page("/facilities?q=" + "a" * 10_000)
    assert page.xpath("//input[@name='q']/@value") == ["a" * 40]


def test_empty_register_says_so(client: SiteClient) -> None:
    assert "这里还没有登记的机构" in text_of(client.get("/facilities"))


@pytest.mark.parametrize(
    "query", ["kind=school", "division=abc", "division=5", "division=%EF%BC%95"]
)
def test_list_that_cannot_be_is_no_page(client: SiteClient, query: str) -> None:
    assert client.get(f"/facilities?{query}").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "9999", "２", ""])
def test_page_number_that_cannot_be_is_the_first(
    client: SiteClient, made: dict[str, int], page: str
) -> None:
    assert len(names(client.page(f"/facilities?page={page}"))) == 2


def test_part_is_what_the_page_holds(client: SiteClient, made: dict[str, int]) -> None:
    headers = {"HX-Request": "true", "HX-Target": "facilities"}
    answer = client.get("/facilities?q=jxty", headers=headers)
    assert answer.text.startswith('<section id="facilities"')
    assert "<html" not in answer.text
    assert answer.text.strip() in client.get("/facilities?q=jxty").text


def test_pages_follow_each_other_with_the_question(client: SiteClient, app: Flask) -> None:
    with transaction() as session:
        for n in range(25):
            register(session, f"托育{n:02d}", number=n)
    first = client.page("/facilities?q=托育")
    [link] = first.xpath("//a[@rel='next']/@href")
    second = client.page(link)
    assert (len(names(first)), len(names(second))) == (20, 5)
    assert not set(names(first)) & set(names(second))
    assert second.xpath("//a[@rel='next']") == []


def test_page_of_a_nursery_tells_all(client: SiteClient, made: dict[str, int]) -> None:
    page = client.page(f"/facilities/{made['filed']}")
    text = text_of(client.get(f"/facilities/{made['filed']}"))
    told = [
        "金星托育中心",
        "49 个备案托位",
        "1岁到不满2岁，最多 15 名孩子",
        "5 名孩子配 1 名保育人员",
        "半日托，半天¥38.50",
        "前 1 个工作日 24:00 前",
        "当天 11:00 前",
        "12月2日 周三",
        "老师培训",
        "2027 年的调休安排还没有公布",
        "北纬 29.7000，东经 105.7000",
    ]
    assert [words for words in told if words not in text] == []
    assert "全日托，一天" not in text  # it has no price: it is not offered
    assert page.xpath(f"//main//a[@href='/childcare/{made['filed']}']")
    assert page.xpath("//main//a[@href='geo:29.7,105.7']")
    assert page.xpath("//main//a[@href='tel:02343700001']")


def test_nursery_in_filing_is_not_booked_online(client: SiteClient, made: dict[str, int]) -> None:
    page = client.page(f"/facilities/{made['in_filing']}")
    assert "备案中，暂不能网上预约" in page.xpath("string(//main)")
    assert page.xpath("//a[starts-with(@href, '/childcare/')]") == []


def test_page_of_a_canteen_tells_the_register_only(
    client: SiteClient, made: dict[str, int]
) -> None:
    text = text_of(client.get(f"/facilities/{made['canteen']}"))
    assert "宏声食堂" in text
    assert [words for words in ("班级", "价格", "看余位") if words in text] == []


def test_suspended_and_unknown_facilities_are_no_pages(
    client: SiteClient, made: dict[str, int]
) -> None:
    for facility_id in (made["gone"], 10**6, 10**30):
        assert client.get(f"/facilities/{facility_id}").status_code == 404


def test_list_costs_the_same_for_one_and_for_thirty(
    client: SiteClient, app: Flask, count_queries: COUNTING
) -> None:
    costs = []
    for numbers in (range(1), range(1, 30)):
        with transaction() as session:
            for n in numbers:
                register(session, f"托育{n}", number=n)
        with count_queries() as statements:
            client.get("/facilities")
        costs.append(len(statements))
    assert costs == [6, 6]


def test_page_costs_a_fixed_number(
    client: SiteClient, made: dict[str, int], count_queries: COUNTING
) -> None:
    with count_queries() as statements:
        client.get(f"/facilities/{made['filed']}")
    assert len(statements) == 10
