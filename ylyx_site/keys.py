"""`flask keys …`: changing the keys under which people's data is sealed (docs/operations.md).

Sealed are all columns named `sealed` or `…_sealed`: a new one need not be listed here.
"""

from collections.abc import Iterator
from typing import Any

import click
import sqlalchemy as sa
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from ylyx_site.families.models import ElderProfile, Person
from ylyx_site.shared import vault
from ylyx_site.shared.db import Model, transaction
from ylyx_site.shared.retries import retrying
from ylyx_site.staffing.models import Carer, Worker

BATCH = 200
Key = tuple[Any, ...]
group = AppGroup("keys", help="The keys of what is sealed (YLYX_DATA_KEYS).")


@group.command("reseal")
def reseal() -> None:
    """Seal everything anew under the newest key; may run beside the site, and twice."""
    count = 0
    for table, column in sealed_columns():
        last: Key | None = None
        while True:
            done, last = retrying(lambda t=table, c=column, a=last: _batch(t, c, a))  # type: ignore[misc]
            count += done
            if last is None:
                break
    click.echo(f"{count} values are sealed under the newest key")


@group.command("reindex")
def reindex() -> None:
    """Make the blind indexes anew under the newest key, all or none. The site must be stopped.

    It may start again when YLYX_DATA_KEYS holds the newest key alone. Codes and links that are
    under way (picking up, invitations, offers) are good for nothing afterwards.
    """
    with transaction() as session:
        people = sa.select(Person.id, Person.id_number_sealed)
        phones = sa.select(ElderProfile.person_id, ElderProfile.phone_sealed)
        workers = sa.select(Carer.worker_id, sa.func.max(Carer.phone_sealed)).group_by(
            Carer.worker_id
        )
        count = _indexed(session, people, Person.id, Person.id_number_index, "")
        count += _indexed(
            session, phones, ElderProfile.person_id, ElderProfile.phone_index, "telephone:"
        )
        count += _indexed(session, workers, Worker.id, Worker.phone_index, "telephone:")
    click.echo(f"{count} indexes made anew; now leave the newest key alone in YLYX_DATA_KEYS")


def sealed_columns() -> Iterator[tuple[sa.Table, sa.Column[Any]]]:
    """Every sealed column of every table."""
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            if column.name == "sealed" or column.name.endswith("_sealed"):
                yield table, column


def _batch(table: sa.Table, column: sa.Column[Any], after: Key | None) -> tuple[int, Key | None]:
    """Reseal some rows; how many, and the key of the last (None: there are no more).

    What somebody changes meanwhile is sealed under the newest key already, and left alone.
    """
    keys = list(table.primary_key.columns)
    some = sa.select(*keys, column).where(column.is_not(None)).order_by(*keys).limit(BATCH)
    if after is not None:
        some = some.where(sa.tuple_(*keys) > sa.tuple_(*(sa.literal(one) for one in after)))
    with transaction() as session:
        rows = session.execute(some).all()
        for *key, sealed in rows:
            is_this = [one == value for one, value in zip(keys, key, strict=True)]
            session.execute(
                sa.update(table)
                .where(*is_this, column == sealed)
                .values({column: vault.resealed(sealed)})
            )
    return len(rows), tuple(rows[-1][:-1]) if len(rows) == BATCH else None


def _indexed(
    session: Session, sealed: sa.Select[*tuple[Any, ...]], key: Any, index: Any, prefix: str
) -> int:  # fmt: skip
    """Set `index` of each row that has something sealed; returns how many."""
    rows = [row for row in session.execute(sealed) if row[1] is not None]
    for row_id, value in rows:
        session.execute(
            sa.update(key.class_)
            .where(key == row_id)
            .values({index.key: vault.coming_index(prefix + vault.unseal(value))})
            .execution_options(synchronize_session=False)
        )
    return len(rows)
