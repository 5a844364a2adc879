"""Commands of messages with their entry in the journal, which the room of messages cannot reach."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.families.queries.people import people_of
from ylyx_site.home.errors import FamilyLeft
from ylyx_site.identity import service as identity
from ylyx_site.journal.service import note
from ylyx_site.notices import service as notices
from ylyx_site.notices.service.announcing import Letter
from ylyx_site.notices.service.keeping import forget_account


def announce(
    session: Session, letter: Letter, accounts: Collection[int], *, actor_id: int, now: datetime
) -> str:
    """As `notices.service.announce`."""
    code = notices.announce(session, letter, accounts, actor_id=actor_id, now=now)
    note(
        session, "notices.announced", f"announcement:{code}", actor_id=actor_id,
        facility_id=letter.facility_id, detail=f"{len(accounts)} accounts", now=now,
    )  # fmt: skip
    return code


def prove_address(session: Session, code: str, *, actor_id: int, now: datetime) -> bool:
    """As `notices.service.prove_address`."""
    is_right = notices.prove_address(session, code, actor_id=actor_id, now=now)
    if is_right:
        _note(session, "notices.address_proved", actor_id, now)
    return is_right


def remove_address(session: Session, *, actor_id: int, now: datetime) -> None:
    """As `notices.service.remove_address`."""
    notices.remove_address(session, actor_id=actor_id)
    _note(session, "notices.address_removed", actor_id, now)


def erase_account(session: Session, *, actor_id: int, now: datetime) -> None:
    """Erase one's own account, with its messages; raises `FamilyLeft` and `StillAtWork`."""
    if people_of(session, actor_id):
        raise FamilyLeft
    identity.erase_account(session, actor_id, now=now)
    forget_account(session, actor_id)


def _note(session: Session, action: str, account_id: int, now: datetime) -> None:
    note(session, action, f"account:{account_id}", actor_id=account_id, now=now)
