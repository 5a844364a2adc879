"""The district's table: changed row by row, or brought in as a file, all of it or nothing."""

import csv
import io
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.entry.errors import BadTable, DiseaseNamed
from ylyx_site.entry.models import Disease, DistrictEntry
from ylyx_site.entry.queries.diseases import disease_of_district
from ylyx_site.entry.rules.wishes import DiseaseWish, TermsWish
from ylyx_site.journal.service import note
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.identifiers import digits

MOST_DAYS = 365
LONGEST_NAME = 30
YES, NO = ("是", "yes", "1"), ("否", "no", "0", "")


def save_disease(
    session: Session, division_code: str, wish: DiseaseWish, *, actor_id: int | None, now: datetime
) -> None:
    """Enter or change a row; cases that were written down stay as they are.

    Raises `NotFound` for a row of another district, `DiseaseNamed`.
    """
    if wish.id is not None:
        disease_of_district(session, division_code, wish.id)
    other = session.scalars(
        sa.select(Disease).where(Disease.division_code == division_code, Disease.name == wish.name)
    ).first()
    if other is not None and other.id != wish.id and (wish.id is not None or not other.ended_at):
        raise DiseaseNamed
    row = session.get(Disease, wish.id) if wish.id is not None else other
    if row is None:
        row = Disease(division_code=division_code)
        session.add(row)
    row.name, row.days, row.needs_paper, row.ended_at = wish.name, wish.days, wish.needs_paper, None
    session.flush()
    note(
        session, "entry.disease_saved", f"division:{division_code}",
        actor_id=actor_id, detail=f"disease:{row.id} {row.days}", now=now,
    )  # fmt: skip


def end_disease(
    session: Session, division_code: str, disease_id: int, *, actor_id: int, now: datetime
) -> None:
    """Take a row out of the table; raises `NotFound`."""
    disease_of_district(session, division_code, disease_id)
    session.get_one(Disease, disease_id).ended_at = now
    session.flush()
    note(
        session, "entry.disease_ended", f"division:{division_code}",
        actor_id=actor_id, detail=f"disease:{disease_id}", now=now,
    )  # fmt: skip


def save_terms(
    session: Session, division_code: str, wish: TermsWish, *, actor_id: int, now: datetime
) -> None:
    """Set a district's figures."""
    figures = {"away_months": wish.away_months, "keep_months": wish.keep_months}
    insert = on_conflict(session, DistrictEntry).values(division_code=division_code, **figures)
    session.execute(insert.on_conflict_do_update(index_elements=["division_code"], set_=figures))
    note(
        session, "entry.terms_saved", f"division:{division_code}",
        actor_id=actor_id, detail=f"{wish.away_months} {wish.keep_months}", now=now,
    )  # fmt: skip


def import_table(
    session: Session, division_code: str, text: str, *, actor_id: int | None, now: datetime
) -> int:
    """Bring rows `name,days,yes|no` in (a head line is skipped); returns how many.

    Rows of the same name are changed, others stay. Raises `BadTable` with the number of the line.
    """
    wishes = read_table(text)
    known = {
        one.name: one.id
        for one in session.scalars(sa.select(Disease).filter_by(division_code=division_code))
        if one.ended_at is None
    }
    for name, days, needs_paper in wishes:
        wish = DiseaseWish(known.get(name), name, days, needs_paper)
        save_disease(session, division_code, wish, actor_id=actor_id, now=now)
    return len(wishes)


def read_table(text: str) -> list[tuple[str, int, bool]]:
    """The rows of a CSV file; raises `BadTable`."""
    found: dict[str, tuple[str, int, bool]] = {}
    for number, cells in enumerate(csv.reader(io.StringIO(text.lstrip("\ufeff"))), start=1):
        if not any(cells) or cells[0].startswith("#") or (not found and "病名" in cells[0]):
            continue
        row = _row(cells)
        if row is None or row[0] in found:
            raise BadTable(row=number)
        found[row[0]] = row
    return list(found.values())


def _row(cells: list[str]) -> tuple[str, int, bool] | None:
    name, days, paper = ([one.strip() for one in cells] + ["", "", ""])[:3]
    number = digits(days)
    is_number = number.isascii() and number.isdigit() and len(number) <= 3
    if not 1 <= len(name) <= LONGEST_NAME or not is_number or int(number) > MOST_DAYS:
        return None
    if paper.lower() not in (*YES, *NO):
        return None
    return name, int(number), paper.lower() in YES
