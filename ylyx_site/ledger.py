"""`flask ledger …`: here, because only from here can be seen what live rows of all rooms claim."""

import click
import sqlalchemy as sa
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from ylyx_site.benefits.service import differences as benefit_differences
from ylyx_site.childcare.queries import claims as care
from ylyx_site.childcare.queries.benefits import live_given as care_given
from ylyx_site.meals.queries import claims as meals
from ylyx_site.meals.service.ledger import EATER
from ylyx_site.places.busy import CHILD
from ylyx_site.places.models import PlaceSlot, Resource
from ylyx_site.places.queries import audit as differences
from ylyx_site.places.queries import audit_presence, held_claims
from ylyx_site.serving.queries import guests
from ylyx_site.shared.db import db
from ylyx_site.shared.spans import SLOT_MINUTES, text_from_minute
from ylyx_site.staffing.queries.shifts import CARER
from ylyx_site.staffing.queries.shifts import live_presences as on_duty

group = AppGroup("ledger", help="The ledger of places.")


@group.command("audit")
def audit() -> None:
    """Recompute what live rows claim; print each difference; exit 1 if there is any."""
    session = db.session()
    wrong = findings(session)
    for line in wrong:
        click.echo(line)
    slots = session.scalar(sa.select(sa.func.count()).select_from(PlaceSlot))
    click.echo(f"{slots} half hours checked, {len(wrong)} differences")
    if wrong:
        raise SystemExit(1)


def findings(session: Session) -> list[str]:
    """A line for each slot, person and counter that is not what bookings and orders claim."""
    return [*_slots(session), *_people(session), *_counters(session)]


def live_claims() -> sa.Subquery:
    """(resource_id, day, first, end, count) of everything that lives, of all rooms."""
    return sa.union_all(
        sa.select(care.live_claims()),
        meals.live_claims(),
        guests.live_claims(),
        held_claims(),
    ).subquery("live")


def _slots(session: Session) -> list[str]:
    names = {
        resource_id: f"{kind.value}:{owner_id}"
        for resource_id, kind, owner_id in session.execute(
            sa.select(Resource.id, Resource.kind, Resource.owner_id)
        )
    }
    return [
        f"{names.get(one.resource_id, one.resource_id)} {one.day}"
        f" {text_from_minute(one.slot * SLOT_MINUTES)}"
        f" taken {'unpublished' if one.taken < 0 else one.taken} claimed {one.claimed}"
        for one in differences(session, live_claims())
    ]


def _people(session: Session) -> list[str]:
    kept = {
        CHILD: care.live_presences(session),
        EATER: meals.live_presences(session),
        CARER: on_duty(session),
    }
    return [
        f"{who}:{person_id} {day} kept half hours differ"
        for who, live in kept.items()
        for person_id, day in audit_presence(session, who, live)
    ]


def _counters(session: Session) -> list[str]:
    """Limits of benefits, of meals and of care."""
    given = [*meals.live_given(session), *care_given(session)]
    return [
        f"{one.name} {one.period_start} taken {one.taken} claimed {one.claimed}"
        for one in benefit_differences(session, given)
    ]
