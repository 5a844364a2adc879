"""`flask places publish` after the register has changed."""

from datetime import date

from flask import Flask

from tests.makers import a_nursery
from ylyx_site.facilities.models import RegisteredPlaces
from ylyx_site.places.claims import Claim
from ylyx_site.places.models import ResourceKind
from ylyx_site.places.queries import resource_ids
from ylyx_site.places.service import take
from ylyx_site.shared.db import transaction
from ylyx_site.shared.spans import TimeSpan

TUESDAY = date(2026, 11, 24)


def test_publishing_anew_tells_what_is_over(app: Flask) -> None:
    with transaction() as session:
        nursery = a_nursery(session, registered_places=3)
        house = resource_ids(session, [nursery.id])[ResourceKind.FACILITY, nursery.id]
        take(session, [Claim(house, TUESDAY, TimeSpan(450, 510), 3)])
        session.add(RegisteredPlaces(facility_id=nursery.id, from_day=TUESDAY, places=2))
    answer = app.test_cli_runner().invoke(args=["places", "publish"])
    assert answer.exit_code == 0, answer.output
    assert answer.output == "1 家机构的托位已经发布到往后 60 天；2 个半小时超出。\n"
