"""What the worker does for this room."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.identity.models import (
    DemoMessage,
    FailedSignIn,
    OneTimeCode,
    SignedInSession,
    StaffInvitation,
)

KEPT = timedelta(days=1)  # longer than any clock is off, so that a jump forgets nothing live


def forget_old(session: Session, now: datetime) -> int:
    """Delete what is over for a day: sessions, invitations, codes, failures, demo messages.

    Returns how many rows went; doing it twice is harmless.
    """
    before = now - KEPT
    return sum(
        len(session.scalars(old).all())
        for old in (
            sa.delete(SignedInSession)
            .where(sa.or_(SignedInSession.expires_at < before, SignedInSession.ended_at < before))
            .returning(SignedInSession.token_hash),
            sa.delete(StaffInvitation)
            .where(sa.or_(StaffInvitation.expires_at < before, StaffInvitation.ended_at < before))
            .returning(StaffInvitation.id),
            sa.delete(OneTimeCode).where(OneTimeCode.sent_at < before).returning(OneTimeCode.id),
            sa.delete(FailedSignIn).where(FailedSignIn.at < before).returning(FailedSignIn.id),
            sa.delete(DemoMessage).where(DemoMessage.sent_at < before).returning(DemoMessage.id),
        )
    )
