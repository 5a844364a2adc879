"""`flask ledger …`: here, because only this room knows what live bookings claim."""

import click
import sqlalchemy as sa
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from ylyx_site.childcare.queries.claims import live_claims, live_presences
from ylyx_site.places.busy import CHILD
from ylyx_site.places.models import PlaceSlot, Resource
from ylyx_site.places.queries import audit as differences
from ylyx_site.places.queries import audit_presence
from ylyx_site.shared.db import db
from ylyx_site.shared.spans import SLOT_MINUTES, text_from_minute

group = AppGroup("ledger", help="The ledger of places.")


@group.command("audit")
def audit() -> None:
    """Recompute what live bookings claim; print each difference; exit 1 if there is any."""
    session = db.session()
    wrong = findings(session)
    for line in wrong:
        click.echo(line)
    slots = session.scalar(sa.select(sa.func.count()).select_from(PlaceSlot))
    click.echo(f"{slots} half hours checked, {len(wrong)} differences")
    if wrong:
        raise SystemExit(1)


def findings(session: Session) -> list[str]:
    """A line for each half hour and each person whose day is not what live bookings claim."""
    names = {
        resource_id: f"{kind.value}:{owner_id}"
        for resource_id, kind, owner_id in session.execute(
            sa.select(Resource.id, Resource.kind, Resource.owner_id)
        )
    }
    lines = [
        f"{names.get(one.resource_id, one.resource_id)} {one.day}"
        f" {text_from_minute(one.slot * SLOT_MINUTES)}"
        f" taken {'unpublished' if one.taken < 0 else one.taken} claimed {one.claimed}"
        for one in differences(session, live_claims())
    ]
    people = audit_presence(session, CHILD, live_presences(session))
    return lines + [f"{CHILD}:{who} {day} kept half hours differ" for who, day in people]
