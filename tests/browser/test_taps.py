"""Taps without a network: kept on the device, shown as not sent, sent once when it is back."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.hand import Hand
from tests.browser.site import Site
from ylyx_site.journal.models import JournalEntry
from ylyx_site.serving.models import Handover
from ylyx_site.shared import clock
from ylyx_site.shared.db import db

COURIER, CARER, OTHER = "13800000022", "13800000011", "13800000020"
ROUNDS, BOARD = "/desk/rounds", "/desk/attendance"
TAPS = "**/desk/rounds/*/stops/*"


def results(site: Site) -> list[str]:
    """What the server knows of the round's meals."""
    with site.app.app_context():
        today = sa.select(Handover.how).where(Handover.day == clock.today())
        return sorted(one.value for one in db.session().scalars(today))


def tapped(site: Site, action: str) -> int:
    """How often the journal has this deed."""
    with site.app.app_context():
        count = sa.select(sa.func.count()).where(JournalEntry.action == action)
        return db.session().scalar(count) or 0


def kept(tab: Page) -> list[dict[str, Any]]:
    """What the device keeps."""
    return list(json.loads(tab.evaluate("localStorage.getItem('ylyx-taps')") or "[]"))


def at_stop(hand: Hand, nth: int, words: str) -> None:
    """Tap a button of the nth stop."""
    hand.tap(hand.tab.locator(".stop").nth(nth).get_by_role("button", name=words))


def cut_off(hand: Hand) -> None:
    """The network is gone; the browser's own words about it are no complaint."""
    hand.tab.context.set_offline(offline=True)


def back_again(hand: Hand) -> None:
    """The network is back, and the browser says so."""
    hand.tab.context.set_offline(offline=False)
    expect(hand.tab.locator("#unsent")).to_be_hidden(timeout=15_000)
    hand.take_complaints()  # of the time without a network


def test_taps_made_without_a_network_are_sent_once_each_when_it_is_back(
    site: Site, visit: Visit
) -> None:
    hand = visit(COURIER)
    hand.tab.goto(ROUNDS)
    cut_off(hand)
    at_stop(hand, 0, "送到")
    at_stop(hand, 1, "没人")
    at_stop(hand, 2, "邻居代收")
    expect(hand.tab.locator("#unsent")).to_contain_text("有 3 条还没发出")
    expect(hand.tab.locator(".stop").nth(1)).to_contain_text("还没发出：没人")
    assert (results(site), len(kept(hand.tab))) == ([], 3)
    back_again(hand)
    assert results(site) == ["delivered", "neighbour", "nobody"]
    assert (tapped(site, "rounds.tapped"), kept(hand.tab)) == (3, [])
    expect(hand.tab.locator(".stop").nth(1)).to_contain_text("没人")
    expect(hand.tab.locator("#progress")).to_contain_text("还有 9 站")


def test_what_is_kept_names_nobody_and_no_door(site: Site, visit: Visit) -> None:
    hand = visit(COURIER)
    hand.tab.goto(ROUNDS)
    name = hand.tab.locator(".stop h2").first.inner_text().split()[-1]
    cut_off(hand)
    at_stop(hand, 0, "送到")
    expect(hand.tab.locator("#unsent")).to_be_visible()
    text = json.dumps(kept(hand.tab), ensure_ascii=False)
    assert name[-2:] not in text and "平安小区" not in text and "csrf" not in text
    (tap,) = kept(hand.tab)
    assert set(tap) == {"owner", "address", "row", "fields", "words"}
    assert {field for field, _ in tap["fields"]} == {"key", "meal", "date", "result", "tapped_at"}
    back_again(hand)


def test_an_answer_that_is_lost_after_the_server_has_written_counts_once(
    site: Site, visit: Visit
) -> None:
    hand, sent = visit(COURIER), []

    def lose_the_answer(route: Route) -> None:
        sent.append(route.request.post_data)
        if len(sent) == 1:
            route.fetch()  # it arrives, and is written
            route.abort("connectionreset")
        else:
            route.continue_()

    hand.tab.goto(ROUNDS)
    hand.tab.route(TAPS, lose_the_answer)
    at_stop(hand, 0, "没人")
    expect(hand.tab.locator("#unsent")).to_contain_text("有 1 条还没发出")
    assert results(site) == ["nobody"]
    hand.tab.evaluate("dispatchEvent(new Event('online'))")
    expect(hand.tab.locator("#unsent")).to_be_hidden()
    assert [len(sent), sent[0] == sent[1]] == [2, True]
    assert (results(site), tapped(site, "rounds.tapped")) == (["nobody"], 1)
    assert tapped(site, "welfare.opened") == 1
    hand.take_complaints()


def test_a_kept_tap_waits_through_a_reload_and_through_a_server_that_is_down(
    site: Site, visit: Visit
) -> None:
    hand = visit(COURIER)
    hand.tab.goto(ROUNDS)
    hand.tab.route(TAPS, lambda route: route.fulfill(status=503, body="busy"))
    at_stop(hand, 0, "送到")
    expect(hand.tab.locator("#unsent")).to_contain_text("有 1 条还没发出")
    hand.tab.reload()
    expect(hand.tab.locator("#stop-" + _person(hand))).to_contain_text("还没发出：送到")
    hand.tab.unroute(TAPS)
    hand.tab.evaluate("dispatchEvent(new Event('online'))")
    expect(hand.tab.locator("#unsent")).to_be_hidden()
    assert (results(site), tapped(site, "rounds.tapped")) == (["delivered"], 1)
    hand.take_complaints()


def _person(hand: Hand) -> str:
    return (hand.tab.locator(".stop").first.get_attribute("id") or "").removeprefix("stop-")


def test_two_taps_at_one_stop_are_sent_in_their_order(site: Site, visit: Visit) -> None:
    hand = visit(COURIER)
    hand.tab.goto(ROUNDS)
    cut_off(hand)
    at_stop(hand, 0, "没人")
    expect(hand.tab.locator("#unsent")).to_contain_text("有 1 条")
    at_stop(hand, 0, "邻居代收")
    expect(hand.tab.locator("#unsent")).to_contain_text("有 2 条")
    back_again(hand)
    assert results(site) == ["neighbour"]
    assert tapped(site, "welfare.ended_collected") == 1


def test_a_refusal_is_shown_beside_the_stop_and_leaves_the_queue(site: Site, visit: Visit) -> None:
    hand = visit(COURIER)
    hand.tab.goto(ROUNDS)
    cut_off(hand)
    at_stop(hand, 0, "送到")
    expect(hand.tab.locator("#unsent")).to_contain_text("有 1 条")
    at_stop(hand, 0, "没人")
    expect(hand.tab.locator("#unsent")).to_contain_text("有 2 条")
    back_again(hand)
    expect(hand.tab.locator(".stop").first).to_contain_text("没有记上：没人。")
    expect(hand.tab.locator(".stop").first).to_contain_text("已经记过这一餐了")
    assert results(site) == ["delivered"]
    hand.tab.goto("/desk")  # nobody may have looked: it is told until it was read
    expect(hand.tab.locator(".unread")).to_contain_text("已经记过这一餐了")
    hand.tab.goto(ROUNDS)
    assert len(kept(hand.tab)) == 1
    assert name_of(hand) not in json.dumps(kept(hand.tab), ensure_ascii=False)
    hand.tap(hand.tab.get_by_role("button", name="知道了"))
    expect(hand.tab.locator(".unread")).to_have_count(0)
    assert (results(site), kept(hand.tab)) == (["delivered"], [])


def name_of(hand: Hand) -> str:
    """Whose stop the first one is."""
    return hand.tab.locator(".stop h2").first.inner_text().split()[-1]


def test_a_refusal_that_comes_at_once_is_not_kept(site: Site, visit: Visit) -> None:
    hand, other = visit(COURIER), visit(COURIER)
    for one in (hand, other):
        one.tab.goto(ROUNDS)
    at_stop(hand, 0, "送到")
    expect(hand.tab.locator(".stop").first).to_contain_text("送到 08:00")
    at_stop(other, 0, "没人")
    expect(other.tab.locator(".stop").first).to_contain_text("已经记过这一餐了")
    assert (results(site), kept(other.tab)) == (["delivered"], [])


def test_a_page_that_was_loaded_anew_without_a_network_has_lost_nothing(
    site: Site, visit: Visit
) -> None:
    hand = visit(COURIER)
    hand.tab.goto(ROUNDS)
    cut_off(hand)
    at_stop(hand, 0, "送到")
    at_stop(hand, 1, "没人")
    expect(hand.tab.locator("#unsent")).to_contain_text("有 2 条还没发出")
    assert results(site) == []
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        hand.tab.reload()
    hand.tab.context.set_offline(offline=False)
    hand.tab.goto("/desk")  # any page of the desk sends them
    expect(hand.tab.locator("#unsent")).to_be_hidden()
    hand.tab.goto(ROUNDS)
    expect(hand.tab.locator(".stop").nth(1)).to_contain_text("没人")
    assert (results(site), tapped(site, "rounds.tapped")) == (["delivered", "nobody"], 2)
    assert kept(hand.tab) == []
    hand.take_complaints()


@pytest.mark.parametrize("way", ["ended", "cookie gone"])
def test_a_session_that_ended_keeps_the_taps_and_asks_to_sign_in(
    site: Site, visit: Visit, way: str
) -> None:
    hand = visit(COURIER)
    hand.tab.goto(ROUNDS)
    cut_off(hand)
    at_stop(hand, 0, "送到")
    expect(hand.tab.locator("#unsent")).to_contain_text("有 1 条")
    _end_session(hand, site, way)
    hand.tab.context.set_offline(offline=False)
    expect(hand.tab.locator("#unsent")).to_contain_text("登录已经结束", timeout=15_000)
    assert (results(site), len(kept(hand.tab))) == ([], 1)
    hand.tap(hand.tab.get_by_role("link", name="重新登录"))
    _sign_in(hand, COURIER)
    hand.tab.goto(ROUNDS)
    expect(hand.tab.locator("#unsent")).to_be_hidden()
    expect(hand.tab.locator(".stop").first).to_contain_text("送到")
    assert results(site) == ["delivered"]
    hand.take_complaints()


def _end_session(hand: Hand, site: Site, way: str) -> None:
    if way == "cookie gone":
        hand.tab.context.clear_cookies(name="ylyx")
        return
    site._is_touched = True
    with site.app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE session SET ended_at = '2026-11-23 00:00:00' WHERE account_id ="
            " (SELECT id FROM account WHERE phone = '13800000022')"
        )


def _sign_in(hand: Hand, phone: str) -> None:
    form = hand.tab.locator("form", has=hand.tab.locator(f"input[name=phone][value='{phone}']"))
    form.get_by_role("button").click()
    hand.tab.wait_for_url(lambda address: "/sign-in" not in address)


def test_another_persons_session_sends_nothing_of_the_formers(site: Site, visit: Visit) -> None:
    """In a second window somebody else signs in; the first one still shows the courier's page."""
    hand = visit(COURIER)
    hand.tab.goto(ROUNDS)
    cut_off(hand)
    at_stop(hand, 0, "送到")
    expect(hand.tab.locator("#unsent")).to_contain_text("有 1 条")
    hand.tab.context.add_cookies([{"name": "ylyx", "value": site.keys[OTHER], "url": site.address}])
    hand.tab.context.set_offline(offline=False)
    expect(hand.tab.locator("#unsent")).to_contain_text("现在登录的是别人", timeout=15_000)
    hand.tab.goto(ROUNDS)
    expect(hand.tab.locator("#unsent")).to_contain_text("别人记的 1 条还没发出")
    assert (results(site), len(kept(hand.tab))) == ([], 1)
    hand.tab.context.add_cookies(
        [{"name": "ylyx", "value": site.keys[COURIER], "url": site.address}]
    )
    hand.tab.goto(ROUNDS)
    expect(hand.tab.locator("#unsent")).to_be_hidden()
    assert results(site) == ["delivered"]
    hand.take_complaints()


def test_signing_out_asks_twice_before_what_is_kept_is_thrown_away(
    site: Site, visit: Visit
) -> None:
    hand = visit(COURIER)
    hand.tab.goto(ROUNDS)
    hand.tab.route(TAPS, lambda route: route.abort())
    at_stop(hand, 0, "送到")
    expect(hand.tab.locator("#unsent")).to_contain_text("有 1 条")
    leave = hand.tab.get_by_role("button", name="退出")
    hand.tap(leave)
    expect(hand.tab.locator("#unsent")).to_contain_text("这些记录就丢掉了")
    hand.tap(leave)
    hand.tab.wait_for_url(site.address + "/")
    assert (kept(hand.tab), results(site)) == ([], [])
    hand.take_complaints()


def test_the_nurserys_day_board_keeps_taps_as_the_rounds_do(site: Site, visit: Visit) -> None:
    hand = visit(CARER)
    hand.tab.goto(BOARD)
    row = hand.tab.locator("tr", has=hand.tab.get_by_role("button", name="到了")).first
    row_id = row.get_attribute("id") or ""
    before = tapped(site, "attendance.arrived")
    cut_off(hand)
    sent: list[str] = []
    hand.tab.on("request", lambda one: sent.append(one.headers.get("x-tapped-ago", "none")))
    hand.tap(row.get_by_role("button", name="到了"))
    expect(hand.tab.locator(f"#{row_id}")).to_contain_text("还没发出：到了")
    expect(hand.tab.locator("#unsent a")).to_be_hidden()
    sent.clear()
    hand.tab.evaluate("""() => {
        const kept = JSON.parse(localStorage.getItem("ylyx-taps"));
        const at = kept[0].fields.find(([name]) => name === "tapped_at");
        at[1] = new Date(Date.now() - 25 * 60000).toISOString();
        localStorage.setItem("ylyx-taps", JSON.stringify(kept));
    }""")
    back_again(hand)
    assert any(one.isdigit() and 1500 <= int(one) < 1560 for one in sent)
    expect(hand.tab.locator(f"#{row_id}")).to_contain_text("补记")
    expect(hand.tab.locator(f"#{row_id}")).to_contain_text("在园")
    assert tapped(site, "attendance.arrived") == before + 1


def test_a_child_fetched_while_the_network_is_gone_leaves_when_it_is_back(
    site: Site, visit: Visit
) -> None:
    hand = visit(CARER)
    hand.tab.goto(BOARD)
    row = hand.tab.locator("tr", has=hand.tab.get_by_role("button", name="到了")).first
    row_id = row.get_attribute("id") or ""
    hand.tap(row.get_by_role("button", name="到了"))
    expect(hand.tab.locator(f"#{row_id}")).to_contain_text("在园")
    hand.tap(hand.tab.locator(f"#{row_id}").get_by_role("link", name="离园"))
    taker = hand.tab.locator("form[data-tap] button").first
    expect(taker).to_be_visible()
    caution = hand.tab.locator("[data-offline]")
    expect(caution).to_be_hidden()
    cut_off(hand)
    expect(caution).to_contain_text("先打电话给园长或监护人核对")
    hand.tap(taker)
    expect(hand.tab.locator("main")).to_contain_text("还没发出：离园")
    hand.tab.context.set_offline(offline=False)
    hand.tab.wait_for_url(lambda address: address.split("#")[0].endswith(BOARD))
    expect(hand.tab.locator(f"#{row_id}")).to_contain_text("已离园")
    assert (tapped(site, "attendance.left"), kept(hand.tab)) == (1, [])
    hand.take_complaints()


def test_without_a_script_a_tap_is_a_form(site: Site, visit: Visit) -> None:
    hand = visit(COURIER, java_script_enabled=False)
    hand.tab.goto(ROUNDS)
    at_stop(hand, 0, "送到")
    expect(hand.tab.locator(".stop").first).to_contain_text("送到 08:00")
    assert results(site) == ["delivered"]
