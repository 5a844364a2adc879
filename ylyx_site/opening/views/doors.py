"""What this room's forms do alike at the door."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.facilities.queries import facility_of
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.retries import retrying

Command = Callable[[Session, int, int, datetime], object]  # session, house, actor, now


def own_house() -> int:
    """The nursery where the visitor works; raises `NotFound`."""
    facility_id = signed_in().facility_id
    if facility_id is None:
        raise NotFound
    if facility_of(db.session(), facility_id).kind is not FacilityKind.NURSERY:
        raise NotFound
    return facility_id


def done(form: WriteForm, wish: object, answer: str, command: Command) -> Refusal | None:
    """Run the command once for a valid form; a refusal is shown on the form and returned."""
    house, who, now = own_house(), signed_in().account_id, clock.now()

    def run() -> None:
        with transaction() as session:
            key = str(form.key.data)
            if not once(session, key, (house, wish), actor_id=who, answer=answer, now=now):
                command(session, house, who, now)

    try:
        retrying(run)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.refuse(refusal)
        return refusal
    return None
