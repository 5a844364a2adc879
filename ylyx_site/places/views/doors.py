"""What every page of the head's facility begins and ends with."""

from collections.abc import Callable
from functools import partial

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.facilities.queries import FacilityFacts, facility_of
from ylyx_site.identity.visitor import signed_in
from ylyx_site.places.confirming import Command, Wish, saved
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.refusals import NotFound


def own_facility(session: Session) -> FacilityFacts:
    """The facility at which the visitor works; raises `NotFound`."""
    facility_id = signed_in().facility_id
    if facility_id is None:
        raise NotFound
    return facility_of(session, facility_id)


def own_nursery(session: Session) -> FacilityFacts:
    """As `own_facility`, nurseries only."""
    facility = own_facility(session)
    if not facility.is_nursery:
        raise NotFound
    return facility


def own_id() -> int:
    """The number of the facility at which the visitor works; raises `NotFound`."""
    facility_id = signed_in().facility_id
    if facility_id is None:
        raise NotFound
    return facility_id


def save(
    form: WriteForm,
    wish: Callable[[], Wish],
    command: Command[Wish],
    page: Callable[..., str],
    name: str,
    **context: object,
) -> ResponseReturnValue:
    """Change the own facility and go back to `/desk/facility/<name>`, which says so."""
    return saved(
        form,
        wish,
        command,
        partial(page, form, **context),
        facility_id=own_nursery(db.session()).id,
        address=f"/desk/facility/{name}?saved=1",
    )
