"""Binding by a paper that the elder signed, for those without a telephone that shows codes."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.families.elder_wishes import PaperElder, PaperWish
from ylyx_site.families.errors import (
    ClerkForOneself,
    NoSuchAccount,
    NothingToKnowBy,
    PaperMissing,
)
from ylyx_site.families.kinds import Means, Relation
from ylyx_site.families.models import Person
from ylyx_site.families.service.elders import Agreement, check_facts, enter_alone, enter_elder
from ylyx_site.families.service.turns import take_turns
from ylyx_site.identity.queries import account_by_phone


def bind_by_paper(session: Session, wish: PaperWish, *, actor_id: int, now: datetime) -> Person:
    """Bind an account to an elder by a paper that a clerk, the actor, has seen and filed.

    Whoever calls has checked that the actor is a clerk, who has seen the elder's ID card: another
    telephone than the one on record replaces it. Raises `PaperMissing`, `NothingToKnowBy`,
    `NoSuchAccount`, `ClerkForOneself`, `AlreadyBound`, `TooManyElders`, and those about birth date
    and number.
    """
    if not wish.paper.strip():
        raise PaperMissing(field="paper")
    if wish.id_number is None and wish.phone is None:
        raise NothingToKnowBy(field="id_number")
    account = account_by_phone(session, wish.account_phone)
    if account is None or account.closed_at is not None:
        raise NoSuchAccount(field="account_phone")
    if account.id == actor_id:
        raise ClerkForOneself(field="account_phone")
    take_turns(session, f"account:{account.id}")
    check_facts(wish, now)
    agreement = Agreement(account.id, wish.relation, Means.PAPER, actor_id, wish.paper.strip())
    return enter_elder(session, wish, wish.phone, agreement, now=now)


def enter_by_paper(
    session: Session, wish: PaperElder, *, actor_id: int, now: datetime
) -> Person:  # fmt: skip
    """Enter an elder whom no account acts for, by a paper that a clerk, the actor, has filed.

    Whoever is here already is found again. Raises `PaperMissing`, `NothingToKnowBy`, and those
    about birth date and number.
    """
    if not wish.paper.strip():
        raise PaperMissing(field="paper")
    if wish.id_number is None and wish.phone is None:
        raise NothingToKnowBy(field="id_number")
    check_facts(wish, now)
    agreement = Agreement(actor_id, Relation.SELF, Means.PAPER, actor_id, wish.paper.strip())
    return enter_alone(session, wish, agreement, now=now)
