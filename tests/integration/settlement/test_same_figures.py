"""What is shown before ordering is what is ordered, settled and written into the file, to the fen.

Random rules are imported, random people order random meals under them, and most of it is served.
"""

import io
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from tests.makers import a_canteen, a_dish, a_menu, a_set, an_account, an_elder
from ylyx_site.benefits.reading import read_file
from ylyx_site.benefits.rules import Quote
from ylyx_site.benefits.service.importing import import_rules
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.kinds import Group
from ylyx_site.families.models import PersonGroup
from ylyx_site.ledger import findings
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.models import BenefitLine, MealOrder, OrderedMeal
from ylyx_site.meals.policy.planning import make_plan
from ylyx_site.meals.rules.wishes import MealWish, OrderWish
from ylyx_site.meals.service.orders import order
from ylyx_site.serving.kinds import HOW_BY_SERVING, HandedHow
from ylyx_site.serving.service.handing import hand_over
from ylyx_site.settlement.models import SettledLine
from ylyx_site.settlement.rules.wishes import SettleWish
from ylyx_site.settlement.service.settling import settle
from ylyx_site.settlement.table import workbook
from ylyx_site.shared import clock

pytestmark = pytest.mark.slow
DAYS = [date(2026, 11, day) for day in (24, 25, 26)]
NOON = 11 * 60 + 30
ROUNDINGS = ("四舍五入到分", "舍去到分", "四舍五入到角", "进位到角", "四舍五入到元", "舍去到元")
GROUPS = (Group.EMPTY_NEST, Group.DISABLED_CARE)
PAYERS = ("市", "区", "镇街", "机构让利", "慈善")


@dataclass(frozen=True, slots=True)
class Town:
    """A canteen whose menus stand on three days, and one account with eight elders."""

    canteen: int
    account: int
    elders: tuple[int, ...]
    items: tuple[tuple[ItemKind, int], ...]


def rules(throws: Random) -> str:
    """A file of one to six rules, with whatever the format knows of meals."""
    tables = [_rule(number, throws) for number in range(throws.randint(1, 6))]
    return 'source = "随手写的规则"\n' + "\n".join(tables)


def _rule(number: int, throws: Random) -> str:
    who = [f"ages = [{throws.choice((60, 65, 80))}]"] if throws.random() < 0.6 else []
    if throws.random() < 0.2:
        who.append('groups = ["空巢", "低保"]')
    what = ['servings = ["堂食", "自取"]'] if throws.random() < 0.3 else []
    lines = [
        f'[[rule]]\ncode = "rule-{number}"\ntitle = "补贴 {number}"\nclause = "第 {number} 条"',
        f'payer = "{throws.choice(PAYERS)}"\nservice = "助餐"\nvalid_from = 2026-01-01',
        f'order = {throws.randint(1, 3)}\nrounding = "{throws.choice(ROUNDINGS)}"',
        f"who = {{ {', '.join(who)} }}\nwhat = {{ {', '.join(what)} }}",
    ]
    if throws.random() < 0.3:
        lines.append(f'best_of = "{throws.choice("xy")}"')
    if throws.random() < 0.4:
        measured = throws.choice(("优惠前", "优惠后"))
        lines.append(f'spend = {{ from_yuan = {throws.randint(1, 20)}, measured = "{measured}" }}')
    lines += [f"[[rule.amount]]\n{_amount(throws)}"]
    if throws.random() < 0.5:
        lines.append(f"[[rule.limit]]\n{_limit(throws)}")
    return "\n".join(lines)


def _amount(throws: Random) -> str:
    return throws.choice((
        f"yuan = {throws.randint(1, 999) / 100:.2f}",
        f"percent = {throws.randint(1, 1000) / 10}",
        f"percent = {throws.randint(1, 100)}\nceiling_yuan = {throws.randint(1, 6)}",
        f"pays_yuan = {throws.randint(0, 1500) / 100:.2f}",
        "free = true",
    ))  # fmt: skip


def _limit(throws: Random) -> str:
    per = throws.choice(("每餐", "每天", "每周", "每月", "每年"))
    uses, fen = f"uses = {throws.randint(1, 2)}", f"yuan = {throws.randint(1, 900) / 100:.2f}"
    return "\n".join([f'per = "{per}"', *throws.choice(([uses], [fen], [uses, fen]))])


def a_town(session: Session, throws: Random) -> Town:
    """Prices with odd fen, people from 55 to 95, some recognised as something."""
    canteen, account = a_canteen(session, seats=50), an_account(session)
    made = [
        a_set(session, canteen.id, "套餐", throws.randint(0, 3000)),
        a_dish(session, canteen.id, "清蒸鲈鱼", throws.randint(1, 2000)),
        a_dish(session, canteen.id, "米饭", throws.randint(0, 150)),
    ]
    for day in DAYS:
        a_menu(session, canteen.id, day, *((one, 200) for one in made))
    elders = []
    for number in range(8):
        born = date(2026 - throws.randint(55, 95), throws.randint(1, 12), 15)
        elder = an_elder(
            session, account.id, f"老人{number}", born, avoids=(), phone=f"139000001{number:02d}"
        )
        elder.hukou_division = elder.residence_division = "500111001"
        if throws.random() < 0.5:
            session.add(
                PersonGroup(
                    person_id=elder.id, group=throws.choice(GROUPS),
                    evidence="社区登记", valid_from=date(2026, 1, 1),
                )
            )  # fmt: skip
        elders.append(elder.id)
    kinds = (ItemKind.SET, ItemKind.DISH, ItemKind.DISH)
    items = tuple((kind, one.id) for kind, one in zip(kinds, made, strict=True))
    return Town(canteen.id, account.id, tuple(elders), items)


def wishes(town: Town, throws: Random) -> list[OrderWish]:
    """Every elder a meal on each day, up to three portions of what there is; some together."""
    made = []
    for day in DAYS:
        for person_ids in (town.elders[:2], *((one,) for one in town.elders[2:])):
            items = throws.sample(town.items, throws.randint(1, 3))
            numbers = tuple((item, throws.randint(1, 3)) for item in items)
            serving = throws.choice(tuple(Serving))
            meals = (MealWish(day, Meal.LUNCH, numbers),)
            made.append(OrderWish(town.canteen, person_ids, meals, serving))
    return made


def order_as_shown(
    session: Session, town: Town, wish: OrderWish, code: str
) -> dict[tuple[str, int], Quote]:
    """Look at the price, order at exactly that price; the quotes by code and person."""
    shown = make_plan(session, wish, account_id=town.account, now=clock.now())
    quoted = tuple(shown.pay_by_person().items())
    order(session, replace(wish, quoted=quoted), actor_id=town.account, code=code, now=clock.now())
    return {(code, one.meal.eater.id): one.quote for one in shown.meals}


def serve_most(session: Session, town: Town, throws: Random) -> set[int]:
    """Hand the meals over, each on its day; the ids of those that reached somebody."""
    served = set()
    for meal in session.scalars(sa.select(OrderedMeal).order_by(OrderedMeal.day, OrderedMeal.id)):
        if throws.random() < 0.2:
            continue
        missed = throws.random() < 0.2
        how = HandedHow.NOBODY if missed else HOW_BY_SERVING[meal.serving]
        now = clock.instant_at(meal.day, NOON)
        hand_over(session, meal.id, how, facility_id=town.canteen, actor_id=town.account, now=now)
        if not missed:
            served.add(meal.id)
    return served


def lines_of(quote: Quote) -> Counter[tuple[str, str]]:
    """Who pays how much of it, as settlement has to tell it; what is nothing is left out."""
    lines = Counter({("fee", ""): quote.fee_fen, ("person", ""): quote.pay_fen - quote.fee_fen})
    for line in quote.lines:
        lines[line.payer.value, line.code] += line.fen
    return +lines


def settled(session: Session) -> dict[int, Counter[tuple[str, str]]]:
    """Who pays how much of each meal that was settled."""
    found: dict[int, Counter[tuple[str, str]]] = {}
    for row in session.scalars(sa.select(SettledLine)):
        found.setdefault(row.source_id, Counter())[row.pays.value, row.rule_code] += row.fen
    return found


def fen(cell: Any) -> int:
    """A cell of money, in fen."""
    return int(Decimal(str(cell.value)) * 100)


@pytest.mark.parametrize("seed", range(8))
def test_quote_order_settlement_and_file_say_the_same(session: Session, seed: int) -> None:
    throws = Random(seed)
    import_rules(
        session, read_file(rules(throws)), actor_id=None, today=clock.today(), now=clock.now()
    )
    town, quotes = a_town(session, throws), dict[tuple[str, int], Quote]()
    for number, wish in enumerate(wishes(town, throws)):
        quotes |= order_as_shown(session, town, wish, f"7K39{number:02d}")
    assert findings(session) == []
    rows = session.execute(
        sa.select(OrderedMeal, MealOrder.code).join(MealOrder, MealOrder.id == OrderedMeal.order_id)
    ).all()
    assert len(rows) == len(quotes) == 24
    assert any(quote.lines for quote in quotes.values()), "rules that give nothing prove nothing"
    for meal, code in rows:
        shown = quotes[code, meal.person_id]
        kept = session.execute(
            sa.select(BenefitLine.payer, BenefitLine.rule_code, BenefitLine.fen)
            .where(BenefitLine.meal_id == meal.id)
            .order_by(BenefitLine.position)
        )
        assert [tuple(row) for row in kept] == [
            (one.payer, one.code, one.fen) for one in shown.lines
        ]
        assert (meal.goods_fen, meal.fee_fen, meal.benefit_fen) == (
            shown.goods_fen, shown.fee_fen, shown.benefit_fen,
        )  # fmt: skip
    served = serve_most(session, town, throws)
    settle(
        session, town.canteen, SettleWish("2026-11", "报区民政局"), actor_id=town.account,
        now=clock.instant_at(DAYS[-1], 20 * 60),
    )  # fmt: skip
    by_id = {meal.id: quotes[code, meal.person_id] for meal, code in rows if meal.id in served}
    expected = {number: lines_of(quote) for number, quote in by_id.items()}
    assert settled(session) == {number: lines for number, lines in expected.items() if lines}
    compare_file(session, town, list(by_id.values()))


def compare_file(session: Session, town: Town, served: list[Quote]) -> None:
    """Each sheet of the file adds up to what was shown."""
    with workbook(session, town.canteen, "2026-11", ()) as file:
        book = load_workbook(io.BytesIO(file.read()))
    meals = [
        tuple(map(fen, row[7:11])) for row in book["每一餐"].iter_rows(min_row=2)
    ]  # fmt: skip
    assert sorted(meals) == sorted(
        (one.goods_fen, one.benefit_fen, one.fee_fen, one.pay_fen) for one in served
    )
    people = [[fen(cell) for cell in row[3:]] for row in book["按人"].iter_rows(min_row=2)]
    assert sum(row[0] for row in people) == sum(one.goods_fen for one in served)
    assert sum(sum(row[1:6]) for row in people) == sum(one.benefit_fen for one in served)
    assert sum(row[-2] + row[-1] for row in people) == sum(one.pay_fen for one in served)
    payers = [row for row in book["按出资方"].iter_rows(min_row=2) if row[3].value is not None]
    assert sum(fen(row[4]) for row in payers) == sum(one.benefit_fen for one in served)
