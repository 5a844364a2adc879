"""What a clerk keeps of an elder after seeing a document: groups, divisions, who may act."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.counter.kinds import PaperKind
from ylyx_site.counter.queries.elders import known_by
from ylyx_site.counter.queries.people import refuse_unknown
from ylyx_site.counter.service.papers import file_paper
from ylyx_site.counter.wishes import Binding, Filing, GroupChange, GroupEnd, Withdrawal
from ylyx_site.families import service as families
from ylyx_site.families.elder_wishes import DivisionsChange, PaperWish
from ylyx_site.shared import clock


def keep_group(
    session: Session, facility_id: int, change: GroupChange, *, actor_id: int, now: datetime
) -> None:
    """Recognise a group, or set one right. Raises `NotFound` and as `families.service.groups`."""
    refuse_unknown(session, facility_id, change.person_id, clock.day_of(now))
    if change.group_id is None:
        families.add_group(session, change.person_id, change.wish, actor_id=actor_id, now=now)
        return
    families.correct_group(
        session, change.person_id, change.group_id, change.wish, actor_id=actor_id, now=now
    )


def end_group(
    session: Session, facility_id: int, wish: GroupEnd, *, actor_id: int, now: datetime
) -> None:  # fmt: skip
    """Let a group end with a day. Raises `NotFound`, `BadValidity`."""
    refuse_unknown(session, facility_id, wish.person_id, clock.day_of(now))
    families.end_group(
        session, wish.person_id, wish.group_id, wish.last, actor_id=actor_id, now=now
    )


def keep_divisions(
    session: Session, facility_id: int, change: DivisionsChange, *, actor_id: int, now: datetime
) -> None:
    """Keep 户籍 and 居住地. Raises `NotFound`."""
    refuse_unknown(session, facility_id, change.person_id, clock.day_of(now))
    families.change_divisions(session, change, actor_id=actor_id, now=now)


def bind(
    session: Session, facility_id: int, wish: Binding, *, actor_id: int, now: datetime
) -> None:  # fmt: skip
    """Bind an account by a paper. Raises `NotFound` and as `families.service.bind_by_paper`."""
    today = clock.day_of(now)
    refuse_unknown(session, facility_id, wish.person_id, today)
    known = known_by(session, wish.person_id, today)
    paper = PaperWish(
        known.name, known.born_on, wish.relation, wish.account_phone, wish.filing.number,
        known.phone, known.id_number,
    )  # fmt: skip
    families.bind_by_paper(session, paper, actor_id=actor_id, now=now)
    filing = replace(wish.filing, kind=PaperKind.BINDING)
    file_paper(session, facility_id, wish.person_id, filing, actor_id=actor_id, now=now)


def withdraw(
    session: Session, facility_id: int, wish: Withdrawal, *, actor_id: int, now: datetime
) -> None:  # fmt: skip
    """End a binding, or everything, by a paper of the elder's. Raises `NotFound`."""
    refuse_unknown(session, facility_id, wish.person_id, clock.day_of(now))
    number = wish.filing.number
    kind = PaperKind.WITHDRAWAL if wish.handle else PaperKind.ERASURE
    filing = Filing(kind, number, wish.filing.photo)
    file_paper(session, facility_id, wish.person_id, filing, actor_id=actor_id, now=now)
    if wish.handle:
        families.end_by_paper(
            session, wish.person_id, wish.handle, paper=number, actor_id=actor_id, now=now
        )
    else:
        families.erase_by_paper(session, wish.person_id, paper=number, actor_id=actor_id, now=now)
