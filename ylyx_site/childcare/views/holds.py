"""Holding places while the booking form is filled in: hold, once longer, let go."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.childcare.forms import BookingForm
from ylyx_site.childcare.service.holds import hold_wish
from ylyx_site.childcare.views import draft
from ylyx_site.childcare.views.bookings import TRIES, page_again
from ylyx_site.childcare.views.holding import hold_minutes
from ylyx_site.childcare.views.links import wish_fields
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.places.errors import Full
from ylyx_site.places.service import holds
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import transaction
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import Refusal

pages = Blueprint("care_holds", __name__)
pages.after_request(draft.remember)
Act = Callable[[Session, int, datetime], object]
Answer = BaseResponse | tuple[str, int]


@pages.post("/childcare/<int:facility_id>/holds")
@access(SIGNED_IN)
def create_hold(facility_id: int) -> Answer:
    """Hold what the form says, and come back to it."""
    form, minutes = BookingForm(), hold_minutes()

    def act(session: Session, who: int, now: datetime) -> object:
        wish = form.wish(facility_id)
        return hold_wish(session, wish, minutes=minutes, actor_id=who, now=now)

    return _do("hold", facility_id, form, act)


@pages.post("/childcare/<int:facility_id>/holds/extension")
@access(SIGNED_IN)
def extend_hold(facility_id: int) -> Answer:
    """Hold it as long again, once."""
    minutes = hold_minutes()

    def act(session: Session, who: int, now: datetime) -> object:
        return holds.extend(session, facility_id, minutes=minutes, actor_id=who, now=now)

    return _do("extend", facility_id, BookingForm(), act)


@pages.post("/childcare/<int:facility_id>/holds/release")
@access(SIGNED_IN)
def release_hold(facility_id: int) -> Answer:
    """Let it go, and look at other nurseries."""

    def act(session: Session, who: int, now: datetime) -> None:
        holds.release(session, facility_id, actor_id=who, now=now)

    return _do("release", facility_id, BookingForm(), act, onward="/childcare")


def _do(
    deed: str, facility_id: int, form: BookingForm, act: Act, onward: str | None = None
) -> Answer:
    """Once for this form; a refusal is shown on it."""
    if not form.validate():
        return page_again(facility_id, form), 422
    fields = wish_fields(form.wish(facility_id))
    back = onward or address(f"/childcare/{facility_id}/bookings/new", **fields)
    try:
        _run((deed, form.wish(facility_id)), str(form.key.data), act, back)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.refuse(refusal)
        return page_again(facility_id, form), refusal.status
    return htmx.see_other(back)


def _run(wish: object, key: str, act: Act, answer: str) -> None:
    """In one transaction; again when a place went while we looked."""
    for attempt in range(1, TRIES + 1):
        who, now = signed_in().account_id, clock.now()
        try:
            with transaction() as session:
                if once(session, key, wish, actor_id=who, answer=answer, now=now) is None:
                    act(session, who, now)
        except Full:
            if attempt == TRIES:
                raise
        else:
            return
