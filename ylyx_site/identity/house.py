"""The people of a house: who works there, who is asked in, who looked at what.

Whom a read was about stands in the journal as `person:<id>`. The room of families stands above
this one and cannot be imported; the two columns needed are read by the table's name (see
`scopes`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.identity.models import Account, Grant, SignedInSession, StaffInvitation
from ylyx_site.identity.roles import Role
from ylyx_site.identity.scopes import FACILITY
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared.identifiers import mask_phone
from ylyx_site.shared.refusals import N_

PERSON = sa.table("person", sa.column("id", sa.BigInteger), sa.column("name", sa.String))
READS_A_PAGE = 50
READS = {
    "attendance.check_read": N_("看了晨检记录"),
    "attendance.health_read": N_("看了健康资料"),
    "attendance.phone_read": N_("看了家长的电话号码"),
    "attendance.paper_read": N_("看了入托材料"),
    "families.elder_read": N_("看了老人的资料"),
    "families.id_number_read": N_("看了证件号码"),
    "families.address_read": N_("看了送餐地址"),
}
SOMETHING = N_("看了个人资料")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a role at the house; `seen_at` in this role, as far as is still known."""

    grant_id: int
    account_id: int
    name: str
    phone: str
    role: Role
    since: datetime
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Invited:
    """An open invitation; `place` is the house's name, `phone` is masked."""

    id: int
    phone: str
    role: Role
    place: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Read:
    """Who looked at what of whom; `whose` is empty where it is about nobody in particular."""

    at: datetime
    who: str
    what: str
    whose: str


def colleagues(session: Session, facility_id: int) -> list[Colleague]:
    """Everybody with a live role at the house, in one query."""
    rows = session.execute(
        sa.select(
            Grant.id, Account.id, Account.name, Account.phone, Grant.role, Grant.granted_at,
            sa.func.max(SignedInSession.last_seen_at, type_=SignedInSession.last_seen_at.type),
        )
        .join(Account, Account.id == Grant.account_id)
        .outerjoin(SignedInSession, SignedInSession.grant_id == Grant.id)
        .where(Grant.facility_id == facility_id, Grant.ended_at.is_(None))
        .group_by(Grant.id, Account.id)
        .order_by(Grant.id)
    )  # fmt: skip
    return [
        Colleague(grant, account, name, mask_phone(phone), role, since, seen)
        for grant, account, name, phone, role, since, seen in rows
    ]


def open_invitations(session: Session, facility_id: int, now: datetime) -> list[Invited]:
    """Whom the house has asked and who has not answered."""
    return _invited(session, now, StaffInvitation.facility_id == facility_id)


def invitations_to(session: Session, phone: str, now: datetime) -> list[Invited]:
    """Where this number is asked to work."""
    return _invited(session, now, StaffInvitation.phone == phone)


def _invited(session: Session, now: datetime, *where: sa.ColumnElement[bool]) -> list[Invited]:
    rows = session.execute(
        sa.select(
            StaffInvitation.id, StaffInvitation.phone, StaffInvitation.role, FACILITY.c.name,
            StaffInvitation.expires_at,
        )
        .join(FACILITY, FACILITY.c.id == StaffInvitation.facility_id)
        .where(StaffInvitation.ended_at.is_(None), StaffInvitation.expires_at > now, *where)
        .order_by(StaffInvitation.id)
    )  # fmt: skip
    return [
        Invited(number, mask_phone(phone), role, place, expires)
        for number, phone, role, place, expires in rows
    ]


def reads(session: Session, facility_id: int, page: int) -> tuple[list[Read], bool]:
    """One page of reads of personal data by people of the house, latest first; is there more?"""
    rows = session.execute(
        sa.select(JournalEntry.at, Account.name, JournalEntry.action, JournalEntry.subject)
        .outerjoin(Account, Account.id == JournalEntry.actor_id)
        .where(
            JournalEntry.facility_id == facility_id,
            JournalEntry.action.endswith("_read", autoescape=True),
        )
        .order_by(JournalEntry.at.desc(), JournalEntry.id.desc())
        .offset((page - 1) * READS_A_PAGE)
        .limit(READS_A_PAGE + 1)
    ).all()
    names = _names_of(session, {row.subject for row in rows})
    found = [
        Read(row.at, row.name or "", READS.get(row.action, SOMETHING), names.get(row.subject, ""))
        for row in rows[:READS_A_PAGE]
    ]
    return found, len(rows) > READS_A_PAGE


def _names_of(session: Session, subjects: Collection[str]) -> dict[str, str]:
    ids = [int(one[7:]) for one in subjects if one.startswith("person:") and one[7:].isdigit()]
    if not ids:
        return {}
    rows = session.execute(sa.select(PERSON.c.id, PERSON.c.name).where(PERSON.c.id.in_(ids)))
    return {f"person:{number}": name for number, name in rows}
