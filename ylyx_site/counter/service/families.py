"""Meeting families at a nursery's desk: by the whole number that was told, or by a paper."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.counter.errors import NotThisNumber
from ylyx_site.counter.kinds import PaperKind
from ylyx_site.counter.queries.families import family_of_number
from ylyx_site.counter.rules.asking import asked_from
from ylyx_site.counter.service.papers import file_paper
from ylyx_site.counter.service.people import make_known
from ylyx_site.counter.wishes import Filing, Meeting, NewFamily
from ylyx_site.families import service as families
from ylyx_site.identity import service as identity
from ylyx_site.identity.errors import AccountClosed
from ylyx_site.identity.models import Account
from ylyx_site.identity.queries import account_by_phone
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared import clock, vault
from ylyx_site.shared.refusals import N_

ENTERED = N_("机构凭您签的同意书登记了您的孩子。不是您本人签的，请马上打电话给人工台。")


def meet_family(
    session: Session, facility_id: int, wish: Meeting, *, actor_id: int, now: datetime
) -> None:
    """Let the desk know the family whose whole number was told: all of that guardian's children.

    `wish.person_id` is one of them. Raises `NotThisNumber`.
    """
    asked = asked_from(wish.words, clock.day_of(now))
    children = family_of_number(session, wish.person_id, asked)
    if not children:
        raise NotThisNumber
    _meet(session, facility_id, (one.id for one in children), actor_id, now)


def enter_family(
    session: Session, facility_id: int, wish: NewFamily, *, actor_id: int, now: datetime
) -> int:
    """Enter a child by a consent on paper, with an account for its guardian; returns its id.

    The account has no password: they sign in by a code. One that is there already is used as it
    is, and a child that it has already is found again. The guardian is told. Raises
    `AccountClosed` and as `families.service.add_child_by_paper`.
    """
    account = _account(session, wish, actor_id, now)
    child_id = families.add_child_by_paper(
        session, wish.child, wish.paper, account_id=account.id, actor_id=actor_id, now=now
    )
    _meet(session, facility_id, [child_id], actor_id, now)
    filing = Filing(PaperKind.CONSENT, wish.paper, wish.photo)
    file_paper(session, facility_id, child_id, filing, actor_id=actor_id, now=now)
    news = News(
        NoticeKind.GUARDIANS, ENTERED, {}, f"/family/people/{child_id}", f"guardians:{child_id}",
        f"counter.family_entered:{child_id}:{now.isoformat()}",
    )  # fmt: skip
    plan(session, [account.id], news, now=now)
    return child_id


def _account(session: Session, wish: NewFamily, actor_id: int, now: datetime) -> Account:
    families.take_turns(session, f"phone:{vault.blind_index(wish.phone)}")
    found = account_by_phone(session, wish.phone)
    if found is None:
        return identity.create_account(
            session, wish.phone, wish.guardian, None, now=now, actor_id=actor_id
        )
    if found.closed_at is not None:
        raise AccountClosed(field="phone")
    return found


def _meet(
    session: Session, facility_id: int, child_ids: Iterable[int], actor_id: int, now: datetime
) -> None:
    for child_id in child_ids:
        make_known(session, facility_id, child_id, actor_id, now)
