"""Opening the house: what is on the list, hazards, opening in spite of something red."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.client import SiteClient, text_of
from tests.integration.childcare.conftest import a_browser
from tests.integration.opening.conftest import Scene
from tests.integration.staffing.house import HEAD, a_carer, on_duty
from ylyx_site.opening.models import Hazard, OpenedDay
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

MONDAY = date(2026, 11, 23)
PAGE = "/desk/opening"


def staffed(scene: Scene) -> None:
    """One carer with a good certificate all day in each class."""
    with transaction() as session:
        for carer_id, class_id in zip(
            scene.house.carers[:2], (scene.house.younger, scene.house.older), strict=True
        ):
            on_duty(session, scene.house.ours, carer_id, class_id, [MONDAY])


def points(browser: SiteClient) -> list[str]:
    """The sentences of the list."""
    found = browser.page(PAGE).xpath("//section[@aria-labelledby='points']//li/span[2]")
    return [one.text_content() for one in found]


def opened() -> list[tuple[str, str]]:
    """What was not good, and why it was opened all the same."""
    db.session.rollback()
    rows = db.session().execute(sa.select(OpenedDay.not_good, OpenedDay.reason))
    return [(row.not_good, row.reason) for row in rows]


def test_a_good_morning_is_opened_with_one_tap_by_a_carer(scene: Scene) -> None:
    staffed(scene)
    assert points(scene.carer) == [
        "每个班、每个时段都够。", "今天上班的人都在有效期内。", "到园的孩子都做过晨检。",
        "没有没处理的隐患。",
    ]  # fmt: skip
    assert scene.carer.submit(PAGE, PAGE).status_code == 303
    assert opened() == [("", "")]
    assert "开了门。" in text_of(scene.head.get(PAGE))
    assert scene.head.page(PAGE).xpath(f"//form[@action='{PAGE}']") == []


def test_without_a_roster_it_says_so(scene: Scene) -> None:
    assert points(scene.head)[0] == "今天还没有排班。请先排班，系统才能核对照护比。"


def test_a_hazard_keeps_the_doors_shut_until_it_is_dealt_with_or_explained(scene: Scene) -> None:
    staffed(scene)
    scene.carer.submit(PAGE, f"{PAGE}/hazards", words="走廊灯坏了")
    assert points(scene.head)[3] == "有 1 条隐患没处理。"
    answer = scene.carer.submit(PAGE, PAGE)
    assert answer.status_code == 422
    assert "还有没处理好的。确实要开门，请写明怎么保证孩子安全。" in text_of(answer)
    assert opened() == []
    assert scene.carer.submit(PAGE, PAGE, reason="走廊不走人，从后门进").status_code == 303
    assert opened() == [("hazards", "走廊不走人，从后门进")]


def test_a_hazard_is_dealt_with_once_and_stays_on_record(scene: Scene) -> None:
    scene.carer.submit(PAGE, f"{PAGE}/hazards", words="走廊灯坏了")
    number = db.session().scalars(sa.select(Hazard.id)).one()
    address = f"{PAGE}/hazards/{number}/mending"
    assert scene.head.submit(PAGE, address, how="拧紧了").status_code == 303
    assert "处理好的 1 条" in text_of(scene.head.get(PAGE))
    form = {"csrf_token": scene.head.token(), "key": "a-key-of-the-head", "how": "又拧了"}
    answer = scene.head.post(address, data=form)
    assert answer.status_code == 422
    assert "这条隐患已经有人处理好了。" in text_of(answer)


@pytest.mark.parametrize("words", ["", "x", "长" * 201])
def test_a_hazard_needs_words_that_fit(scene: Scene, words: str) -> None:
    assert scene.carer.submit(PAGE, f"{PAGE}/hazards", words=words).status_code == 422


def test_whose_certificate_is_over_is_named(scene: Scene) -> None:
    staffed(scene)
    with transaction() as session:
        late = a_carer(
            session, scene.house.ours, "林四", "13900000099",
            health_until=MONDAY - timedelta(days=1),
        )  # fmt: skip
        soon = a_carer(
            session, scene.house.ours, "林五", "13900000098",
            health_until=MONDAY + timedelta(days=9),
        )  # fmt: skip
        for carer_id in (late, soon):
            on_duty(session, scene.house.ours, carer_id, scene.house.younger, [MONDAY])
    assert points(scene.head)[1] == "林四没有有效的健康证，不能带班。"


def reminded(browser: SiteClient, address: str) -> list[str]:
    """What the desk says in red, with the words of the link."""
    found = browser.page(address).xpath("//p[contains(@class, 'note bad')]/span[a]")
    return [" ".join(one.text_content().split()) for one in found]


@pytest.mark.parametrize("address", ["/desk", "/desk/attendance"])
def test_the_desk_says_in_red_that_the_house_is_not_opened_and_why(
    scene: Scene, address: str
) -> None:
    staffed(scene)
    scene.carer.submit(PAGE, f"{PAGE}/hazards", words="走廊灯坏了")
    assert reminded(scene.carer, address) == [
        "今天还没有做开门检查。 去检查，开门", "有 1 条隐患没处理。 去处理"
    ]  # fmt: skip
    scene.head.submit(PAGE, PAGE, reason="走廊不走人，从后门进")
    assert reminded(scene.carer, address) == ["有 1 条隐患没处理。 去处理"]
    number = db.session().scalars(sa.select(Hazard.id)).one()
    scene.head.submit(PAGE, f"{PAGE}/hazards/{number}/mending", how="换了灯")
    assert reminded(scene.carer, address) == []


@pytest.mark.parametrize("when", ["2026-11-28T08:00:00+08:00", "2026-11-23T19:00:00+08:00"])
def test_nothing_is_said_on_a_shut_day_and_in_the_evening(scene: Scene, when: str) -> None:
    with clock.standing_at(when):
        assert reminded(a_browser(scene.app, HEAD), "/desk") == []


def test_a_shut_day_needs_no_opening(scene: Scene) -> None:
    with clock.standing_at("2026-11-28T08:00:00+08:00"):
        head = a_browser(scene.app, HEAD)
        assert "今天不开放。" in text_of(head.get(PAGE))
        form = {"csrf_token": head.token(), "key": "a-key-of-the-head"}
        assert "今天不开放，不用开门检查。" in text_of(head.post(PAGE, data=form))


def test_opening_twice_keeps_who_was_first(scene: Scene) -> None:
    staffed(scene)
    scene.carer.submit(PAGE, PAGE)
    form = {"csrf_token": scene.head.token(), "key": "a-key-of-the-head"}
    assert scene.head.post(PAGE, data=form).status_code == 303
    assert len(opened()) == 1


def test_the_hazard_of_another_house_does_not_exist(scene: Scene) -> None:
    scene.carer.submit(PAGE, f"{PAGE}/hazards", words="走廊灯坏了")
    number = db.session().scalars(sa.select(Hazard.id)).one()
    form = {"csrf_token": scene.other.token(), "key": "a-key-of-zhao-1", "how": "拧紧了"}
    answer = scene.other.post(f"{PAGE}/hazards/{number}/mending", data=form)
    assert answer.status_code == 404
    assert "走廊" not in text_of(scene.other.get(PAGE))


def test_the_page_asks_the_same_for_any_number_of_hazards(scene: Scene, count_queries) -> None:  # type: ignore[no-untyped-def]
    costs = []
    for number in range(3):
        with count_queries() as seen:
            scene.head.get(PAGE)
        costs.append(len(seen))
        scene.carer.submit(PAGE, f"{PAGE}/hazards", words=f"第 {number} 处")
    assert costs[1] == costs[2]
