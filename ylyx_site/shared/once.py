"""The one-time key of a form: the same form sent twice has one effect and one answer."""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from ylyx_site.shared.db import Instant, Model
from ylyx_site.shared.refusals import KeyReused
from ylyx_site.shared.vault import blind_index

KEPT = timedelta(days=30)  # longer than anybody leaves a form open and sends it again


class FormKey(Model):
    """A key that had its effect; written in the same transaction as the effect."""

    __tablename__ = "form_key"
    __table_args__ = (sa.Index("ix_form_key_used_at", "used_at"),)

    account_id: Mapped[int] = mapped_column(primary_key=True)  # 0: nobody signed in
    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    answer: Mapped[str] = mapped_column(sa.String(300))
    used_at: Mapped[datetime]


# As text, not put together anew: every write begins with it.
CLAIM = sa.text(
    "INSERT INTO form_key (account_id, key, fingerprint, answer, used_at)"
    " VALUES (:account_id, :key, :fingerprint, :answer, :used_at)"
    " ON CONFLICT DO NOTHING RETURNING key"
).bindparams(sa.bindparam("used_at", type_=Instant()))


def new_key() -> str:
    """A fresh key for a form, 128 bits."""
    return secrets.token_urlsafe(16)


def once(
    session: Session, key: str, wish: object, *, actor_id: int, answer: str, now: datetime
) -> str | None:
    """Claim `key` for this `wish`; return None the first time, the first answer afterwards.

    `wish` is a frozen dataclass (its repr is what was asked for); `answer` is the address that
    the first sending is redirected to. Raises `KeyReused` when the content differs. A twin that
    is still under way is waited for by the insert itself.
    """
    # Keyed, because a wish may hold an ID number, which a bare digest would give away.
    fingerprint = blind_index(repr(wish))
    row = {
        "account_id": actor_id, "key": key, "fingerprint": fingerprint, "answer": answer,
        "used_at": now,
    }  # fmt: skip
    if session.connection().execute(CLAIM, row).first() is not None:
        return None
    earlier = session.execute(
        sa.select(FormKey.fingerprint, FormKey.answer).where(
            FormKey.account_id == actor_id, FormKey.key == key
        )
    ).one()
    if earlier.fingerprint != fingerprint:
        raise KeyReused
    return str(earlier.answer)


def settle(session: Session, key: str, *, actor_id: int, answer: str) -> str:
    """Set the answer of a key claimed in this transaction, where only the effect tells it."""
    session.execute(
        sa.update(FormKey)
        .where(FormKey.account_id == actor_id, FormKey.key == key)
        .values(answer=answer)
    )
    return answer


def forget_old_keys(session: Session, now: datetime, most: int = 2000) -> int:
    """Delete keys used more than thirty days ago, up to `most` at a time; returns how many."""
    old = sa.select(FormKey.account_id, FormKey.key).where(FormKey.used_at < now - KEPT).limit(most)
    gone = session.scalars(
        sa.delete(FormKey)
        .where(sa.tuple_(FormKey.account_id, FormKey.key).in_(old))
        .returning(FormKey.key)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())
