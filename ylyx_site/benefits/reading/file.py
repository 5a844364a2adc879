"""A file of rules: TOML, UTF-8, `source` and one `[[rule]]` after the other. Pure."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ylyx_site.benefits.errors import BadRules, Problem
from ylyx_site.benefits.reading.rule import read_rule, rule_from_body
from ylyx_site.benefits.reading.table import Table
from ylyx_site.benefits.rules.rule import Rule
from ylyx_site.shared.refusals import N_


@dataclass(frozen=True, slots=True)
class RuleTable:
    """A checked rule, its table in canonical JSON, and a digest of all but its last day."""

    rule: Rule
    body: str
    digest: str
    source: str


def read_file(text: str) -> list[RuleTable]:
    """The rules of a file; raises `BadRules` with every problem of every table."""
    values = _toml(text)
    problems: list[Problem] = []
    top = Table(values, "TOML", problems)
    source = top.text("source", 200)
    tables = top.tables("rule")
    if not tables:
        top.wrong(N_("%(where)s：文件里没有规则（[[rule]]）。"))
    top.close()
    rules = []
    for number, (table, raw) in enumerate(zip(tables, _raw(values), strict=True), 1):
        table.where = _name(number, raw)
        rules.append(read_rule(table))
    problems += _doubled(rules)
    if problems:
        raise BadRules(problems)
    return [_table(raw, source) for raw in _raw(values)]


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        sentence = N_("这个文件不是正确的 TOML：%(value)s。")
        raise BadRules([Problem("", sentence, str(error))]) from error


def _raw(values: Mapping[str, Any]) -> list[Any]:
    found = values.get("rule", [])
    return found if isinstance(found, list) else [found]


def _name(number: int, raw: Any) -> str:
    code = raw.get("code") if isinstance(raw, Mapping) else None
    return f"[[rule]] {number} ({code})" if code else f"[[rule]] {number}"


def _doubled(rules: list[Rule]) -> list[Problem]:
    seen: set[tuple[str, date]] = set()
    problems = []
    for number, rule in enumerate(rules, 1):
        key = rule.code, rule.valid_from
        if rule.code and key in seen:
            sentence = N_("%(where)s：同一编号、同一开始日期写了两次。")
            problems.append(Problem(f"[[rule]] {number} ({rule.code})", sentence))
        seen.add(key)
    return problems


def _table(raw: Mapping[str, Any], source: str) -> RuleTable:
    body = _canonical(raw)
    lasting = _canonical({key: value for key, value in raw.items() if key != "valid_to"})
    digest = hashlib.sha256(lasting.encode()).hexdigest()
    return RuleTable(rule_from_body(body), body, digest, source)


def _canonical(table: Mapping[str, Any]) -> str:
    return json.dumps(
        table, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def _plain(value: Any) -> Any:
    """Days as text; a decimal as its shortest number, so that 3.5 and 3.50 are the same."""
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return int(whole) if whole == value else float(value)
    return str(value)
