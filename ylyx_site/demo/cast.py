"""The people who sign in with the demo password, and what they are there for."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.demo.rows import insert_numbered, insert_rows
from ylyx_site.demo.tables import CastMember, cast
from ylyx_site.identity.demo import PASSWORD
from ylyx_site.identity.models import Account, Grant
from ylyx_site.identity.passwords import hash_password
from ylyx_site.identity.roles import Role


def enter_cast(session: Session, facilities: dict[str, int], *, now: datetime) -> dict[str, int]:
    """Enter the accounts and their roles; return their ids by telephone number."""
    rows = [_account_row(one, now=now) for one in cast()]
    ids = insert_numbered(session, Account, rows)
    insert_rows(session, Grant, [
        _grant_row(account_id, one, facilities, now=now)
        for account_id, one in zip(ids, cast(), strict=True)
        if one.role
    ])  # fmt: skip
    return {one.phone: account_id for account_id, one in zip(ids, cast(), strict=True)}


def _account_row(one: CastMember, *, now: datetime) -> dict[str, object]:
    return {
        "phone": one.phone,
        "name": one.name,
        "password_hash": hash_password(PASSWORD),
        "created_at": now,
    }


def _grant_row(
    account_id: int, one: CastMember, facilities: dict[str, int], *, now: datetime
) -> dict[str, object]:
    return {
        "account_id": account_id,
        "role": Role(one.role),
        "facility_id": facilities.get(one.place),
        "division_code": one.place if one.place.isdecimal() else None,
        "granted_at": now,
    }
