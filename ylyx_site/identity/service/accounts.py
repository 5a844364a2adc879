"""Making, naming, closing accounts, and their passwords."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.identity import passwords, queries
from ylyx_site.identity.errors import PhoneTaken
from ylyx_site.identity.models import Account
from ylyx_site.journal.service import note


def create_account(
    session: Session,
    phone: str,
    name: str,
    password: str | None,
    *,
    now: datetime,
    actor_id: int | None = None,
) -> Account:
    """Make an account; `phone` is 11 digits (`identifiers.mobile`), `name` may be empty as yet.

    `actor_id` is None when people register themselves. Raises `PhoneTaken`.
    """
    if queries.account_by_phone(session, phone) is not None:
        raise PhoneTaken(field="phone")
    account = Account(
        phone=phone,
        name=name,
        password_hash=passwords.hash_password(password) if password else None,
        created_at=now,
    )
    session.add(account)
    session.flush()
    note(
        session, "identity.account_created", f"account:{account.id}",
        actor_id=actor_id or account.id, now=now,
    )  # fmt: skip
    return account
