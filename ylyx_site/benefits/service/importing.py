"""Importing rules: all of a file or nothing, and never over what has been used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.errors import BadRules, Problem
from ylyx_site.benefits.models import STAMP, BenefitRule
from ylyx_site.benefits.reading import RuleTable
from ylyx_site.journal.service import note
from ylyx_site.shared.refusals import N_
from ylyx_site.shared.stamps import stamp

IN_USE = N_("%(where)s：从 %(value)s 起的这一版已经用过，不能再改。请另立一版，写新的 valid_from。")
ENDED = N_("%(where)s：已经用过的规则只能改今天或以后的结束日期：%(value)s。")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Codes of the rules by what the import did to them, in the order of the file."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int


def import_rules(
    session: Session,
    tables: Sequence[RuleTable],
    *,
    actor_id: int | None,
    today: date,
    now: datetime,
) -> ImportReport:
    """Add the rules of a file; a version that nobody was given anything by is replaced.

    A version in use may only end earlier or later, from today on. Raises `BadRules`.
    """
    found = {one: _stored(session, one) for one in tables}
    problems = [
        problem
        for table, row in found.items()
        if row is not None and (problem := _refused(table, row, today))
    ]
    if problems:
        raise BadRules(problems)
    added = [table for table, row in found.items() if row is None]
    changed = [table for table, row in found.items() if row is not None and _differs(table, row)]
    for table in added:
        session.execute(sa.insert(BenefitRule).values(**_values(table, now)))
    for table in changed:
        _change(session, table, now)
    if added or changed:
        stamp(session, [STAMP])
        _note(session, added, changed, actor_id=actor_id, now=now)
    return ImportReport(
        tuple(one.rule.code for one in added),
        tuple(one.rule.code for one in changed),
        len(found) - len(added) - len(changed),
    )


def _stored(session: Session, table: RuleTable) -> BenefitRule | None:
    return session.get(
        BenefitRule, (table.rule.code, table.rule.valid_from), populate_existing=True
    )


def _differs(table: RuleTable, row: BenefitRule) -> bool:
    return (table.digest, table.rule.valid_to) != (row.digest, row.valid_to)


def _refused(table: RuleTable, row: BenefitRule, today: date) -> Problem | None:
    if row.used_at is None or not _differs(table, row):
        return None
    where = f"[[rule]] ({table.rule.code})"
    if table.digest != row.digest:
        return Problem(where, IN_USE, str(row.valid_from))
    ends = [day for day in (row.valid_to, table.rule.valid_to) if day is not None]
    return Problem(where, ENDED, str(min(ends))) if min(ends) < today else None


def _values(table: RuleTable, now: datetime) -> dict[str, object]:
    rule = table.rule
    return {
        "code": rule.code,
        "valid_from": rule.valid_from,
        "valid_to": rule.valid_to,
        "service": rule.what.service,
        "payer": rule.payer,
        "title": rule.title,
        "body": table.body,
        "digest": table.digest,
        "source": table.source,
        "imported_at": now,
    }


def _change(session: Session, table: RuleTable, now: datetime) -> None:
    """Write the new table, unless somebody was given a benefit by the old one just now."""
    moved = session.execute(
        sa.update(BenefitRule)
        .where(
            BenefitRule.code == table.rule.code,
            BenefitRule.valid_from == table.rule.valid_from,
            sa.or_(BenefitRule.used_at.is_(None), BenefitRule.digest == table.digest),
        )
        .values(**_values(table, now))
        .returning(BenefitRule.code)
        .execution_options(synchronize_session=False)
    ).all()
    if not moved:
        where = f"[[rule]] ({table.rule.code})"
        raise BadRules([Problem(where, IN_USE, str(table.rule.valid_from))])


def _note(
    session: Session,
    added: Sequence[RuleTable],
    changed: Sequence[RuleTable],
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    for sign, tables in (("added", added), ("changed", changed)):
        for table in tables:
            note(
                session,
                f"benefits.rule_{sign}",
                f"rule:{table.rule.code}",
                actor_id=actor_id,
                now=now,
                detail=table.rule.valid_from.isoformat(),
            )
