"""The month's settlement: from what was served, line by line, changed only by further lines."""

import io
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from openpyxl import load_workbook

from tests.client import text_of
from tests.integration.serving.conftest import MANAGER, browser
from tests.integration.settlement.conftest import Month, serve
from ylyx_site.journal.models import JournalEntry
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.service.handing import undo
from ylyx_site.settlement.models import SettledLine, Settlement
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

PAGE = "/desk/settlement"


def lines() -> list[tuple[int, int, str, int]]:
    """(which settlement, meal or correction, who pays, fen) of every line."""
    db.session.rollback()
    rows = db.session().execute(
        sa.select(
            Settlement.number, SettledLine.source_id, SettledLine.pays, SettledLine.fen
        )
        .join(Settlement, Settlement.id == SettledLine.settlement_id)
        .order_by(Settlement.number, SettledLine.source, SettledLine.source_id, SettledLine.pays)
    )  # fmt: skip
    return [(row.number, row.source_id, row.pays.value, row.fen) for row in rows]


def the_file(month: Month) -> Any:
    """The month's workbook."""
    with month.manager.get(f"{PAGE}/sheets.xlsx?month=2026-11") as answer:
        return load_workbook(io.BytesIO(answer.data))


def take_back(month: Month, meal_id: int) -> None:
    """The manager takes a hand-over back."""
    with transaction() as session:
        undo(
            session, meal_id, facility_id=month.hall.canteen,
            actor_id=month.hall.accounts[MANAGER], now=clock.now(), is_manager=True,
        )  # fmt: skip


def test_only_what_was_served_is_settled_to_the_fen(month: Month) -> None:
    with_benefit, plain, _missed = month.hall.meals
    answer = month.manager.submit(PAGE, PAGE, purpose="报区民政局")
    assert answer.status_code == 303, text_of(answer)
    assert lines() == [
        (1, with_benefit, "city", 300), (1, with_benefit, "district", 200),
        (1, with_benefit, "person", 1000), (1, plain, "person", 1500),
    ]  # fmt: skip
    page = text_of(month.manager.get(PAGE))
    assert "都结算过了，没有新的变化。" in page
    assert "第 1 次结算" in page


def test_a_change_is_a_further_line_and_what_was_settled_stays(month: Month) -> None:
    with_benefit, plain, missed = month.hall.meals
    month.manager.submit(PAGE, PAGE, purpose="报区民政局")
    first = lines()
    take_back(month, plain)
    serve(month.hall, missed, how=HandedHow.DELIVERED)
    page = text_of(month.manager.get(PAGE))
    assert "上次结算以后有 3 处变化" in page
    month.manager.submit(PAGE, PAGE, purpose="补报")
    assert lines() == [
        *first, (2, plain, "person", -1500), (2, missed, "fee", 200), (2, missed, "person", 1500),
    ]  # fmt: skip
    sums = [fen for _number, source, _pays, fen in lines() if source == plain]
    assert sum(sums) == 0
    assert with_benefit in {source for _number, source, _pays, _fen in lines()}


def test_settling_twice_adds_nothing(month: Month) -> None:
    form = {"csrf_token": month.manager.token(), "month": "2026-11", "purpose": "报区民政局"}
    assert month.manager.post(PAGE, data=form | {"key": "first-key-1234"}).status_code == 303
    answer = month.manager.post(PAGE, data=form | {"key": "second-key-123"})
    assert answer.status_code == 422
    assert "没有新的变化，不用再做一次。" in text_of(answer)
    assert len({number for number, *_rest in lines()}) == 1


def test_a_correction_needs_a_reason_and_counts_from_the_next_settlement(month: Month) -> None:
    month.manager.submit(PAGE, PAGE, purpose="报区民政局")
    address = f"{PAGE}/corrections"
    typed = {"pays": "district", "way": "less", "fen": "1.50"}
    assert month.manager.submit(PAGE, address, **typed, why="").status_code == 422
    assert month.manager.submit(PAGE, address, **typed, why="区里核减").status_code == 303
    month.manager.submit(PAGE, PAGE, purpose="更正")
    assert lines()[-1][2:] == ("district", -150)


@pytest.mark.parametrize("fen", ["", "0", "-3", "很多", "999999999"])
def test_a_correction_of_nothing_or_too_much_is_refused(month: Month, fen: str) -> None:
    typed = {"pays": "city", "way": "more", "fen": fen, "why": "试一试"}
    assert month.manager.submit(PAGE, f"{PAGE}/corrections", **typed).status_code == 422


@pytest.mark.parametrize("asked", ["2026-13", "november", "2026-1"])
def test_what_is_no_month_is_said(month: Month, asked: str) -> None:
    answer = month.manager.get(f"{PAGE}?month={asked}")
    assert answer.status_code == 422
    assert "没有这个月份。" in text_of(answer)


def test_a_month_without_meals_is_empty_and_cannot_be_settled(month: Month) -> None:
    assert "这个月还没有可以结算的餐。" in text_of(month.manager.get(f"{PAGE}?month=2026-10"))
    form = {
        "csrf_token": month.manager.token(), "key": "a-key-of-twenty", "month": "2027-03",
        "purpose": "预先结算",
    }  # fmt: skip
    answer = month.manager.post(PAGE, data=form)
    assert answer.status_code == 422
    assert "这个月还没有开始" in text_of(answer)


def test_the_file_has_every_sheet_with_the_same_sums_and_no_formula(month: Month) -> None:
    month.manager.submit(PAGE, PAGE, purpose="=HYPERLINK(1)")
    book = the_file(month)
    assert book.sheetnames == ["按出资方", "按人", "每一餐", "更正记录"]
    payers = [row[4].value for row in book["按出资方"].iter_rows(min_row=2) if row[4].value]
    assert sum(map(Decimal, map(str, payers))) == Decimal(5)
    people = [row[9].value for row in book["按人"].iter_rows(min_row=2)]
    assert sum(map(Decimal, map(str, people))) == Decimal(25)
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert book["更正记录"].max_row == 1


def test_the_file_marks_what_has_changed_since_the_first_settlement(month: Month) -> None:
    month.manager.submit(PAGE, PAGE, purpose="报区民政局")
    take_back(month, month.hall.meals[1])
    month.manager.submit(PAGE, PAGE, purpose="更正")
    rows = [
        [cell.value for cell in row] for row in the_file(month)["更正记录"].iter_rows(min_row=2)
    ]
    assert rows == [[2, "2026-11-24", "周国强", "本人付", "", -15]]


def test_what_changed_since_stands_in_the_file_before_it_is_settled(month: Month) -> None:
    take_back(month, month.hall.meals[1])
    assert the_file(month)["更正记录"].max_row == 1  # nothing settled yet: nothing has changed
    month.manager.submit(PAGE, PAGE, purpose="报区民政局")
    serve(month.hall, month.hall.meals[1], how=HandedHow.DINE_IN)
    month.manager.submit(
        PAGE, f"{PAGE}/corrections", pays="district", way="less", fen="1.5", why="区里核减"
    )
    rows = [
        [cell.value for cell in row] for row in the_file(month)["更正记录"].iter_rows(min_row=2)
    ]
    assert rows == [
        ["还没结算", "", "区里核减", "区级补贴", "", -1.5],
        ["还没结算", "2026-11-24", "周国强", "本人付", "", 15],
    ]


def test_what_a_payer_pays_is_added_up_with_its_corrections(month: Month) -> None:
    for pays, fen in (("district", "1.50"), ("person", "2")):
        month.manager.submit(
            PAGE, f"{PAGE}/corrections", pays=pays, way="less", fen=fen, why="核减"
        )
    page = month.manager.page(PAGE)
    (table,) = page.xpath("//section[@aria-labelledby='payers']")
    rows = [
        (row.xpath("string(td[1])"), row.xpath("string(td[last()])"))
        for row in table.xpath(".//tbody/tr")
    ]
    assert rows == [
        ("市级补贴", "¥3.00"), ("区级补贴", "¥2.00"), ("区级补贴", "−¥1.50"), ("", "¥0.50"),
        ("本人付", "−¥2.00"),
    ]  # fmt: skip
    figures = page.xpath("//div[@class='figure']/b/text()")
    assert figures == ["2", "¥3.50", "¥23.00"]


def test_people_are_listed_by_pinyin_and_told_apart_by_their_last_digits(month: Month) -> None:
    serve(month.hall, month.hall.meals[2], how=HandedHow.DELIVERED)
    page = month.manager.page(PAGE)
    rows = page.xpath("//section[@aria-labelledby='people']//tbody/tr")
    shown = [" ".join(row.xpath("string(td[1])").split()) for row in rows]
    assert shown == ["陈桂芳 0082", "单秀英 0084", "周国强 0083"]
    book = the_file(month)
    assert [row[1].value for row in book["按人"].iter_rows(min_row=2)] == ["0082", "0084", "0083"]
    meals = {row[2].value: row[3].value for row in book["每一餐"].iter_rows(min_row=2)}
    assert meals == {"陈桂芳": "0082", "单秀英": "0084", "周国强": "0083"}


def test_who_took_the_file_away_is_journaled_and_printed_on_it(month: Month) -> None:
    said = [cell.value for cell in the_file(month)["按出资方"]["A"]]
    assert any("罗经理" in str(one) for one in said)
    actions = db.session().scalars(
        sa.select(JournalEntry.subject).where(JournalEntry.action == "settlement.sheets_read")
    )
    assert list(actions) == [f"settlement_month:{month.hall.canteen}-2026-11"]


def test_a_persons_month_is_listed_meal_by_meal(month: Month) -> None:
    address = f"{PAGE}/{month.hall.elders[0]}?month=2026-11"
    page = text_of(month.manager.get(address))
    assert "1 餐，本人共付¥10.00" in page
    missed = f"{PAGE}/{month.hall.elders[2]}?month=2026-11"
    assert month.manager.get(missed).status_code == 404


def test_another_canteen_and_a_clerk_see_nothing_of_it(month: Month) -> None:
    assert "陈桂芳" not in text_of(month.other.get(PAGE))
    assert month.other.get(f"{PAGE}/{month.hall.elders[0]}?month=2026-11").status_code == 404
    for address in (PAGE, f"{PAGE}/sheets.xlsx?month=2026-11"):
        assert month.clerk.get(address).status_code == 404


def test_the_page_asks_the_same_for_two_meals_and_three(
    app: Flask, month: Month, count_queries
) -> None:  # type: ignore[no-untyped-def]
    costs = []
    for _time in range(2):
        with count_queries() as seen:
            month.manager.get(PAGE)
        costs.append(len(seen))
        serve(month.hall, month.hall.meals[2], how=HandedHow.DELIVERED)
    assert costs[0] == costs[1]


def test_a_meal_entered_late_is_a_difference_and_a_further_line(app: Flask, month: Month) -> None:
    with_benefit, plain, missed = month.hall.meals
    take_back(month, missed)  # nobody had ticked it at all
    assert month.manager.submit(PAGE, PAGE, purpose="报区民政局").status_code == 303
    first = lines()
    assert {source for _number, source, *_rest in first} == {with_benefit, plain}
    with clock.standing_at("2026-12-02T09:00:00+08:00"):
        manager = browser(app, MANAGER)
        meal, sheet = f"/desk/collection/{missed}", f"{PAGE}?month=2026-11"
        assert "都结算过了" in text_of(manager.get(sheet))
        late = manager.submit(meal, f"{meal}/late", how="delivered", reason="送到了，忘了点")
        assert late.status_code == 303
        assert "上次结算以后有 2 处变化" in text_of(manager.get(sheet))
        assert lines() == first
        assert manager.submit(sheet, PAGE, purpose="补报").status_code == 303
        assert "都结算过了" in text_of(manager.get(sheet))
    assert lines() == [*first, (2, missed, "fee", 200), (2, missed, "person", 1500)]
