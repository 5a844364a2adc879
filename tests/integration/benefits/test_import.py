"""Importing rules: all of a file or nothing, the same again changes nothing, history stays."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.integration.benefits.making import DAILY, a_lunch, imported
from tests.unit.benefits.making import DATA
from ylyx_site.benefits.errors import BadRules
from ylyx_site.benefits.models import BenefitRule
from ylyx_site.benefits.service import claim, quote_for
from ylyx_site.benefits.service.importing import ImportReport
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

DEARER = DAILY.replace("yuan = 5", "yuan = 6")


def use(session: Session) -> None:
    """Give somebody the benefit."""
    claim(session, [quote_for(session, a_lunch(session)).given], now=clock.now())


def test_an_import_adds_and_the_same_again_changes_nothing(session: Session) -> None:
    assert imported(session) == ImportReport(("daily",), (), 0)
    assert imported(session) == ImportReport((), (), 1)
    noted = session.execute(
        sa.select(JournalEntry.action, JournalEntry.subject, JournalEntry.detail)
    )
    assert [tuple(row) for row in noted] == [("benefits.rule_added", "rule:daily", "2026-01-01")]


def test_a_version_that_nobody_used_is_replaced(session: Session) -> None:
    imported(session)
    assert imported(session, DEARER) == ImportReport((), ("daily",), 0)
    assert quote_for(session, a_lunch(session)).benefit_fen == 600


def test_a_version_in_use_is_never_edited(session: Session) -> None:
    imported(session)
    use(session)
    with pytest.raises(BadRules) as refused:
        imported(session, DEARER)
    assert [one.sentence % one.values for one in refused.value.problems] == [
        (
            "[[rule]] (daily)：从 2026-01-01 起的这一版已经用过，不能再改。"
            "请另立一版，写新的 valid_from。"
        )
    ]
    assert imported(session) == ImportReport((), (), 1)


def test_a_new_version_leaves_the_old_one_alone(session: Session) -> None:
    imported(session)
    use(session)
    assert imported(session, DEARER.replace("2026-01-01", "2026-12-01")).added == ("daily",)
    rows = session.scalars(sa.select(BenefitRule.valid_from).order_by(BenefitRule.valid_from))
    assert [day.isoformat() for day in rows] == ["2026-01-01", "2026-12-01"]


@pytest.mark.parametrize(("last", "allowed"), [("2026-11-23", True), ("2026-11-22", False)])
def test_a_version_in_use_may_end_from_today_on(session: Session, last: str, allowed: bool) -> None:
    imported(session)
    use(session)
    ending = DAILY.replace("service", f"valid_to = {last}\nservice", 1)
    if allowed:
        assert imported(session, ending).changed == ("daily",)
        assert session.scalar(sa.select(BenefitRule.valid_to)) == date.fromisoformat(last)
    else:
        with pytest.raises(BadRules):
            imported(session, ending)


def test_a_file_with_one_bad_rule_brings_nothing_in(session: Session) -> None:
    imported(session)
    use(session)
    other = DAILY.replace('"daily"', '"other"').split("\n", 2)[2]
    with pytest.raises(BadRules):
        imported(session, DEARER + other)
    assert session.scalars(sa.select(BenefitRule.code)).all() == ["daily"]


def test_the_command_imports_each_of_our_files(app: Flask) -> None:
    for file in sorted(DATA.glob("*.toml")):
        result = app.test_cli_runner().invoke(args=["benefits", "import", str(file)])
        assert (result.exit_code, result.stderr) == (0, "")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BenefitRule)) == 15


def test_the_command_names_what_is_wrong_and_changes_nothing(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(DAILY.replace("uses", "use"), "utf-8")
    result = app.test_cli_runner().invoke(args=["benefits", "import", str(file)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "[[rule]] 1 (daily) › limit 1：请写次数（uses）或金额（yuan）。",
        "[[rule]] 1 (daily) › limit 1：不认识“use”这一项。",
        "规则没有导入，文件里有 2 处要改。改好以后再导入一次。",
    ]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BenefitRule)) == 0


def test_a_file_in_another_encoding_is_refused_in_words(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(DAILY, "gb18030")
    result = app.test_cli_runner().invoke(args=["benefits", "import", str(file)])
    assert (result.exit_code, result.stderr) == (
        1, "文件不是 UTF-8 编码，请另存为 UTF-8 再导入。\n",
    )  # fmt: skip


def test_the_quote_command_prints_who_pays(app: Flask) -> None:
    with transaction() as session:
        imported(session)
        lunch = a_lunch(session)
    arguments = ["benefits", "quote", "--at", str(lunch.facility_id), "--day", "2026-11-24",
                 "--meal", "lunch", "--serving", "delivery", "--price-fen", "1200",
                 "--fee-fen", "200"]  # fmt: skip
    known = app.test_cli_runner().invoke(args=[*arguments, "--person", str(lunch.person_id)])
    unknown = app.test_cli_runner().invoke(args=[*arguments, "--age", "82", "--groups", "低保"])
    assert known.stdout.splitlines() == [
        '{"payer": "district", "clause": "第一条", "fen": 500}',
        '{"payer": "person", "clause": "", "fen": 900}',
    ]
    assert (unknown.exit_code, unknown.stdout) == (0, known.stdout)


def test_the_quote_command_says_why_not(app: Flask) -> None:
    with transaction() as session:
        imported(session, DAILY.replace("[[rule.amount]]", "who.ages = [80]\n[[rule.amount]]"))
    result = app.test_cli_runner().invoke(
        args=["benefits", "quote", "--age", "79", "--place", "500111", "--meal", "lunch",
              "--price-fen", "1200"]
    )  # fmt: skip
    assert result.stdout == '{"payer": "person", "clause": "", "fen": 1200}\n'
    assert result.stderr == "每天一餐：满 80 周岁起享受。\n"


@pytest.mark.parametrize(
    "arguments",
    [["--meal", "lunch"], ["--age", "80"], ["--age", "80", "--meal", "tea"],
     ["--age", "80", "--meal", "lunch", "--groups", "rich"]],
)  # fmt: skip
def test_the_quote_command_refuses_half_a_question(app: Flask, arguments: list[str]) -> None:
    result = app.test_cli_runner().invoke(
        args=["benefits", "quote", "--price-fen", "1200", *arguments]
    )
    assert result.exit_code == 2
