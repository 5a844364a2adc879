"""Reading a file of rules: what is wrong is named with its table, and slips are not swallowed."""

from datetime import date

import pytest

from tests.unit.benefits.making import DATA, rules_in
from ylyx_site.benefits.errors import BadRules
from ylyx_site.benefits.kinds import Payer, Rounding, Service
from ylyx_site.benefits.reading import read_file, rule_from_body
from ylyx_site.benefits.reading.words import CHINESE, words_of

GOOD = """
source = "某区办法"

[[rule]]
code = "meal"
title = "补贴"
clause = "第一条"
payer = "区"
valid_from = 2026-01-01
service = "助餐"
who = { ages = [60, 80], groups = ["独居"] }

[[rule.amount]]
yuan = 3.5

[[rule.limit]]
per = "每周"
uses = 5
"""


def problems_of(text: str) -> list[str]:
    """The sentences that an import of this text would print."""
    with pytest.raises(BadRules) as refused:
        read_file(text)
    return [one.sentence % one.values for one in refused.value.problems]


def test_a_rule_is_read_whole() -> None:
    (table,) = read_file(GOOD)
    assert (table.rule.code, table.rule.payer, table.rule.what.service, table.source) == (
        "meal", Payer.DISTRICT, Service.MEAL, "某区办法",
    )  # fmt: skip
    assert table.rule.rounding is Rounding.FEN_HALF_UP
    assert rule_from_body(table.body) == table.rule


def test_our_own_files_are_read_and_come_back_from_their_stored_form() -> None:
    for file in sorted(DATA.glob("*.toml")):
        for table in read_file(file.read_text("utf-8")):
            assert rule_from_body(table.body) == table.rule
    assert len(rules_in("dazu-demo")) == 6


def test_site_words_and_chinese_words_are_the_same() -> None:
    english = GOOD.replace('区"\nvalid', 'district"\nvalid').replace("独居", "living_alone")
    assert read_file(english)[0].rule == read_file(GOOD)[0].rule


def test_no_two_words_of_a_kind_are_the_same() -> None:
    assert [len(words_of(kinds)) for kinds in CHINESE] == [2 * len(kinds) for kinds in CHINESE]


def test_the_digest_leaves_out_the_last_day_only() -> None:
    plain, ended = GOOD, GOOD.replace("service", "valid_to = 2026-12-31\nservice", 1)
    assert read_file(ended)[0].rule.valid_to == date(2026, 12, 31)
    assert read_file(ended)[0].digest == read_file(plain)[0].digest
    assert read_file(GOOD.replace("3.5", "3.50"))[0].digest == read_file(plain)[0].digest
    assert read_file(GOOD.replace("3.5", "4"))[0].digest != read_file(plain)[0].digest


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("groups", "grops", "[[rule]] 1 (meal) › who：不认识“grops”这一项。"),
        ("独居", "独身", "[[rule]] 1 (meal) › who：不认识这个写法：groups = 独身。"),
        ("[60, 80]", "[80, 60]",
         "[[rule]] 1 (meal) › who：ages 写成 [60] 或 [60, 80]（不含 80）。"),
        ('"区"', '"省"', "[[rule]] 1 (meal)：不认识这个写法：payer = 省。"),
        ("yuan = 3.5", "yuan = 3.505",
         "[[rule]] 1 (meal) › amount 1：yuan 要写成元，最多两位小数，例如 3 或 2.50。"),
        ("yuan = 3.5", "yuan = -3",
         "[[rule]] 1 (meal) › amount 1：yuan 要写成元，最多两位小数，例如 3 或 2.50。"),
        ("yuan = 3.5", "percent = 101",
         "[[rule]] 1 (meal) › amount 1：percent 要在 0 到 100 之间，最多一位小数。"),
        ("yuan = 3.5", "percent = inf",
         "[[rule]] 1 (meal) › amount 1：percent 要在 0 到 100 之间，最多一位小数。"),
        ("yuan = 3.5", "yuan = 3\npercent = 10",
         "[[rule]] 1 (meal) › amount 1：yuan、percent、pays_yuan、free 要写一项，只能写一项。"),
        ("uses = 5", "uses = 0",
         "[[rule]] 1 (meal) › limit 1：uses 要写成整数，并且在允许的范围内。"),
        ("uses = 5", "", "[[rule]] 1 (meal) › limit 1：请写次数（uses）或金额（yuan）。"),
        ("2026-01-01", '"2026-02-30"',
         "[[rule]] 1 (meal)：valid_from 要写成日期，例如 2026-01-01。"),
        ('title = "补贴"', "", "[[rule]] 1 (meal)：title 没有填，或者太长。"),
        ('code = "meal"', 'code = "餐补"',
         "[[rule]] 1 (餐补)：编号“餐补”只能用小写字母、数字和短横。"),
        ("who =", "what = { care = [\"计时托\"] }\nwho =",
         "[[rule]] 1 (meal) › what：助餐的规则不写托育方式，托育的规则不写餐次和取餐方式。"),
        ("who =", "what = { place = [\"50011\"] }\nwho =",
         "[[rule]] 1 (meal) › what：不认识这个写法：place = 50011。"),
        ("who =", "valid_to = 2025-01-01\nwho =",
         "[[rule]] 1 (meal)：结束的日期在开始以前：2025-01-01。"),
        ('source = "某区办法"', "", "TOML：source 没有填，或者太长。"),
        ('"助餐"', '"托育"\nrounding = "fen"',
         "[[rule]] 1 (meal)：不认识这个写法：rounding = fen。"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_table(old: str, new: str, sentence: str) -> None:
    assert GOOD.count(old) >= 1
    assert sentence in problems_of(GOOD.replace(old, new, 1))


def test_every_problem_is_named_at_once() -> None:
    bad = GOOD.replace("groups", "grops").replace("uses = 5", "uses = 0").replace("3.5", "0.001")
    assert len(problems_of(bad)) == 3


def test_a_syntax_error_names_its_line() -> None:
    (sentence,) = problems_of(GOOD.replace('payer = "区"', "payer = 区"))
    assert "at line 8" in sentence


def test_the_same_version_twice_is_refused() -> None:
    again = GOOD.split("\n", 2)[2]
    assert problems_of(GOOD + again) == ["[[rule]] 2 (meal)：同一编号、同一开始日期写了两次。"]


def test_a_rule_without_an_amount_is_refused() -> None:
    text = GOOD.replace("[[rule.amount]]\nyuan = 3.5\n", "")
    assert problems_of(text) == ["[[rule]] 1 (meal)：请写补多少（[[rule.amount]]）。"]


@pytest.mark.parametrize(
    "text", ["", 'source = "x"', 'source = "x"\nrule = 3', 'source = "x"\nrule = [3]']
)
def test_files_without_rules_are_refused(text: str) -> None:
    assert problems_of(text) != []
