"""Answering an offer: from the page 我的候补, and from the link in a message without signing in.

The link's page shows nursery, days, hours and price, nobody's name; only a POST decides.
"""

from dataclasses import dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.childcare.words import care_name
from ylyx_site.facilities.queries import facility_of
from ylyx_site.identity.access import ANYONE, SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.places.errors import Full
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.identifiers import CodeTakenError, public_code
from ylyx_site.shared.retries import tried_again
from ylyx_site.shared.templating import render
from ylyx_site.waiting import words
from ylyx_site.waiting.forms import AcceptForm, StepForm
from ylyx_site.waiting.models import WaitingEntry, WaitingOffer
from ylyx_site.waiting.policy.offered import shown_offer
from ylyx_site.waiting.queries.entries import offer_by_token, own_offer
from ylyx_site.waiting.service.answering import accept, decline
from ylyx_site.waiting.service.tokens import hash_of
from ylyx_site.waiting.views.doing import done

pages = Blueprint("answers", __name__)


@dataclass(frozen=True, slots=True)
class Door:
    """By which way somebody answers, and as whom."""

    offer: WaitingOffer
    address: str
    actor_id: int
    signed_in: bool


@pages.get("/waiting/offers/<code>")
@access(SIGNED_IN)
def show_offer(code: str) -> str:
    """What is offered and until when, to its family."""
    return _page(_own(code), AcceptForm())


@pages.post("/waiting/offers/<code>/acceptance")
@access(SIGNED_IN)
def accept_offer(code: str) -> ResponseReturnValue:
    """Book it."""
    return _accept(_own(code))


@pages.post("/waiting/offers/<code>/refusal")
@access(SIGNED_IN)
def decline_offer(code: str) -> ResponseReturnValue:
    """Let it go to the next."""
    return _decline(_own(code))


@pages.get("/waiting/answers/<token>")
@access(ANYONE)
def show_link(token: str) -> str:
    """The page of the link in a message."""
    return _page(_linked(token), AcceptForm())


@pages.post("/waiting/answers/<token>/acceptance")
@access(ANYONE)
def accept_link(token: str) -> ResponseReturnValue:
    """Book it, without signing in."""
    return _accept(_linked(token))


@pages.post("/waiting/answers/<token>/refusal")
@access(ANYONE)
def decline_link(token: str) -> ResponseReturnValue:
    """Let it go to the next, without signing in."""
    return _decline(_linked(token))


def _own(code: str) -> Door:
    who = signed_in().account_id
    return Door(own_offer(db.session(), who, code), f"/waiting/offers/{code}", who, signed_in=True)


def _linked(token: str) -> Door:
    offer = offer_by_token(db.session(), hash_of(token))
    entry = db.session().get_one(WaitingEntry, offer.entry_id)
    return Door(offer, f"/waiting/answers/{token}", entry.account_id, signed_in=False)


def _accept(door: Door) -> ResponseReturnValue:
    form = AcceptForm()
    onward = tried_again(lambda: _try_to_accept(door, form, public_code()), Full, CodeTakenError)
    return htmx.see_other(onward) if isinstance(onward, str) else (_page(door, form), onward)


def _try_to_accept(door: Door, form: AcceptForm, code: str) -> str | int:
    answer = f"/childcare/bookings/{code}" if door.signed_in else door.address
    return done(
        form,
        lambda session, now: accept(
            session, session.get_one(WaitingOffer, door.offer.id), form.wish(),
            actor_id=door.actor_id, code=code, now=now, by_link=not door.signed_in,
        ),
        actor_id=door.actor_id, answer=answer, asked=door.offer.code,
    )  # fmt: skip


def _decline(door: Door) -> ResponseReturnValue:
    form = StepForm()
    onward = done(
        form,
        lambda session, now: decline(
            session, session.get_one(WaitingOffer, door.offer.id),
            actor_id=door.actor_id, now=now, by_link=not door.signed_in,
        ),
        actor_id=door.actor_id, answer=door.address, asked=door.offer.code,
    )  # fmt: skip
    return htmx.see_other(onward) if isinstance(onward, str) else (_page(door, form), onward)


def _page(door: Door, form: WriteForm) -> str:
    session, now = db.session(), clock.now()
    offer = door.offer
    shown = shown_offer(session, offer, now)
    facility = facility_of(session, offer.facility_id)
    return render(
        "waiting/offer.html",
        offer=offer, shown=shown, facility=facility, door=door, form=form, words=words,
        care_name=care_name, now=now,
    )  # fmt: skip
