"""Names of the facilities and divisions that roles are given for.

The register stands above this room and cannot be imported; a grant points at its rows all the
same, so the few columns needed here are read by the tables' names.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.identity.errors import NoSuchScope
from ylyx_site.identity.models import Grant
from ylyx_site.shared.identifiers import digits

FACILITY = sa.table("facility", sa.column("id", sa.Integer), sa.column("name", sa.String))
DIVISION = sa.table("division", sa.column("code", sa.String), sa.column("name", sa.String))


def scope_names(session: Session, grants: Iterable[Grant]) -> dict[int, str]:
    """For each grant the name of its facility or division, empty for none; two queries at most."""
    grants = list(grants)
    facilities = _names(session, FACILITY.c.id, FACILITY.c.name, {g.facility_id for g in grants})
    divisions = _names(session, DIVISION.c.code, DIVISION.c.name, {g.division_code for g in grants})
    return {
        grant.id: facilities.get(grant.facility_id, "")
        or divisions.get(grant.division_code, grant.division_code or "")
        for grant in grants
    }


def facility_of(session: Session, text: str) -> int:
    """The facility with this number or name; part of a name will do when only one has it.

    Raises `NoSuchScope`, beside the field `facility`.
    """
    text = digits(text)
    found = sa.select(FACILITY.c.id).order_by(FACILITY.c.id).limit(2)
    wheres = (
        [FACILITY.c.id == int(text)]
        if text.isascii() and text.isdigit() and len(text) < 10
        else [FACILITY.c.name == text, FACILITY.c.name.contains(text, autoescape=True)]
    )
    for where in wheres:
        ids = session.scalars(found.where(where)).all()
        if len(ids) == 1:
            return int(ids[0])
    raise NoSuchScope(field="facility")


def refuse_unknown(session: Session, facility_id: int | None, division_code: str | None) -> None:
    """Raise `NoSuchScope` for a facility or a division that is not in the register."""
    if facility_id is not None and not _has(session, FACILITY.c.id == facility_id):
        raise NoSuchScope(field="facility")
    if division_code is not None and not _has(session, DIVISION.c.code == division_code):
        raise NoSuchScope(field="division")


def _has(session: Session, where: sa.ColumnElement[bool]) -> bool:
    return bool(session.scalar(sa.select(sa.exists().where(where))))


def _names(
    session: Session,
    key: sa.ColumnElement[object],
    name: sa.ColumnElement[object],
    wanted: set[object],
) -> dict[object, str]:
    wanted = wanted - {None}
    if not wanted:
        return {}
    rows = session.execute(sa.select(key, name).where(key.in_(wanted)))
    return {row[0]: str(row[1]) for row in rows}
