"""What a family may do now, as far as rows decide it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families import rules
from ylyx_site.families.errors import (
    RequestJustNow,
    TooManyChildren,
    TooManyElders,
    TooManyInvitations,
    TooManyRequests,
    TooManyWrongCodes,
)
from ylyx_site.families.kinds import PersonKind
from ylyx_site.families.models import Bond, ElderRequest, GuardianInvitation, Person
from ylyx_site.journal.models import JournalEntry

WRONG_CODE = "families.wrong_code"


def refuse_full_family(session: Session, account_id: int) -> None:
    """Raise `TooManyChildren` at ten children, those only asked for included."""
    if _bonds(session, account_id, PersonKind.CHILD) >= rules.MOST_CHILDREN:
        raise TooManyChildren(most=rules.MOST_CHILDREN)


def refuse_many_elders(session: Session, account_id: int) -> None:
    """Raise `TooManyElders` at ten elders."""
    if _bonds(session, account_id, PersonKind.ELDER) >= rules.MOST_ELDERS:
        raise TooManyElders(most=rules.MOST_ELDERS)


def refuse_many_requests(session: Session, account_id: int, now: datetime) -> None:
    """Raise `RequestJustNow` within a minute of the last request, `TooManyRequests` at ten a day.

    Those of other people's telephones are limited by the room of accounts.
    """
    asked = session.scalars(
        sa.select(ElderRequest.asked_at)
        .where(
            ElderRequest.asked_by == account_id,
            ElderRequest.asked_at > now - rules.REQUESTS_WITHIN,
        )
        .order_by(ElderRequest.asked_at.desc())
    ).all()
    if len(asked) >= rules.MOST_REQUESTS:
        raise TooManyRequests
    wait = rules.REQUEST_AFTER_REQUEST - abs(now - asked[0]) if asked else None
    if wait is not None and wait.total_seconds() > 0:
        raise RequestJustNow(seconds=max(1, round(wait.total_seconds())))


def _bonds(session: Session, account_id: int, kind: PersonKind) -> int:
    live = session.scalar(
        sa.select(sa.func.count())
        .select_from(Bond)
        .join(Person, Person.id == Bond.person_id)
        .where(
            Bond.account_id == account_id,
            Bond.ended_at.is_(None),
            Person.ended_at.is_(None),
            Person.kind == kind,
        )
    )
    return live or 0


def refuse_many_invitations(session: Session, account_id: int, now: datetime) -> None:
    """Raise `TooManyInvitations` at five that are still open."""
    still_open = session.scalar(
        sa.select(sa.func.count())
        .select_from(GuardianInvitation)
        .where(
            GuardianInvitation.invited_by == account_id,
            GuardianInvitation.used_at.is_(None),
            GuardianInvitation.expires_at > now,
        )
    )
    if (still_open or 0) >= rules.MOST_INVITATIONS:
        raise TooManyInvitations(most=rules.MOST_INVITATIONS)


def refuse_guessing(session: Session, account_id: int, now: datetime) -> None:
    """Raise `TooManyWrongCodes` at ten wrong codes within the hour, as the journal tells."""
    wrong = session.scalar(
        sa.select(sa.func.count())
        .select_from(JournalEntry)
        .where(
            JournalEntry.subject == f"account:{account_id}",
            JournalEntry.action == WRONG_CODE,
            JournalEntry.at > now - rules.WRONG_CODES_WITHIN,
        )
    )
    if (wrong or 0) >= rules.MOST_WRONG_CODES:
        raise TooManyWrongCodes
