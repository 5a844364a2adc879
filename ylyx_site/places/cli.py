"""`flask --app wsgi places publish`: bring the slots of all nurseries in line with the register."""

from datetime import timedelta

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.facilities.models import Facility
from ylyx_site.places.publishing import DAYS_AHEAD, publish_days
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.retries import retrying

group = AppGroup("places", help="The ledger of places.")


@group.command("publish")
@click.option("--days", default=DAYS_AHEAD, show_default=True, help="How many days ahead.")
def publish(days: int) -> None:
    """Publish today and the days ahead, anew where the register has changed.

    For after an import of the register. Drops nobody; prints how many half hours hold more than
    they should now.
    """
    houses, over = retrying(lambda: _publish(days))
    click.echo(
        _(
            "%(houses)d 家机构的托位已经发布到往后 %(days)d 天；%(over)d 个半小时超出。",
            houses=houses,
            days=days,
            over=over,
        )
    )


def _publish(days: int) -> tuple[int, int]:
    today = clock.today()
    with transaction() as session:
        nurseries = list(
            session.scalars(sa.select(Facility.id).where(Facility.kind == FacilityKind.NURSERY))
        )
        over = publish_days(session, nurseries, today, today + timedelta(days=days))
    return len(nurseries), len(over)
