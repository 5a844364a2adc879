"""`flask --app wsgi entry diseases [FILE] --district CODE`."""

from pathlib import Path

import click
from flask.cli import AppGroup

from ylyx_site.entry.service.diseases import import_table
from ylyx_site.facilities.queries import districts
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import say
from ylyx_site.shared.refusals import Refusal

group = AppGroup("entry", help="Before a child comes in: the district's table of diseases.")
EXAMPLE = Path(__file__).parent / "data" / "diseases.csv"


@group.command("diseases")
@click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=EXAMPLE,
    required=False,
)
@click.option("--district", required=True, help="Six digits.")
def import_command(file: Path, district: str) -> None:
    """Bring the rows of FILE (UTF-8 CSV: name, days, 是/否) in, or our example's: all or none."""
    if district not in {code for code, _name in districts(db.session())}:
        raise click.ClickException(_("没有这个区县：%(code)s", code=district))
    try:
        with transaction() as session:
            number = import_table(
                session, district, file.read_text("utf-8-sig"), actor_id=None, now=clock.now()
            )
    except Refusal as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_("导入了 %(num)d 种。", num=number))
