"""`flask --app wsgi facilities import FILE`: how a real city begins."""

from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from ylyx_site.facilities.service import Change, import_row, set_division
from ylyx_site.facilities.table import (
    BadFile,
    Problem,
    SheetRow,
    read_division,
    read_row,
    read_sheet,
)
from ylyx_site.facilities.table.columns import (
    CODE,
    COLUMNS,
    DIVISION_COLUMNS,
    DIVISION_REQUIRED,
    NAME,
    REQUIRED,
)
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import say
from ylyx_site.shared.refusals import N_, Refusal

group = AppGroup("facilities", help="The register of nurseries and canteens.")


class _NothingImportedError(Exception):
    """Rolls the transaction back: something is wrong, or it was only a check."""


@dataclass
class _Report:
    """One line per row, and how many rows did what."""

    lines: list[str] = field(default_factory=list)
    changes: Counter[Change] = field(default_factory=Counter)
    wrong: int = 0

    def count(self, command: Callable[[], Change]) -> list[Problem]:
        """Run the command of a row, and return its refusal as a problem."""
        try:
            self.changes[command()] += 1
        except Refusal as refusal:
            return [Problem("", say(refusal))]
        return []

    def add(self, row: SheetRow, problems: list[Problem]) -> None:
        """Add the line of a row."""
        self.wrong += bool(problems)
        self.lines.append(_line(row, problems))

    def tell(self, *, check: bool) -> None:
        """Print it; ends the process with 1 when anything is wrong."""
        for line in self.lines:
            click.echo(line)
        if self.wrong:
            click.echo(_("有 %(num)d 行要改，一行也没有导入。", num=self.wrong), err=True)
            raise SystemExit(1)
        sentence = (
            N_("检查通过，未导入：会新增 %(added)d 行，更新 %(changed)d 行，%(same)d 行没有变化。")
            if check
            else N_("导入完成：新增 %(added)d 行，更新 %(changed)d 行，%(same)d 行没有变化。")
        )
        counts = {"added": Change.ADDED, "changed": Change.CHANGED, "same": Change.NONE}
        click.echo(_(sentence, **{name: self.changes[one] for name, one in counts.items()}))


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only say what would happen; nothing is changed.")
def import_command(file: Path, *, check: bool) -> None:
    """Bring the register in FILE (xlsx or CSV) into ours: all rows, or none."""
    rows = _sheet(file, COLUMNS, REQUIRED)
    report, known = _Report(), set[str]()
    with suppress(_NothingImportedError), transaction() as session:
        for row in rows:
            report.add(row, _facility(session, row, known, report, now=clock.now()))
        if report.wrong or check:
            raise _NothingImportedError
    report.tell(check=check)


@group.command("divisions")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only say what would happen; nothing is changed.")
def divisions_command(file: Path, *, check: bool) -> None:
    """Bring district, towns and communities in FILE (xlsx or CSV) into ours: all rows, or none."""
    rows = _sheet(file, DIVISION_COLUMNS, DIVISION_REQUIRED)
    report = _Report()
    with suppress(_NothingImportedError), transaction() as session:
        for row in rows:
            report.add(row, _division(session, row, report, now=clock.now()))
        if report.wrong or check:
            raise _NothingImportedError
    report.tell(check=check)


def _sheet(file: Path, known: Collection[str], required: Collection[str]) -> list[SheetRow]:
    try:
        return read_sheet(file.read_bytes(), known, required)
    except BadFile as refusal:
        click.echo(say(refusal), err=True)
        raise SystemExit(1) from refusal


def _facility(
    session: Session, row: SheetRow, known: set[str], report: _Report, *, now: datetime
) -> list[Problem]:
    """Bring one row in and return what is wrong; `known` are the codes of the rows before."""
    wish = read_row(row)
    if isinstance(wish, list):
        return wish
    if wish.facility.credit_code in known:
        return [Problem(CODE, N_("前面已经有一行用了这个代码，请只留一行。"))]
    known.add(wish.facility.credit_code)
    return report.count(lambda: import_row(session, wish, actor_id=None, now=now))


def _division(session: Session, row: SheetRow, report: _Report, *, now: datetime) -> list[Problem]:
    wish = read_division(row)
    if isinstance(wish, list):
        return wish
    return report.count(lambda: set_division(session, wish, actor_id=None, now=now))


def _line(row: SheetRow, problems: list[Problem]) -> str:
    if not problems:
        return _(
            "第 %(line)d 行 ✓ %(name)s",
            line=row.line,
            name=" ".join(row.cells.get(NAME, "").split()),
        )
    sentences = " ".join(_sentence(problem) for problem in problems)
    return _("第 %(line)d 行 ✗ %(sentences)s", line=row.line, sentences=sentences)


def _sentence(problem: Problem) -> str:
    if not problem.column:
        return _(problem.sentence)
    return _("%(column)s：%(sentence)s", column=problem.column, sentence=_(problem.sentence))
