"""At the door of a change: do it once, or show what it would leave over-booked and ask.

Used by the desk's and the supervisors' views. What was typed goes along on the page that asks,
so that confirming sends the same form again, with `confirmed=1`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.identity.visitor import signed_in
from ylyx_site.places.boards import resource_names
from ylyx_site.places.errors import OverBooked
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.web import safe_next

if TYPE_CHECKING:
    from ylyx_site.shared.forms import WriteForm

Wish = TypeVar("Wish")
Wish_contra = TypeVar("Wish_contra", contravariant=True)
OURS = ("csrf_token", "confirmed", "back")


class Command(Protocol[Wish_contra]):
    """A command of this room, its confirmation already given or not."""

    def __call__(
        self,
        session: Session,
        facility_id: int,
        wish: Wish_contra,
        /,
        *,
        actor_id: int,
        now: datetime,
    ) -> None:
        """Change the facility, or raise a `Refusal`."""


def is_confirmed() -> bool:
    """Whether whoever sends this form has seen what it leaves over-booked."""
    return request.form.get("confirmed") == "1"


def saved(
    form: "WriteForm",
    wish: Callable[[], Wish],
    command: Command[Wish],
    page: Callable[[], str],
    *,
    facility_id: int,
    address: str,
) -> ResponseReturnValue:
    """Run the command once for this form and go on to `address`.

    A form that does not hold, and a refusal, show `page` with 422; what would be over-booked is
    listed by day, with a button that saves all the same.
    """
    if not form.validate_on_submit():
        return page(), 422
    try:
        onward = _run(form, wish(), command, facility_id, address)
    except NotFound:
        raise
    except OverBooked as over:
        return _ask(over, facility_id), 422
    except Refusal as refusal:
        form.refuse(refusal)
        return page(), 422
    return htmx.see_other(onward)


def _run(
    form: "WriteForm", wish: Wish, command: Command[Wish], facility_id: int, address: str
) -> str:
    actor_id, now = signed_in().account_id, clock.now()
    with transaction() as session:
        key = str(form.key.data)
        asked = (facility_id, wish)
        done = once(session, key, asked, actor_id=actor_id, answer=address, now=now)
        if done is not None:
            return done
        command(session, facility_id, wish, actor_id=actor_id, now=now)
    return address


def _ask(over: OverBooked, facility_id: int) -> str:
    typed = [pair for pair in request.form.items(multi=True) if pair[0] not in OURS]
    return render(
        "places/over_booked.html",
        days=over.days,
        names=resource_names(db.session(), [facility_id]),
        typed=typed,
        action=request.path,
        back=safe_next(request.form.get("back"), request.path),
    )
