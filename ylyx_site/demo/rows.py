"""Many rows in few statements."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.shared.db import Base


def insert_rows(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows given as dicts with the same keys."""
    if rows:
        session.execute(sa.insert(model), rows)


def insert_numbered(
    session: Session, model: type[Base], rows: Sequence[dict[str, Any]]
) -> list[int]:
    """Insert rows whose `id` the database gives; return the ids in the order of the rows."""
    number = model.__table__.c.id
    statement = sa.insert(model).returning(number, sort_by_parameter_order=True)
    return list(session.scalars(statement, rows))
