"""The people of a house: who works there, who is asked in, who looked at what.

Whom a read was about stands in the journal as `person:<id>`. The room of families stands above
this one and cannot be imported; the columns needed are read by the tables' names (see `scopes`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.identity.models import Account, Grant, SignedInSession, StaffInvitation
from ylyx_site.identity.roles import Role
from ylyx_site.identity.scopes import FACILITY
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared.identifiers import mask_phone
from ylyx_site.shared.refusals import N_

PERSON = sa.table("person", sa.column("id", sa.BigInteger), sa.column("name", sa.String))
OF_A_CHILD = {  # kinds of subject whose rows say which child they are about
    kind: sa.table(name, sa.column("id", sa.BigInteger), sa.column("child_id", sa.BigInteger))
    for kind, name in (("care_day", "care_day"), ("paper", "child_paper"))
}
READS_A_PAGE = 50
READS = {
    "attendance.check_read": N_("看了晨检记录"),
    "attendance.health_read": N_("看了名单上的健康资料"),
    "attendance.notes_read": N_("看了每日记录"),
    "attendance.phone_read": N_("看了家长的电话号码"),
    "counter.booking_read": N_("看了家庭的预约"),
    "counter.card_opened": N_("打开了老人的资料"),
    "counter.elder_read": N_("看了老人的资料"),
    "counter.family_opened": N_("打开了家庭的资料"),
    "counter.order_read": N_("看了老人的订餐"),
    "counter.paper_read": N_("看了同意书照片"),
    "counter.sheet_read": N_("看了老人一周的订餐"),
    "entry.paper_read": N_("看了入托材料"),
    "entry.papers_read": N_("看了入托材料"),
    "entry.picture_read": N_("看了入托材料的照片"),
    "families.bindings_read": N_("看了谁替老人办事"),
    "families.child_read": N_("看了孩子的资料"),
    "families.elder_read": N_("看了老人的资料"),
    "families.id_number_read": N_("看了证件号码"),
    "handover.adults_read": N_("看了可以接孩子的人"),
    "handover.blocks_read": N_("看了不能接孩子的人"),
    "handover.photo_read": N_("看了接送人的照片"),
    "handover.takers_read": N_("看了可以接孩子的人"),
    "home.own_data_read": N_("下载了自己的全部信息"),
    "identity.account_read": N_("看了账号资料"),
    "kitchen.labels_read": N_("看了餐盒标签"),
    "kitchen.sheet_read": N_("看了备餐单"),
    "rounds.addresses_read": N_("看了送餐地址"),
    "serving.list_read": N_("看了取餐名单"),
    "serving.meal_read": N_("看了老人的一餐"),
    "serving.photo_read": N_("看了老人的照片"),
    "settlement.sheets_read": N_("看了结算单"),
    "supervision.journal_read": N_("在操作日志里查了一个人"),
    "supervision.lines_read": N_("监管员看了一个数字下面的记录"),
    "supervision.month_read": N_("监管员下载了月报"),
    "welfare.contacts_read": N_("看了老人的联系人"),
    "welfare.people_read": N_("监管员看了关怀的名单"),
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
            sa.or_(
                JournalEntry.action.endswith("_read", autoescape=True),
                JournalEntry.action.in_(READS),
            ),
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
    """The name of the person that each subject is about; three queries at most."""
    ids: dict[str, set[int]] = {}
    for subject in subjects:
        kind, _colon, number = subject.partition(":")
        if number.isdigit():
            ids.setdefault(kind, set()).add(int(number))
    found = _named(session, "person", sa.select(PERSON.c.id, PERSON.c.name), ids)
    for kind, table in OF_A_CHILD.items():
        rows = sa.select(table.c.id, PERSON.c.name).join(PERSON, PERSON.c.id == table.c.child_id)
        found |= _named(session, kind, rows, ids)
    return found


def _named(
    session: Session, kind: str, rows: sa.Select[Any], ids: Mapping[str, set[int]]
) -> dict[str, str]:
    if not ids.get(kind):
        return {}
    wanted = rows.where(rows.selected_columns.id.in_(ids[kind]))
    return {f"{kind}:{number}": name for number, name in session.execute(wanted)}
