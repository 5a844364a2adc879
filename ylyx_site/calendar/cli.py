"""`flask --app wsgi calendar import FILE`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup

from ylyx_site.calendar.errors import BadCalendar
from ylyx_site.calendar.service import ImportReport, import_days
from ylyx_site.calendar.table import CalendarRow, rows_from
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import say
from ylyx_site.shared.refusals import N_

group = AppGroup("calendar", help="Working days, holidays and 调休.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_command(file: Path) -> None:
    """Replace the years that FILE covers (UTF-8 CSV: day,kind,name,source,published_on)."""
    try:
        with transaction() as session:
            report = import_days(session, _rows(file), actor_id=None, now=clock.now())
    except BadCalendar as refusal:
        _fail(refusal)
    _tell(report)


def _rows(file: Path) -> Sequence[CalendarRow]:
    try:
        return rows_from(file.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        click.echo(_("文件不是 UTF-8 编码，请另存为 UTF-8 再导入。"), err=True)
        raise SystemExit(1) from error


def _fail(refusal: BadCalendar) -> NoReturn:
    for problem in refusal.problems:
        click.echo(_(problem.sentence, **problem.values), err=True)
    click.echo(say(refusal), err=True)
    raise SystemExit(1)


def _tell(report: ImportReport) -> None:
    if report.is_empty:
        click.echo(_("没有变化，%(num)d 天都已在日历里。", num=report.unchanged))
        return
    for sentence, days in _changes(report):
        if days:
            click.echo(_(sentence, num=len(days), days=" ".join(map(str, days))))


def _changes(report: ImportReport) -> tuple[tuple[str, Sequence[date]], ...]:
    return (
        (N_("新增 %(num)d 天：%(days)s"), report.added),
        (N_("修改 %(num)d 天：%(days)s"), report.changed),
        (N_("删除 %(num)d 天：%(days)s"), report.removed),
    )
