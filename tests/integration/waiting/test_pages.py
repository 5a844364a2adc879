"""The pages: from a full nursery to a booking, with and without signing in."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from flask import Flask

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.childcare.conftest import TUESDAY, Family, a_browser, a_family, a_house
from tests.integration.waiting.conftest import (
    agrees,
    cancels,
    entry_states,
    joins,
    ledger_file,
    offer_of,
    sweeps,
)
from ylyx_site.identity.roles import Role
from ylyx_site.notices.links import outward
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.waiting.models import PriorityGroup, WaitingOffer
from ylyx_site.waiting.service.tokens import token_of


def a_head(app: Flask, house: int, phone: str = "13800000010") -> SiteClient:
    """The head of a nursery, signed in."""
    with transaction() as session:
        account = makers.an_account(session, phone, "陈园长")
        makers.a_role(session, account, Role.HEAD, facility_id=house)
    return a_browser(app, phone)


def test_from_a_full_nursery_to_a_booking_by_the_link_of_the_message(
    app: Flask, wang: Family, full: int
) -> None:
    week = wang.browser.page(f"/childcare/{full}?week=2026-11-24&child={wang.child_id}")
    (full_day,) = week.xpath("//a[contains(@href, '/waiting/new') and contains(@href,'full_day')]")[
        :1
    ]
    joined = wang.browser.submit(str(full_day.get("href")))
    assert joined.status_code == 303
    assert "前面没有人要您这个时间" in text_of(wang.browser.get(joined.location))
    cancels(full)
    sweeps()
    offer = offer_of(next(iter(entry_states())))
    stranger = a_browser(app)
    address = outward(f"/waiting/offers/{offer.code}")
    page = text_of(stranger.get(address))
    assert "金星托育中心" in page and "3 小时 59 分钟" not in page and "4 小时" in page
    assert "明明" not in page and "王" not in page
    assert stranger.submit(address, "/acceptance").status_code == 303
    assert "已经约好了" in text_of(stranger.get(address))
    assert stranger.get("/waiting").status_code == 303
    assert agrees(full) == []


def test_a_link_is_not_stored_and_not_guessed(app: Flask, wang: Family, full: int) -> None:
    mine = joins(wang, full)
    cancels(full)
    sweeps()
    offer = offer_of(mine)
    token = token_of(offer.code)
    assert len(token) == 40 and token != offer.token_hash
    notices = db.session().query(Notice).filter(Notice.key.startswith("waiting.offered")).all()
    assert [one.link for one in notices] == [f"/waiting/offers/{offer.code}"]
    assert not any(token in one.link + one.filling + one.subject for one in notices)
    assert not any("明明" in one.filling for one in notices)
    assert a_browser(app).get(f"/waiting/answers/{'0' * 40}").status_code == 404
    assert a_browser(app).get(f"/waiting/answers/{offer.code}").status_code == 404


def test_the_link_works_once_and_expires(app: Flask, wang: Family, full: int) -> None:
    mine = joins(wang, full)
    cancels(full)
    sweeps()
    offer, stranger = offer_of(mine), a_browser(app)
    address = f"/waiting/answers/{token_of(offer.code)}"
    form = {"csrf_token": stranger.token(), "quoted": f"{TUESDAY}:6800"}
    with clock.standing_at(offer.expires_at):
        late = stranger.post(f"{address}/acceptance", data=form | {"key": "first-key-of-many"})
        assert (late.status_code, "已经过了回复时间" in late.text) == (422, True)
    dear = form | {"quoted": f"{TUESDAY}:1", "key": "second-key-of-many"}
    assert stranger.post(f"{address}/acceptance", data=dear).status_code == 409
    first = form | {"key": "third-key-of-many"}
    assert stranger.post(f"{address}/acceptance", data=first).status_code == 303
    assert stranger.post(f"{address}/acceptance", data=first).status_code == 303
    again = form | {"key": "fourth-key-of-many"}
    assert stranger.post(f"{address}/acceptance", data=again).status_code == 422
    assert (
        stranger.post(f"{address}/refusal", data=again | {"key": "5th-key-of-many"}).status_code
        == 422
    )
    assert entry_states() == {mine: "booked"}


def test_an_open_offer_stands_on_top_of_home_and_board(
    app: Flask, wang: Family, li: Family, full: int
) -> None:
    mine = joins(wang, full)
    cancels(full)
    sweeps()
    offer = offer_of(mine)
    for address in ("/", "/family", "/waiting", f"/waiting/{mine}"):
        assert f"/waiting/offers/{offer.code}" in wang.browser.get(address).text
        assert f"/waiting/offers/{offer.code}" not in li.browser.get(address).text
    answer = wang.browser.submit(f"/waiting/offers/{offer.code}", "/acceptance")
    assert answer.location.startswith("/childcare/bookings/")
    assert "金星托育中心" in text_of(wang.browser.get(answer.location))


def test_the_family_pauses_resumes_and_leaves(app: Flask, wang: Family, full: int) -> None:
    mine = joins(wang, full)
    assert wang.browser.submit(f"/waiting/{mine}", "/pause").status_code == 303
    assert "已暂停" in text_of(wang.browser.get("/waiting"))
    assert wang.browser.submit(f"/waiting/{mine}", "/resumption").status_code == 303
    assert wang.browser.submit(f"/waiting/{mine}/ending").status_code == 303
    assert entry_states() == {mine: "ended"}
    assert "没有在排的候补" in text_of(wang.browser.get("/waiting"))


def test_of_another_family_nothing_exists(app: Flask, wang: Family, li: Family, full: int) -> None:
    mine = joins(wang, full)
    cancels(full)
    sweeps()
    code = offer_of(mine).code
    for address in (f"/waiting/{mine}", f"/waiting/{mine}/ending", f"/waiting/offers/{code}"):
        assert li.browser.get(address).status_code == 404
    form = {"csrf_token": li.browser.token(), "key": "a-key-of-twenty-letters"}
    for address in (
        f"/waiting/{mine}/pause", f"/waiting/{mine}/ending", f"/waiting/{mine}/resumption",
        f"/waiting/offers/{code}/acceptance", f"/waiting/offers/{code}/refusal",
    ):  # fmt: skip
        assert li.browser.post(address, data=form).status_code == 404
    assert entry_states() == {mine: "offered"}


def test_a_priority_counts_once_the_head_has_seen_the_paper(
    app: Flask, wang: Family, li: Family, full: int
) -> None:
    with transaction() as session:
        session.add(
            PriorityGroup(
                division_code="500111", name="双职工困难家庭", paper="社区证明", rank=10,
                valid_from=TUESDAY.replace(month=1),
            )
        )  # fmt: skip
    first, second = joins(wang, full), joins(li, full)
    assert li.browser.submit(f"/waiting/{second}", "/priority").status_code == 303
    head, other = a_head(app, full), a_head(app, a_house(app, name="木星"), "13800000012")
    page = head.page("/desk/waiting")
    link = str(page.xpath("//main//a[contains(@href, '/priority/')]/@href")[0])
    assert other.get(link).status_code == 404
    assert "亮*" not in text_of(other.get("/desk/waiting"))
    assert head.submit(link, paper="社区证明原件", valid_to="2026-11-01").status_code == 422
    assert head.submit(link, paper="社区证明原件", valid_to="2026-12-31").status_code == 303
    cancels(full)
    sweeps()
    assert entry_states() == {first: "waiting", second: "offered"}
    assert agrees(full) == []


def test_what_another_nursery_has_seen_does_not_count_here(
    app: Flask, wang: Family, full: int
) -> None:
    other = a_house(app, registered_places=1, name="木星托育中心")
    a_family(app, "13800000098", "吴先生", "西西").books(other)
    with transaction() as session:
        group = PriorityGroup(
            division_code="500111", name="双职工困难家庭", paper="社区证明", rank=10,
            valid_from=TUESDAY.replace(month=1),
        )  # fmt: skip
        session.add(group)
    mine = joins(wang, full, other)
    assert wang.browser.submit(f"/waiting/{mine}", "/priority").status_code == 303
    seen, not_seen = a_head(app, full), a_head(app, other, "13800000012")
    link = str(seen.page("/desk/waiting").xpath("//main//a[contains(@href,'/priority/')]/@href")[0])
    assert seen.submit(link, paper="原件", valid_to="2026-12-31").status_code == 303
    assert "核对过" in text_of(seen.get("/desk/waiting"))
    page = text_of(not_seen.get("/desk/waiting"))
    assert ("核对材料" in page, "核对过" in page) == (True, False)


def test_the_desk_shows_its_own_queue_with_masked_names(
    app: Flask, wang: Family, full: int
) -> None:
    joins(wang, full)
    page = text_of(a_head(app, full).get("/desk/waiting"))
    assert "明明" not in page and "1岁8个月" in page and "1 号" in page
    other = a_head(app, a_house(app, name="木星托育中心"), "13800000012")
    assert "现在没有人在排" in text_of(other.get("/desk/waiting"))


def test_the_public_reads_the_rule_and_replays_the_ledger(
    app: Flask, wang: Family, li: Family, full: int, tmp_path: Path
) -> None:
    joins(wang, full), joins(li, full)
    cancels(full)
    sweeps()
    public = a_browser(app)
    assert "先排的在前" in text_of(public.get(f"/waiting/rules/{full}"))
    assert f"/waiting/rules/{full}" in public.get(f"/facilities/{full}").text
    answer = public.get(f"/waiting/rules/{full}/ledger.csv")
    assert answer.text == ledger_file(full) and "明明" not in answer.text
    file = tmp_path / "queue.csv"
    runner = app.test_cli_runner()
    file.write_text(answer.text, "utf-8")
    kept = runner.invoke(args=["waiting", "replay", str(file)])
    assert (kept.exit_code, kept.output) == (0, "3 lines, the order was kept\n")
    file.write_text(answer.text.replace(",joined,", ",ended,", 1), "utf-8")
    assert runner.invoke(args=["waiting", "replay", str(file)]).exit_code == 1


def test_pages_cost_the_same_for_one_entry_and_for_many(
    app: Flask,
    wang: Family,
    full: int,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    head = a_head(app, full)
    joins(wang, full)
    costs = []
    for number in range(2):
        with count_queries() as mine:
            wang.browser.get("/waiting")
        with count_queries() as desk:
            head.get("/desk/waiting")
        with count_queries() as rule:
            wang.browser.get(f"/waiting/rules/{full}")
        costs.append((len(mine), len(desk), len(rule)))
        if not number:
            for index in range(5):
                other = a_family(app, f"1390000000{index}", f"家{index}")
                joins(other, full)
            second = a_house(app, registered_places=1, name="木星托育中心")
            a_family(app, "13800000098", "吴先生", "西西").books(second)
            joins(wang, second)
    assert costs[0] == costs[1]
    assert db.session().query(WaitingOffer).count() == 0
