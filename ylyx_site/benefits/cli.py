"""`flask --app wsgi benefits import FILE` and `benefits quote …`."""

import json
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from ylyx_site.benefits.errors import BadRules
from ylyx_site.benefits.kinds import Service
from ylyx_site.benefits.queries import place_of, rules_begun, works_on
from ylyx_site.benefits.reading import RuleTable, kinds_from, read_file
from ylyx_site.benefits.rules import Occasion, Quote, Situation, quote
from ylyx_site.benefits.service import quote_for
from ylyx_site.benefits.service.importing import ImportReport, import_rules
from ylyx_site.benefits.words import reason_words
from ylyx_site.facilities.kinds import CareKind, Meal, Serving
from ylyx_site.families.kinds import Group
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import say
from ylyx_site.shared.refusals import Refusal

group = AppGroup("benefits", help="Benefits: public money and discounts, by rules.")


class Kinds(click.ParamType[Any]):
    """Words of some kinds, with commas between them, in the site's words or in Chinese."""

    name = "words"

    def __init__(self, kinds: type[StrEnum]) -> None:
        self.kinds = kinds

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """A frozen set of the kinds that the words name."""
        if not isinstance(value, str):
            return value
        found = kinds_from(self.kinds, value)
        if found is None:
            self.fail(f"{value}: {', '.join(self.kinds)}", param, ctx)
        return found


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_command(file: Path) -> None:
    """Bring the rules in FILE (TOML, see docs/benefits.md) in: all of them, or none."""
    try:
        tables = _read(file)
        with transaction() as session:
            report = import_rules(
                session, tables, actor_id=None, today=clock.today(), now=clock.now()
            )
    except BadRules as refusal:
        _fail(refusal)
    _tell(report)


@group.command("quote")
@click.option("--person", type=int, help="Number of somebody who is registered.")
@click.option("--age", type=int, help="Without --person: age in years on the day.")
@click.option("--groups", type=Kinds(Group), default=frozenset(), help="low_income,独居 …")
@click.option("--hukou", help="Division code of the 户籍, 6 to 12 digits.")
@click.option("--residence", help="Division code of the residence, 6 to 12 digits.")
@click.option("--at", type=int, help="Number of the facility, as in /facilities/<number>.")
@click.option("--place", help="Without --at: division code of the facility.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Default: today.")
@click.option("--meal", type=click.Choice([one.value for one in Meal]))
@click.option(
    "--serving", type=click.Choice([one.value for one in Serving]), default=Serving.DINE_IN.value
)
@click.option(
    "--care", type=click.Choice([one.value for one in CareKind]), help="Instead of --meal."
)
@click.option("--price-fen", type=click.IntRange(0), required=True, help="Goods, in fen.")
@click.option("--fee-fen", type=click.IntRange(0), default=0, help="Delivery, in fen.")
def quote_command(**options: Any) -> None:
    """Print who pays a meal or a care: a JSON line each of payer, clause and fen.

    The last line is what the person pays. Why other benefits are not given goes to stderr.
    """
    if (options["person"] is None) == (options["age"] is None):
        raise click.UsageError("--person or --age, one of them.")
    if (options["meal"] is None) == (options["care"] is None):
        raise click.UsageError("--meal or --care, one of them.")
    try:
        made = _quote(db.session(), options, _day(options["day"]))
    except Refusal as refusal:
        click.echo(say(refusal), err=True)
        raise SystemExit(1) from refusal
    _print(made)


def _read(file: Path) -> list[RuleTable]:
    try:
        return read_file(file.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        click.echo(_("文件不是 UTF-8 编码，请另存为 UTF-8 再导入。"), err=True)
        raise SystemExit(1) from error


def _fail(refusal: BadRules) -> NoReturn:
    for problem in refusal.problems:
        click.echo(_(problem.sentence, **problem.values), err=True)
    click.echo(say(refusal), err=True)
    raise SystemExit(1)


def _tell(report: ImportReport) -> None:
    click.echo(
        _(
            "导入完成：新增 %(added)d 条规则，更新 %(changed)d 条，%(same)d 条没有变化。",
            added=len(report.added),
            changed=len(report.changed),
            same=report.unchanged,
        )
    )


def _day(moment: datetime | None) -> date:
    return clock.today() if moment is None else moment.date()


def _quote(session: Session, options: dict[str, Any], day: date) -> Quote:
    """As stored when the person is registered, otherwise from what the options say."""
    care = CareKind(options["care"]) if options["care"] else None
    meal = None if care else Meal(options["meal"])
    serving = None if care else Serving(options["serving"])
    price, fee = options["price_fen"], options["fee_fen"]
    if options["person"] is None:
        bare = _unregistered(session, options, day)
        situation = replace(
            bare, service=Service.CHILDCARE if care else Service.MEAL,
            price_fen=price, fee_fen=fee, meal=meal, serving=serving, care=care,
        )  # fmt: skip
        return quote(rules_begun(session, {situation.service}, day), situation)
    if options["at"] is None:
        raise click.UsageError("--person needs --at.")
    return quote_for(
        session, Occasion(options["person"], options["at"], day, price, fee, meal, serving, care)
    )


def _unregistered(session: Session, options: dict[str, Any], day: date) -> Situation:
    place = options["place"] or ""
    return Situation(
        Service.MEAL,
        day,
        age_years=options["age"],
        price_fen=0,
        groups=options["groups"],
        hukou=options["hukou"],
        residence=options["residence"],
        place=place_of(session, options["at"]) if options["at"] is not None else place,
        facility_id=options["at"],
        is_working_day=works_on(session, day),
    )


def _print(made: Quote) -> None:
    for line in made.lines:
        _print_line(line.payer, line.clause, line.fen)
    _print_line("person", "", made.pay_fen)
    for one in made.not_given:
        sentence = _("%(title)s：%(reason)s", title=one.title, reason=reason_words(one.reason))
        click.echo(sentence, err=True)


def _print_line(payer: str, clause: str, fen: int) -> None:
    click.echo(json.dumps({"payer": payer, "clause": clause, "fen": fen}, ensure_ascii=False))
