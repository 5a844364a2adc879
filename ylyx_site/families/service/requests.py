"""Asking an elder, by a code sent to the elder's own telephone and told to whoever asks.

Until the elder agrees there is only a request, sealed and gone after half an hour. Where the elder
is here already, the code goes to the telephone on record whatever was typed, and the page reads the
same: whoever asks learns nothing, and whoever knows an ID number gets nowhere by it.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.families import policy, queries, rules
from ylyx_site.families.elder_wishes import AgreementWish, ElderWish
from ylyx_site.families.errors import OwnNumber, RequestOver
from ylyx_site.families.kinds import Means, Relation
from ylyx_site.families.models import ElderRequest
from ylyx_site.families.service.elders import (
    Agreement,
    check_facts,
    enter_elder,
    refuse_bound,
    take_turns_about,
)
from ylyx_site.families.service.turns import take_turns
from ylyx_site.identity import service as identity
from ylyx_site.identity.models import Account
from ylyx_site.journal.service import note
from ylyx_site.shared import clock, identifiers, vault
from ylyx_site.shared.identifiers import BadIdentifier
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Asked:
    """A code to be sent after the commit: to `phone`, or to nobody if that is None."""

    request_id: int
    phone: str | None
    code: str
    elder_name: str


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A request as its own account sees it; the telephone is the one that was typed, masked."""

    id: int
    name: str
    masked_phone: str
    person_id: int | None


def ask_elder(
    session: Session, wish: ElderWish, address: str, *, actor_id: int, now: datetime
) -> Asked:
    """Keep a request for half an hour, and make the code by which the elder agrees.

    Raises `OwnNumber`, `AlreadyBound`, `TooManyElders`, `RequestJustNow`, `TooManyRequests`, those
    about birth date and number, and those of `identity.service.new_code`.
    """
    take_turns(session, f"account:{actor_id}")
    check_facts(wish, now)
    if wish.phone == session.get_one(Account, actor_id).phone:
        raise OwnNumber(field="phone")
    policy.refuse_many_requests(session, actor_id, now)
    policy.refuse_many_elders(session, actor_id)
    phone = _telephone(session, wish, actor_id)
    request = ElderRequest(
        asked_by=actor_id,
        sealed=_seal(wish, phone),
        asked_at=now,
        expires_at=now + rules.REQUEST_LASTS,
    )
    session.add(request)
    session.flush()
    note(session, "families.elder_asked", f"account:{actor_id}", actor_id=actor_id, now=now)
    return _with_code(session, request.id, wish, phone, address=address, now=now)


def ask_again(
    session: Session, request_id: int, address: str, *, actor_id: int, now: datetime
) -> Asked:
    """Make another code for an open request. Raises `NotFound`, `RequestOver`, and as above."""
    take_turns(session, f"account:{actor_id}")
    request = queries.request_of(session, actor_id, request_id)
    wish, phone = _open(request, now)
    return _with_code(session, request_id, wish, phone, address=address, now=now)


def agree(
    session: Session, wish: AgreementWish, address: str, *, actor_id: int, now: datetime
) -> int | None:
    """Take the code that the elder told as consent: the elder's id, or None for a wrong code.

    A wrong code is counted, therefore it is an answer and no refusal. The request itself is what
    makes the second sending harmless: it is agreed to once. Raises `NotFound`, `RequestOver`,
    `AlreadyBound`, `TooManyElders`, `TooManyFailuresHere`.
    """
    take_turns(session, f"account:{actor_id}")
    request = queries.request_of(session, actor_id, wish.request_id)
    if request.person_id is not None:
        return _agreed(session, request)
    asked, phone = _open(request, now)
    purpose = _purpose(request.id)
    if not identity.use_code(
        session, phone or asked.phone, wish.code, address, purpose=purpose, now=now
    ):
        return None
    _refuse_moved(session, asked, phone)
    agreement = Agreement(actor_id, asked.relation, Means.OWN_PHONE, actor_id)
    person = enter_elder(session, asked, phone, agreement, now=now)
    request.agreed_at, request.person_id, request.sealed = now, person.id, None
    session.flush()
    return person.id


def request_facts(
    session: Session, request_id: int, *, actor_id: int, now: datetime
) -> RequestFacts:
    """What a request says. Raises `NotFound` for others', `RequestOver` once it is over."""
    request = queries.request_of(session, actor_id, request_id)
    if request.person_id is not None:
        return RequestFacts(request_id, "", "", request.person_id)
    wish, _phone = _open(request, now)
    return RequestFacts(request_id, wish.name, identifiers.mask_phone(wish.phone), None)


def _telephone(session: Session, wish: ElderWish, actor_id: int) -> str | None:
    """Where the code goes: to the telephone on record of an elder who is known, else as typed."""
    known = queries.known_elder(session, wish.name, wish.born_on, wish.phone, wish.id_number)
    if known is None:
        return wish.phone
    refuse_bound(session, known, actor_id)
    return known.phone


def _refuse_moved(session: Session, wish: ElderWish, phone: str | None) -> None:
    """Raise `RequestOver` where the elder was entered meanwhile with another telephone."""
    take_turns_about(session, wish, phone)
    known = queries.known_elder(session, wish.name, wish.born_on, phone, wish.id_number)
    if known is not None and known.phone != phone:
        raise RequestOver


def _agreed(session: Session, request: ElderRequest) -> int:
    """The elder of a request that was agreed to; nothing any more once the bond has ended."""
    person_id = request.person_id
    if person_id is None or request.asked_by not in queries.live_guardians(session, person_id):
        raise NotFound
    return person_id


def _with_code(
    session: Session,
    request_id: int,
    wish: ElderWish,
    phone: str | None,
    *,
    address: str,
    now: datetime,
) -> Asked:
    code = identity.new_code(
        session, phone or wish.phone, address,
        now=now, purpose=_purpose(request_id), lives=rules.REQUEST_LASTS,
    )  # fmt: skip
    return Asked(request_id, phone if _is_mobile(phone) else None, code, wish.name)


def _open(request: ElderRequest, now: datetime) -> tuple[ElderWish, str | None]:
    """What was asked, and where the code goes."""
    if request.sealed is None or not request.asked_at <= now < request.expires_at:
        raise RequestOver
    parts = json.loads(vault.unseal(request.sealed))
    number = parts["number"]
    born_on = date.fromisoformat(parts["born_on"])
    wish = ElderWish(
        name=parts["name"],
        born_on=born_on,
        relation=Relation(parts["relation"]),
        phone=parts["typed"],
        id_number=identifiers.id_number(number, clock.day_of(now)) if number else None,
    )
    return wish, parts["phone"]


def _seal(wish: ElderWish, phone: str | None) -> str:
    number = wish.id_number.value if wish.id_number else None
    return vault.seal(
        json.dumps(
            {
                "name": wish.name,
                "born_on": wish.born_on.isoformat(),
                "relation": wish.relation,
                "typed": wish.phone,
                "phone": phone,
                "number": number,
            }
        )
    )


def _is_mobile(phone: str | None) -> bool:
    """Whether a code can be read there: a landline on record rings in vain."""
    try:
        return identifiers.mobile(phone or "") == phone
    except BadIdentifier:
        return False


def _purpose(request_id: int) -> str:
    return f"elder:{request_id}"
