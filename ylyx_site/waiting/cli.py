"""`flask waiting …`: run a queue's ledger again, and set the rule of a facility or division."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.waiting.queries.terms import Group
from ylyx_site.waiting.rules.lines import BadLedger, read
from ylyx_site.waiting.rules.replay import faults
from ylyx_site.waiting.service.ruling import set_group, set_terms

group = AppGroup("waiting", help="The queues for a place in a nursery.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
ON = click.DateTime(formats=["%Y-%m-%d"])


@group.command("replay")
@click.argument("file", type=FILE)
def replay(file: Path) -> None:
    """Say whether a queue's ledger kept the published order; exit 1 if it did not."""
    try:
        lines = read(file.read_text("utf-8-sig"))  # a spreadsheet may have added its mark
    except (BadLedger, UnicodeDecodeError) as bad:
        click.echo(f"not the ledger as it was published: {bad}")
        raise SystemExit(1) from bad
    found = faults(lines)
    for fault in found:
        click.echo(fault)
    click.echo(f"{len(lines)} lines, {'the order was kept' if not found else 'order not kept'}")
    if found:
        raise SystemExit(1)


@group.command("limits")
@click.option("--scope", required=True, help="facility:12 or division:500111")
@click.option("--most-waiting", type=click.IntRange(1, 5000), default=200, show_default=True)
@click.option("--most-per-child", type=click.IntRange(1, 50), default=3, show_default=True)
@click.option("--answer-minutes", type=click.IntRange(30, 2880), default=240, show_default=True)
def limits(scope: str, most_waiting: int, most_per_child: int, answer_minutes: int) -> None:
    """Set how long a queue may be, how many entries a child may have, how long to answer."""
    with transaction() as session:
        numbers = {
            "most_waiting": most_waiting,
            "most_per_child": most_per_child,
            "answer_minutes": answer_minutes,
        }
        set_terms(session, scope, numbers, now=clock.now())
    click.echo(f"{scope}: {numbers}")


@group.command("group")
@click.option("--scope", required=True, help="facility:12 or division:500111")
@click.option("--name", required=True)
@click.option("--paper", required=True, help="What proves it, as families read it.")
@click.option("--rank", type=click.IntRange(1, 99), required=True, help="Smaller comes earlier.")
@click.option("--from", "first", type=ON, help="First day; today when left out.")
@click.option("--to", "last", type=ON, help="Last day; open when left out.")
def priority_group(
    scope: str, *, first: datetime | None, last: datetime | None, name: str, paper: str, rank: int
) -> None:
    """Publish a group that comes first."""
    now = clock.now()
    since = first.date() if first else clock.day_of(now)
    made = Group(0, name, paper, rank, since, last.date() if last else None)
    with transaction() as session:
        set_group(session, scope, made, now=now)
    click.echo(f"{scope}: {name}, rank {rank}, from {since}")
