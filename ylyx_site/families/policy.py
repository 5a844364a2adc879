"""What a family may do now, as far as rows decide it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families import queries, rules
from ylyx_site.families.errors import (
    AlreadyYours,
    ConsentOfAnother,
    LastGuardian,
    TooManyChildren,
    TooManyInvitations,
    TooManyWrongCodes,
)
from ylyx_site.families.kinds import BondState, PersonKind
from ylyx_site.families.models import Bond, Consent, GuardianInvitation, Person
from ylyx_site.journal.models import JournalEntry

WRONG_CODE = "families.wrong_code"


def refuse_full_family(session: Session, account_id: int) -> None:
    """Raise `TooManyChildren` at ten children, those only asked for included."""
    children = session.scalar(
        sa.select(sa.func.count())
        .select_from(Bond)
        .join(Person, Person.id == Bond.person_id)
        .where(
            Bond.account_id == account_id,
            Bond.ended_at.is_(None),
            Person.ended_at.is_(None),
            Person.kind == PersonKind.CHILD,
        )
    )
    if (children or 0) >= rules.MOST_CHILDREN:
        raise TooManyChildren(most=rules.MOST_CHILDREN)


def refuse_namesake(session: Session, account_id: int, name: str, born_on: date) -> None:
    """Raise `AlreadyYours` for a child of the same name born on the same day."""
    for child in queries.children_of(session, account_id):
        if (child.name, child.born_on) == (name, born_on):
            raise AlreadyYours(field="name")


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


def refuse_last_guardian(session: Session, child_id: int) -> None:
    """Raise `LastGuardian` where only one live guardian is left."""
    if len(live_guardians(session, child_id)) < 2:
        raise LastGuardian


def refuse_consent_of_another(
    session: Session, consent: Consent, child_id: int, actor_id: int
) -> None:
    """Raise `ConsentOfAnother` while another guardian, who gave the consent, is there."""
    guardians = live_guardians(session, child_id)
    if not rules.may_withdraw(consent.account_id, guardians, actor_id):
        raise ConsentOfAnother


def live_guardians(session: Session, child_id: int) -> set[int]:
    """The accounts that may act for the child."""
    guardians = queries.guardians_of(session, child_id)
    return {one.account_id for one in guardians if one.state == BondState.LIVE}
