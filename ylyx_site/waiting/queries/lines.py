"""The ledger of a queue, as the public may read it: numbers, never names."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.shared import clock
from ylyx_site.shared.db import in_portions
from ylyx_site.shared.spans import TimeSpan
from ylyx_site.waiting.models import QueueLine
from ylyx_site.waiting.rules.lines import Line, days_from_text


def lines_of(session: Session, facility_id: int) -> Iterator[Line]:
    """All lines of a queue in their order."""
    lines = sa.select(QueueLine).where(QueueLine.facility_id == facility_id).order_by(QueueLine.id)
    for row in in_portions(session, lines).scalars():
        yield line_of(row)


def latest_lines(session: Session, facility_id: int, most: int) -> list[Line]:
    """The latest lines of a queue, the newest first."""
    rows = session.scalars(
        sa.select(QueueLine)
        .where(QueueLine.facility_id == facility_id)
        .order_by(QueueLine.id.desc())
        .limit(most)
    )
    return [line_of(row) for row in rows]


def line_of(row: QueueLine) -> Line:
    """A row as a value, its moment on Shanghai's clock."""
    span = None
    if row.starts is not None and row.ends is not None:
        span = TimeSpan(row.starts, row.ends)
    return Line(
        clock.local(row.at), row.number, row.event, days_from_text(row.days), span, row.children,
        row.rank, row.until, row.reason,
    )  # fmt: skip
