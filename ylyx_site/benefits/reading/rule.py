"""One `[[rule]]` of a file, as a rule. Pure."""

import json
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from ylyx_site.benefits.errors import BadRules, Problem
from ylyx_site.benefits.kinds import Payer, Period, Rounding, Service
from ylyx_site.benefits.reading.table import Table
from ylyx_site.benefits.rules.rule import (
    Ages,
    Case,
    Fixed,
    Limit,
    Measured,
    Pays,
    Rule,
    Share,
    Spend,
    What,
    Who,
)
from ylyx_site.facilities.kinds import CareKind, Meal, Serving
from ylyx_site.families.kinds import Group
from ylyx_site.shared.refusals import N_

CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", re.ASCII)
FOREIGN = N_("%(where)s：助餐的规则不写托育方式，托育的规则不写餐次和取餐方式。")
NEVER = date(1, 1, 1)  # stands for a day that is missing; such a rule is never returned


@lru_cache(maxsize=1024)
def rule_from_body(body: str) -> Rule:
    """The rule whose table was stored as canonical JSON; raises `BadRules`, which is a bug."""
    problems: list[Problem] = []
    rule = read_rule(Table(json.loads(body, parse_float=Decimal), "body", problems))
    if problems:
        raise BadRules(problems)
    return rule


def read_rule(table: Table) -> Rule:
    """The rule of a table; when anything is wrong the table's problems say so."""
    what = _what(table)
    rule = Rule(
        code=_code(table),
        valid_from=_first_day(table),
        valid_to=table.day("valid_to"),
        payer=table.kind("payer", Payer) or Payer.CITY,
        title=table.text("title", 60),
        clause=table.text("clause", 400),
        apply=table.text("apply", 400, needed=False),
        who=_who(table.table("who")),
        what=what,
        cases=tuple(_case(one, what.service) for one in table.tables("amount")),
        spend=_spend(table.table("spend")),
        limits=tuple(_limit(one, what.service) for one in table.tables("limit")),
        best_of=table.text("best_of", 40, needed=False),
        order=table.number("order", 1, 1, 1000),
        rounding=table.kind("rounding", Rounding, Rounding.FEN_HALF_UP) or Rounding.FEN_HALF_UP,
    )
    _check(table, rule)
    table.close()
    return rule


def _code(table: Table) -> str:
    code = table.text("code", 40)
    if code and not CODE.fullmatch(code):
        table.wrong(N_("%(where)s：编号“%(value)s”只能用小写字母、数字和短横。"), code)
    return code


def _first_day(table: Table) -> date:
    day = table.day("valid_from")
    if day is None:
        table.wrong(N_("%(where)s：请写从哪一天起执行（valid_from）。"))
    return day or NEVER


def _check(table: Table, rule: Rule) -> None:
    if not rule.cases:
        table.wrong(N_("%(where)s：请写补多少（[[rule.amount]]）。"))
    if rule.valid_to is not None and rule.valid_to < rule.valid_from:
        table.wrong(N_("%(where)s：结束的日期在开始以前：%(value)s。"), rule.valid_to)
    periods = [limit.per for limit in rule.limits]
    if len(periods) != len(set(periods)):
        table.wrong(N_("%(where)s：同一周期的限制只能写一条。"))


def _ages(table: Table) -> Ages:
    return Ages(*table.ages("ages"))


def _who(table: Table) -> Who:
    who = Who(
        _ages(table),
        table.kinds("groups", Group),
        hukou=table.divisions("hukou"),
        residence=table.divisions("residence"),
        home=table.divisions("home"),
        all_groups=table.kinds("all_groups", Group),
    )
    table.close()
    return who


def _what(rule: Table) -> What:
    service = rule.kind("service", Service) or Service.MEAL
    table = rule.table("what")
    what = What(
        service,
        table.kinds("meals", Meal),
        table.kinds("servings", Serving),
        table.kinds("care", CareKind),
        place=table.divisions("place"),
        facilities=table.numbers("facilities"),
        working_days_only=table.flag("working_days_only"),
    )
    foreign = what.care if service == Service.MEAL else what.meals | what.servings
    if foreign:
        table.wrong(FOREIGN)
    table.close()
    return what


def _case(table: Table, service: Service) -> Case:
    case = Case(
        _amount(table),
        _ages(table),
        table.kinds("groups", Group),
        all_groups=table.kinds("all_groups", Group),
        meals=table.kinds("meals", Meal),
        servings=table.kinds("servings", Serving),
        from_fen=table.fen("from_yuan") or 0,
    )
    if service == Service.CHILDCARE and (case.meals or case.servings):
        table.wrong(FOREIGN)
    table.close()
    return case


def _amount(table: Table) -> Fixed | Share | Pays:
    given = [key for key in ("yuan", "percent", "pays_yuan", "free") if table.has(key)]
    if len(given) != 1:
        table.wrong(N_("%(where)s：yuan、percent、pays_yuan、free 要写一项，只能写一项。"))
    if table.has("percent"):
        return Share(
            table.per_mille("percent") or 0,
            table.fen("ceiling_yuan"),
            table.kind("measured", Measured, Measured.AFTER) or Measured.AFTER,
        )
    if table.has("free"):
        if not table.flag("free"):
            table.wrong(N_("%(where)s：free 只能写 true。"))
        return Pays(0)
    if table.has("pays_yuan"):
        return Pays(table.fen("pays_yuan") or 0)
    return Fixed(table.fen("yuan") or 0)


def _spend(table: Table) -> Spend:
    spend = Spend(
        table.fen("from_yuan") or 0,
        table.fen("above_yuan"),
        table.kind("measured", Measured, Measured.BEFORE) or Measured.BEFORE,
    )
    table.close()
    return spend


def _limit(table: Table, service: Service) -> Limit:
    uses = table.number("uses", 1, 1, 10_000) if table.has("uses") else None
    limit = Limit(table.kind("per", Period) or Period.DAY, uses, table.fen("yuan"))
    if limit.uses is None and limit.fen is None:
        table.wrong(N_("%(where)s：请写次数（uses）或金额（yuan）。"))
    if limit.per == Period.MEAL and service == Service.CHILDCARE:
        table.wrong(N_("%(where)s：托育没有“每餐”。"))
    table.close()
    return limit
