"""Holding places while the booking form is filled in: hold, once longer, let go."""

from datetime import datetime

from flask import Blueprint
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.childcare.forms import BookingForm
from ylyx_site.childcare.service.holds import hold_wish
from ylyx_site.childcare.views import draft
from ylyx_site.childcare.views.bookings import page_again
from ylyx_site.childcare.views.holding import hold_minutes
from ylyx_site.childcare.views.links import wish_fields
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.doors import Command, write_once
from ylyx_site.places.errors import Full
from ylyx_site.places.service import holds
from ylyx_site.shared import htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.retries import tried_again

pages = Blueprint("care_holds", __name__)
pages.after_request(draft.remember)
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
    deed: str, facility_id: int, form: BookingForm, act: Command, onward: str | None = None
) -> Answer:
    """Once for this form, again when a place went while we looked; a refusal is shown on it."""
    if not form.validate():
        return page_again(facility_id, form), 422
    fields = wish_fields(form.wish(facility_id))
    back = onward or address(f"/childcare/{facility_id}/bookings/new", **fields)
    try:
        wish, key = (deed, form.wish(facility_id)), str(form.key.data)
        tried_again(lambda: write_once(key, wish, back, act), Full)
    except Refusal as refusal:
        form.refuse(refusal)
        return page_again(facility_id, form), refusal.status
    return htmx.see_other(back)
