"""`flask --app wsgi demo`."""

import click
from flask import current_app
from flask.cli import with_appcontext

from ylyx_site.demo.errors import NotInProduction
from ylyx_site.demo.service import carry_on, fill, is_there
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import say
from ylyx_site.shared.refusals import Refusal


@click.command("demo")
@with_appcontext
def command() -> None:
    """Fill an empty database with the demo district: published sums, invented people."""
    try:
        click.echo(_run())
    except Refusal as refusal:
        click.echo(say(refusal), err=True)
        raise SystemExit(1) from refusal


def _run() -> str:
    if not current_app.config["DEMO"]:
        raise NotInProduction
    with transaction() as session:
        if is_there(session):
            carry_on(session, now=clock.now())
            return _("已经有示例数据。")
        fill(session, now=clock.now())
    return _("示例数据已写好：大足区 48 家托育机构、100 个社区养老服务站。")
