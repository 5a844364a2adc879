"""The pages of ordering as a family uses them, without a script, and what they refuse."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.client import SiteClient, text_of
from tests.integration.meals.place import TUESDAY, WEDNESDAY, a_place
from tests.integration.meals.test_benefits import RULES
from tests.makers import a_bond, a_menu, an_account, an_elder
from ylyx_site.benefits.reading import read_file
from ylyx_site.benefits.service.importing import import_rules
from ylyx_site.facilities.kinds import ClosureKind
from ylyx_site.facilities.models import Closure
from ylyx_site.families.kinds import Group
from ylyx_site.families.models import PersonAddress, PersonGroup
from ylyx_site.identity.models import Account
from ylyx_site.ledger import findings
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import MealOrder, MenuItem, OrderedMeal
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

ORDERED = "/meals/orders/"


@dataclass(frozen=True, slots=True)
class Town:
    """What has been committed: the canteen, its set and fish, wang's mother, li's."""

    canteen: int
    set_id: int
    fish: int
    elder: int
    foreign: int

    @property
    def new(self) -> str:
        """The page on which Tuesday's lunch is ordered for wang's mother."""
        return (
            f"/meals/{self.canteen}/orders/new?person_id={self.elder}&date={TUESDAY}&meal=lunch"
            f"&set-{self.set_id}=1"
        )  # fmt: skip


@pytest.fixture
def town(app: Flask) -> Town:
    """Wang has an elder and li another; both know the same canteen; a sister of wang's too."""
    with transaction() as session:
        place = a_place(session)
        a_menu(session, place.canteen.id, WEDNESDAY, (place.meal_set, 5))
        wang = an_account(session, name="王建国")
        li = an_account(session, "13800000002", "李先生")
        sister = an_account(session, "13800000009", "王小妹")
        elder = an_elder(session, wang.id)
        a_bond(session, elder.id, sister.id)
        foreign = an_elder(session, li.id, "李奶奶")
        return Town(place.canteen.id, place.meal_set.id, place.fish.id, elder.id, foreign.id)


@pytest.fixture
def wang(client: SiteClient, town: Town) -> SiteClient:
    """Wang's browser."""
    client.sign_in_as("13800000001")
    return client


def order_form(client: SiteClient, town: Town, **changes: object) -> dict[str, object]:
    """The fixed fields of an order, straight from the design."""
    return {
        "csrf_token": client.token(), "key": "a-key-of-wangs-1", "person_id": town.elder,
        "date": TUESDAY.isoformat(), "meal": "lunch", f"set-{town.set_id}": "1",
        "serving": "pick_up",
    } | changes  # fmt: skip


def orders() -> int:
    """How many orders there are, by a fresh look."""
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(MealOrder)) or 0


def test_search_menu_and_order_pages_lead_to_a_ticket(wang: SiteClient, town: Town) -> None:
    search = wang.page(f"/meals?date={TUESDAY}&meal=lunch")
    assert [h.text_content().strip() for h in search.xpath("//article//h2")] == ["平安社区老年食堂"]
    menu = wang.page(f"/meals/{town.canteen}?date={TUESDAY}&meal=lunch")
    assert [h.text_content().strip() for h in menu.xpath("//article//h3")] == [
        "两荤一素套餐",
        "清蒸鲈鱼",
    ]
    answer = wang.submit(town.new, "/orders")
    assert (answer.status_code, answer.location[: len(ORDERED)]) == (303, ORDERED)
    ticket = wang.page(answer.location)
    assert ticket.xpath("//h1")[0].text_content().strip() == "已经订好"
    assert "尾号 0082" in ticket.xpath("//main")[0].text_content()
    assert findings(db.session()) == []


def test_the_page_works_out_the_same_price_as_the_order(wang: SiteClient, town: Town) -> None:
    quote = wang.get(
        f"/meals/{town.canteen}/quote?person_id={town.elder}&date={TUESDAY}&meal=lunch"
        f"&set-{town.set_id}=2&serving=delivery",
        headers={"HX-Request": "true", "HX-Target": "quote"},
    )  # fmt: skip
    assert quote.status_code == 200
    assert f'value="{town.elder}:3200"' in quote.text
    form = order_form(
        wang, town, **{f"set-{town.set_id}": "2", "serving": "delivery",
                       "quoted": f"{town.elder}:3200"}
    )  # fmt: skip
    assert wang.post(f"/meals/{town.canteen}/orders", data=form).status_code == 303
    row = db.session.scalars(sa.select(OrderedMeal)).one()
    assert (row.goods_fen, row.fee_fen, row.benefit_fen) == (3000, 200, 0)


def test_the_same_form_sent_twice_is_one_order(wang: SiteClient, town: Town) -> None:
    form = order_form(wang, town)
    first = wang.post(f"/meals/{town.canteen}/orders", data=form)
    second = wang.post(f"/meals/{town.canteen}/orders", data=form)
    assert (second.status_code, second.location) == (303, first.location)
    assert orders() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"set": "-1"}, "份数请填整数，例如 1。"),
        ({"set": "0"}, "还没有选菜。请至少选一份。"),
        ({"set": "1000000000"}, "一个人一餐最多订 9 份。人多请打电话给食堂。"),
        ({"set": "1.5"}, "份数请填整数，例如 1。"),
        ({"set": "１０"}, "一个人一餐最多订 9 份。人多请打电话给食堂。"),
        ({"date": "2026-11-29"}, "食堂这一天休息。请换一天，或看看别的食堂。"),
        ({"date": "2026-11-26"}, "这一天的菜单还没有公布。请换一天，或过几天再来看。"),
        ({"date": "2026-02-30"}, "没有这一天。请选日历上有的日子。"),
        ({"date": ""}, "请选哪一天。"),
        ({"meal": "supper"}, "请选早餐、午餐还是晚餐。"),
        ({"meal": "breakfast"}, "这家食堂不供应这一餐。请换一餐，或看看别的食堂。"),
        ({"serving": "drone"}, "请选怎么取餐：堂食、自取，还是送到家。"),
        ({"serving": ""}, "请选怎么取餐：堂食、自取，还是送到家。"),
        ({"person_id": ""}, "页面不完整，请重新打开这一页再试。"),
        ({"dish-999999999": "1"}, "您选的菜不在这一餐的菜单上。请按现在的菜单重新选。"),
        ({"key": ""}, "页面不完整，请重新打开这一页再试。"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    wang: SiteClient, town: Town, changes: dict[str, str], sentence: str
) -> None:
    named = {(f"set-{town.set_id}" if name == "set" else name): v for name, v in changes.items()}
    answer = wang.post(f"/meals/{town.canteen}/orders", data=order_form(wang, town, **named))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert orders() == 0


def test_the_second_of_the_cut_off_is_too_late_and_the_one_before_is_not(
    wang: SiteClient, town: Town
) -> None:
    address, seconds = f"/meals/{town.canteen}/orders", timedelta(seconds=1)
    with clock.standing_at(clock.instant_at(TUESDAY, 540)):
        wang.sign_in_as("13800000001")
        answer = wang.post(address, data=order_form(wang, town))
        assert answer.status_code == 422
        assert "这一餐在 11 月 24 日 09:00 截止了。请订下一餐，或打电话给食堂。" in text_of(answer)
        assert orders() == 0
    with clock.standing_at(clock.instant_at(TUESDAY, 540) - seconds):
        wang.sign_in_as("13800000001")
        assert wang.post(address, data=order_form(wang, town)).status_code == 303


def test_a_dish_that_another_canteen_sells_that_day_is_not_on_the_menu(
    wang: SiteClient, town: Town
) -> None:
    with transaction() as session:
        foreign = a_place(session).fish.id
    form = order_form(wang, town, **{f"set-{town.set_id}": "", f"dish-{foreign}": "1"})
    answer = wang.post(f"/meals/{town.canteen}/orders", data=form)
    assert answer.status_code == 422
    assert "您选的菜不在这一餐的菜单上。请按现在的菜单重新选。" in text_of(answer)
    assert orders() == 0


def test_a_day_on_which_the_canteen_shuts_says_why(wang: SiteClient, town: Town) -> None:
    with transaction() as session:
        session.add(
            Closure(
                facility_id=town.canteen, first_day=TUESDAY, last_day=TUESDAY,
                kind=ClosureKind.OWN, reason="设备检修",
            )
        )  # fmt: skip
    answer = wang.post(f"/meals/{town.canteen}/orders", data=order_form(wang, town))
    assert answer.status_code == 422
    assert "设备检修" in text_of(answer)
    assert orders() == 0


def test_a_door_outside_the_area_gets_no_delivery(wang: SiteClient, town: Town) -> None:
    with transaction() as session:
        session.execute(sa.update(PersonAddress).values(division_code="500111002"))
    form = order_form(wang, town, serving="delivery")
    answer = wang.post(f"/meals/{town.canteen}/orders", data=form)
    assert answer.status_code == 422
    assert "陈桂芳的住址不在送餐范围" in text_of(answer)
    assert orders() == 0


def test_evidence_that_expired_yesterday_is_refused_in_a_sentence_until_its_price_is_seen(
    wang: SiteClient, town: Town
) -> None:
    lapse(town)
    address = f"/meals/{town.canteen}/orders"
    for shown in ({}, {"quoted": f"{town.elder}:1100"}):  # unseen, or as it was shown before
        answer = wang.post(address, data=order_form(wang, town, **shown))
        assert answer.status_code == 422
        assert (
            "陈桂芳的低保登记2026年11月23日到期了，没有这项补贴，要多付 ¥4.00。"
            "请到社区续办；现在就要订，看清下面的价钱再点一次。"
        ) in text_of(answer)
        assert f'value="{town.elder}:1500"' in answer.text
        assert "低保的登记2026年11月23日到期了，还没有续办。请到社区登记。" in text_of(answer)
        assert orders() == 0
    seen = order_form(wang, town, quoted=f"{town.elder}:1500")
    assert wang.post(address, data=seen).status_code == 303


def test_what_is_shown_for_a_second_meal_is_the_full_price_that_is_charged(
    wang: SiteClient, town: Town
) -> None:
    with transaction() as session:
        import_rules(session, read_file(RULES), actor_id=None, today=clock.today(), now=clock.now())
        give_group(session, town.elder, None)
    first = wang.page(town.new).xpath("//article[1]//*[contains(@class, 'money')]")
    assert [one.text_content() for one in first] == ["¥11.00", "原价¥15.00"]
    wang.submit(town.new, "/orders")
    again = wang.page(town.new).xpath("//article[1]//*[contains(@class, 'money')]")
    assert [one.text_content() for one in again] == ["¥15.00"]


def test_two_people_who_pay_different_prices_are_both_told(wang: SiteClient, town: Town) -> None:
    with transaction() as session:
        import_rules(session, read_file(RULES), actor_id=None, today=clock.today(), now=clock.now())
        give_group(session, town.elder, None)
        father = an_elder(session, owner(session), "王大山")
    page = wang.page(f"{town.new}&person_id={father.id}")
    shown = page.xpath("//article[1]//p[span[contains(@class, 'was')]]")[0].text_content()
    found = dict(zip(shown.split()[::2], shown.split()[1::2], strict=False))
    assert (found["王大山补贴后"], found["陈桂芳补贴后"]) == ("¥15.00", "¥11.00")


def test_whoever_changes_who_eats_is_shown_the_page_of_those_people(
    wang: SiteClient, town: Town
) -> None:
    with transaction() as session:
        father = an_elder(session, owner(session), "王大山")
    part = {"HX-Request": "true", "HX-Target": "order"}
    bare = town.new.replace(f"person_id={town.elder}", "serving=pick_up")
    one = wang.get(f"{bare}&person_id={father.id}", headers=part)
    assert (one.status_code, one.text.count("<html")) == (200, 0)
    assert "给王大山订餐" in text_of(one)
    nobody = wang.get(bare, headers=part)
    assert nobody.status_code == 422
    assert "checked" not in nobody.text.partition("怎么取餐")[0]
    assert "请选给谁订。" in text_of(nobody)


def test_a_meal_that_is_past_its_cut_off_is_no_choice(wang: SiteClient, town: Town) -> None:
    chips = "//nav[contains(@class, 'chips')]/a/@href"
    with clock.standing_at(clock.instant_at(TUESDAY, 540)):
        wang.sign_in_as("13800000001")
        page = wang.page(f"/meals/{town.canteen}/orders/new")
        assert [f"date={WEDNESDAY}" in link for link in page.xpath(chips)] == [True]


def test_one_of_two_people_is_cancelled_alone(wang: SiteClient, town: Town) -> None:
    with transaction() as session:
        father = an_elder(session, owner(session), "王大山")
    ticket = wang.submit(f"{town.new}&person_id={father.id}", "/orders").location
    links = wang.page(ticket).xpath(f"//a[contains(@href, 'person_id={father.id}')]/@href")
    asked = wang.page(links[0]).xpath("//form[contains(@action, 'cancellation')]//li")
    assert ["王大山" in one.text_content() for one in asked] == [True]
    assert wang.submit(links[0], "/cancellation").status_code == 303
    live = db.session.scalars(
        sa.select(OrderedMeal.person_id).where(OrderedMeal.state == MealState.ORDERED)
    )
    assert list(live) == [town.elder]
    assert findings(db.session()) == []


def owner(session: Session) -> int:
    """Wang's account."""
    return session.scalars(sa.select(Account.id).where(Account.name == "王建国")).one()


def give_group(session: Session, person_id: int, last: date | None) -> None:
    """低保, until a day or for ever."""
    session.add(
        PersonGroup(
            person_id=person_id, group=Group.MINIMUM_LIVING, evidence="低保证",
            valid_from=date(2026, 1, 1), valid_to=last,
        )
    )  # fmt: skip


def test_evidence_that_was_renewed_is_not_spoken_of(wang: SiteClient, town: Town) -> None:
    lapse(town)
    with transaction() as session:
        session.add(
            PersonGroup(
                person_id=town.elder, group=Group.MINIMUM_LIVING, evidence="低保证",
                valid_from=TUESDAY, valid_to=None,
            )
        )  # fmt: skip
    page = wang.get(f"{town.new}&serving=pick_up")
    assert f'value="{town.elder}:1100"' in page.text
    assert "到期" not in text_of(page)
    form = order_form(wang, town)
    assert wang.post(f"/meals/{town.canteen}/orders", data=form).status_code == 303


def lapse(town: Town) -> None:
    """The mother's 低保 held until the day before Tuesday."""
    with transaction() as session:
        import_rules(session, read_file(RULES), actor_id=None, today=clock.today(), now=clock.now())
        give_group(session, town.elder, TUESDAY - timedelta(days=1))


def test_a_person_of_another_family_is_404(wang: SiteClient, town: Town) -> None:
    form = order_form(wang, town, person_id=town.foreign)
    assert wang.post(f"/meals/{town.canteen}/orders", data=form).status_code == 404
    assert wang.get(town.new.replace(str(town.elder), str(town.foreign))).status_code == 404
    assert orders() == 0


def test_what_is_no_canteen_is_404(wang: SiteClient, town: Town) -> None:
    assert wang.get("/meals/999999999").status_code == 404
    assert wang.get("/meals/999999999/orders/new").status_code == 404


def test_a_changed_price_answers_409_with_the_new_figures(wang: SiteClient, town: Town) -> None:
    form = order_form(wang, town, quoted=f"{town.elder}:1500")
    with transaction() as session:
        session.execute(sa.update(MenuItem).values(price_fen=1600))
    answer = wang.post(f"/meals/{town.canteen}/orders", data=form)
    assert answer.status_code == 409
    assert f'value="{town.elder}:1600"' in answer.text
    assert orders() == 0


def test_a_dish_taken_off_while_it_was_looked_at_is_409_with_the_menu_of_now(
    wang: SiteClient, town: Town
) -> None:
    form = order_form(wang, town, quoted=f"{town.elder}:1500")
    with transaction() as session:
        gone = sa.update(MenuItem).where(MenuItem.set_id == town.set_id)
        session.execute(gone.values(withdrawn_at=clock.now()))
    answer = wang.post(f"/meals/{town.canteen}/orders", data=form)
    assert answer.status_code == 409
    assert "您看的时候，食堂撤下了您选的菜。请按现在的菜单重新选，再确认一次。" in text_of(answer)
    assert "两荤一素套餐" not in text_of(answer)
    assert "清蒸鲈鱼" in text_of(answer)
    assert orders() == 0


def test_the_second_child_confirms_the_full_price(app: Flask, wang: SiteClient, town: Town) -> None:
    assert wang.submit(town.new, "/orders").status_code == 303
    sister = app.test_client()
    sister.sign_in_as("13800000009")
    told = sister.submit(town.new, "/orders")
    assert told.status_code == 409
    assert "王*国已经给陈桂芳订了这一餐：两荤一素套餐。" in text_of(told)
    assert f'value="{town.elder}:1500"' in told.text
    assert orders() == 1
    assert sister.submit(town.new, "/orders", again="1").status_code == 303
    assert orders() == 2


def test_who_orders_the_same_meal_again_is_spoken_to(wang: SiteClient, town: Town) -> None:
    assert wang.submit(town.new, "/orders").status_code == 303
    told = wang.submit(town.new, "/orders")
    assert told.status_code == 409
    assert "您已经给陈桂芳订了这一餐：两荤一素套餐。再订一份按原价付，请确认。" in text_of(told)
    assert orders() == 1


def test_the_quote_says_what_the_person_avoids_whoever_was_ticked_last(
    wang: SiteClient, town: Town
) -> None:
    fields = f"person_id={town.elder}&date={TUESDAY}&meal=lunch&serving=pick_up"
    parts = {"HX-Request": "true", "HX-Target": "quote"}
    quote = f"/meals/{town.canteen}/quote?{fields}"
    fish = wang.get(f"{quote}&dish-{town.fish}=1", headers=parts)
    assert "陈桂芳忌鱼" in text_of(fish)
    assert "忌" not in text_of(wang.get(f"{quote}&set-{town.set_id}=1", headers=parts))


def test_cancelling_asks_once_and_gives_it_all_back(wang: SiteClient, town: Town) -> None:
    ticket = wang.submit(town.new, "/orders").location
    assert wang.submit(f"{ticket}/cancellation").status_code == 303
    assert wang.page(ticket).xpath("//h1")[0].text_content().strip() == "已取消"
    assert findings(db.session()) == []


def test_past_the_cut_off_the_ticket_offers_no_cancelling(wang: SiteClient, town: Town) -> None:
    ticket = wang.submit(town.new, "/orders").location
    with clock.standing_at(clock.instant_at(TUESDAY, 540)):
        wang.sign_in_as("13800000001")
        page = wang.page(ticket)
        assert page.xpath("//a[contains(@href, 'cancellation')]") == []
        token = {"csrf_token": wang.token()}
        answer = wang.post(f"{ticket}/cancellation", data=token)
        assert answer.status_code == 422
        assert "已经过了截止时间，厨房开始备餐了，不能取消。有急事请打电话给食堂。" in text_of(
            answer
        )


def test_undoing_is_offered_for_ten_minutes(wang: SiteClient, town: Town) -> None:
    ticket = wang.submit(town.new, "/orders").location
    with clock.moved(timedelta(minutes=9, seconds=59)):
        assert wang.submit(ticket, "/undo").status_code == 303
    assert orders() == 1
    assert wang.page(ticket).xpath("//h1")[0].text_content().strip() == "已取消"


def test_tickets_lists_and_cards_of_another_family_are_404(
    app: Flask, wang: SiteClient, town: Town
) -> None:
    ticket = wang.submit(town.new, "/orders").location
    assert wang.page(f"{ticket}/card").xpath("//p[@class='code']") != []
    li = app.test_client()
    li.sign_in_as("13800000002")
    for address in (ticket, f"{ticket}/card", f"{ticket}/cancellation"):
        assert li.get(address).status_code == 404
    for address in (f"{ticket}/cancellation", f"{ticket}/undo"):
        assert li.post(address, data={"csrf_token": li.token()}).status_code == 404
    assert "还没有订餐。" in text_of(li.get("/meals/orders"))


def test_without_a_script_a_changed_number_is_shown_with_its_price_before_it_is_charged(
    wang: SiteClient, town: Town
) -> None:
    bare = town.new.rpartition("&")[0]
    shown = wang.submit(bare, "/orders", **{f"set-{town.set_id}": "2"})
    assert shown.status_code == 409
    assert "价钱算好了，在下面。" in text_of(shown)
    assert f'value="{town.elder}:3000"' in shown.text
    assert orders() == 0


def test_working_out_the_price_without_a_script_writes_nothing(
    wang: SiteClient, town: Town
) -> None:
    answer = wang.submit(town.new, "/orders", show="1", **{f"set-{town.set_id}": "3"})
    assert answer.status_code == 200
    assert f'value="{town.elder}:4500"' in answer.text
    assert orders() == 0


def test_the_usual_again_is_offered_for_the_next_day_that_can_be(
    wang: SiteClient, town: Town
) -> None:
    wang.submit(town.new, "/orders")
    fields = f"person_id={town.elder}&date={WEDNESDAY}&meal=lunch&serving=pick_up"
    page = f"/meals/{town.canteen}/orders/new"
    assert usuals(wang) == [
        f"{page}?{fields}&set-{town.set_id}=1", f"{page}?{fields.rpartition('&')[0]}"
    ]  # fmt: skip
    assert wang.submit(usuals(wang)[0], "/orders").status_code == 303
    assert usuals(wang) == [f"{page}?person_id={town.elder}"]  # no third day has a menu


def test_the_usual_is_not_offered_for_a_day_that_has_run_out_of_it(
    wang: SiteClient, town: Town
) -> None:
    wang.submit(town.new, "/orders")
    with transaction() as session:
        session.execute(sa.update(MenuItem).values(withdrawn_at=clock.now()))
    assert usuals(wang) == [f"/meals/{town.canteen}/orders/new?person_id={town.elder}"]


def test_each_elder_has_a_usual_and_one_without_is_led_to_canteens_near_home(
    wang: SiteClient, town: Town
) -> None:
    with transaction() as session:
        father = an_elder(session, owner(session), "王大山")
    wang.submit(town.new, "/orders")
    assert usuals(wang)[-1] == f"/meals?person_id={father.id}"
    near = wang.page(f"/meals?person_id={father.id}&date={TUESDAY}&meal=lunch")
    assert near.xpath("//h1")[0].text_content() == "王大山家附近，哪家食堂有饭"
    link = near.xpath("//article//a[contains(@href, '/orders/new')]/@href")[0]
    assert link.endswith(f"date={TUESDAY}&meal=lunch&person_id={father.id}")
    order = wang.page(link)
    assert order.xpath("//h1")[0].text_content() == "给王大山订餐"


def usuals(client: SiteClient) -> list[str]:
    """The links of 「跟上次一样」."""
    return list(client.page("/meals").xpath("//section[@id='usuals']//a/@href"))


def test_signed_out_people_see_menus_and_are_asked_to_sign_in_to_order(
    client: SiteClient, town: Town
) -> None:
    assert client.get(f"/meals/{town.canteen}").status_code == 200
    answer = client.get(f"/meals/{town.canteen}/orders/new")
    assert (answer.status_code, answer.location[:14]) == (303, "/sign-in?next=")


def test_menu_and_search_ask_the_same_for_one_row_and_thirty(
    wang: SiteClient, town: Town, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    counts = []
    for more in (0, 5):
        with transaction() as session:
            for _number in range(more):
                a_place(session)
        for address in (f"/meals/{town.canteen}?date={TUESDAY}&meal=lunch", "/meals"):
            wang.get(address)
            with count_queries() as statements:
                wang.get(address)
            counts.append(len(statements))
    assert counts[:2] == counts[2:]
    assert counts[0] <= 8
