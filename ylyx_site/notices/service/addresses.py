"""An address beside the telephone: asked for, proved by a code, taken away again."""

import hmac
import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.notices import rules
from ylyx_site.notices.errors import AddressCodeTooSoon
from ylyx_site.notices.kinds import Channel
from ylyx_site.notices.models import AccountChannel, AddressCode, NoticePreference
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.vault import blind_index, seal

MAIL = Channel.EMAIL


def ask_for_address(session: Session, address: str, *, actor_id: int, now: datetime) -> str:
    """A code for this address, six digits: to be sent there after the commit.

    The address counts only once it is proved. Raises `AddressCodeTooSoon`.
    """
    asked = session.get(AddressCode, (actor_id, MAIL))
    if asked is not None and not rules.may_send_code(asked.sent_at, asked.sent, now):
        raise AddressCodeTooSoon
    code = f"{secrets.randbelow(1_000_000):06d}"
    sent = rules.codes_so_far(asked.sent_at, asked.sent, now) + 1 if asked else 1
    facts = {
        "address_sealed": seal(address), "code_hash": _digest(actor_id, code),
        "sent_at": now, "sent": sent, "tries": 0,
    }  # fmt: skip
    insert = on_conflict(session, AddressCode).values(account_id=actor_id, kind=MAIL, **facts)
    session.execute(insert.on_conflict_do_update(index_elements=["account_id", "kind"], set_=facts))
    return code


def prove_address(session: Session, code: str, *, actor_id: int, now: datetime) -> bool:
    """Use the address from now on if the code is right; else count the try and return False."""
    asked = session.get(AddressCode, (actor_id, MAIL))
    if asked is None or not rules.is_code_good(asked.sent_at, asked.tries, now):
        return False
    asked.tries += 1
    session.flush()
    if not hmac.compare_digest(asked.code_hash, _digest(actor_id, code)):
        return False
    facts = {"address_sealed": asked.address_sealed, "verified_at": now}
    insert = on_conflict(session, AccountChannel).values(account_id=actor_id, kind=MAIL, **facts)
    session.execute(insert.on_conflict_do_update(index_elements=["account_id", "kind"], set_=facts))
    session.delete(asked)
    return True


def remove_address(session: Session, *, actor_id: int) -> None:
    """Forget the address; what was wanted by e-mail comes as is usual again."""
    for table in (AccountChannel, AddressCode):
        session.execute(sa.delete(table).where(table.account_id == actor_id, table.kind == MAIL))
    session.execute(
        sa.delete(NoticePreference).where(
            NoticePreference.account_id == actor_id, NoticePreference.channel == MAIL
        )
    )


def _digest(account_id: int, code: str) -> str:
    return blind_index(f"address:{account_id}:{code}")
