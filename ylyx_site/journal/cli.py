"""`flask journal …`."""

import click
from flask.cli import AppGroup

from ylyx_site.journal import sealing
from ylyx_site.shared.db import db

group = AppGroup("journal", help="The journal and its hash chain.")


@group.command("verify")
def verify() -> None:
    """Check the chain; exit 1 and name the first entry that is missing or was changed.

    Keep the printed seal elsewhere: whoever cuts off the end leaves a shorter chain that is right.
    """
    verdict = sealing.verify(db.session())
    click.echo(f"{verdict.sealed} entries in order; last seal {verdict.last_seal or '-'}")
    if verdict.why is not None:
        click.echo(f"BROKEN: {verdict.why} (row {verdict.broken_id})")
        raise SystemExit(1)
