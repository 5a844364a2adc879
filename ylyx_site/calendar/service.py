"""Changing the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.models import STAMP, CalendarDay
from ylyx_site.calendar.table import COLUMNS, CalendarRow, NewDay, checked
from ylyx_site.journal.service import note
from ylyx_site.shared.stamps import stamp


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The days that an import added, changed and removed, each in order of the calendar."""

    added: tuple[date, ...]
    changed: tuple[date, ...]
    removed: tuple[date, ...]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """Whether everything was there already."""
        return not (self.added or self.changed or self.removed)


def import_days(
    session: Session, rows: Sequence[CalendarRow], *, actor_id: int | None, now: datetime
) -> ImportReport:
    """Make the years that the rows cover be exactly these rows; other years stay as they are.

    All or nothing; the same rows again change nothing. Raises `BadCalendar` with line numbers.
    `actor_id` is None on the command line. Returns what changed.
    """
    new = {one.day: one for one in checked(rows)}
    old = _days_of_years(session, {day.year for day in new})
    report = ImportReport(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(day for day in new.keys() & old.keys() if old[day] != new[day])),
        removed=tuple(sorted(old.keys() - new.keys())),
        unchanged=sum(old.get(day) == one for day, one in new.items()),
    )
    _replace(session, report, new)
    stamp(session, [STAMP])
    if not report.is_empty:
        _note(session, report, new, actor_id=actor_id, now=now)
    return report


def _days_of_years(session: Session, years: set[int]) -> dict[date, NewDay]:
    spans = [CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)) for year in years]
    columns = [getattr(CalendarDay, name) for name in COLUMNS]
    rows = session.execute(sa.select(*columns).where(sa.or_(*spans)))
    return {row.day: NewDay(*row) for row in rows}


def _replace(session: Session, report: ImportReport, new: dict[date, NewDay]) -> None:
    gone = [*report.changed, *report.removed]
    session.execute(sa.delete(CalendarDay).where(CalendarDay.day.in_(gone)))
    for day in (*report.added, *report.changed):
        values = {name: getattr(new[day], name) for name in COLUMNS}
        session.execute(sa.insert(CalendarDay).values(**values))


def _note(
    session: Session,
    report: ImportReport,
    new: dict[date, NewDay],
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    years = ",".join(str(year) for year in sorted({day.year for day in new}))
    counts = f"+{len(report.added)} ~{len(report.changed)} -{len(report.removed)}"
    note(
        session,
        "calendar.imported",
        f"calendar:{years}"[:60],
        actor_id=actor_id,
        now=now,
        detail=counts,
    )
