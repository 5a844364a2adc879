"""The supervisors' pages: the district in numbers, its facilities, and their registered places."""

from functools import partial

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ylyx_site.facilities import queries as register
from ylyx_site.facilities.kinds import FacilityKind, Filing
from ylyx_site.facilities.queries.history import places_history
from ylyx_site.facilities.rules.search import clean_query
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import SUPERVISORS, Role
from ylyx_site.places.boards import resource_names
from ylyx_site.places.confirming import is_confirmed, saved
from ylyx_site.places.queries import over_booked
from ylyx_site.places.rules import over_days
from ylyx_site.places.service import capacity
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.templating import render
from ylyx_site.supervision.forms import FilingForm, PlacesForm
from ylyx_site.supervision.queries import district as queries
from ylyx_site.supervision.views.doors import asked_page, own_division, own_kind

pages = Blueprint("supervision", __name__)


@pages.get("/supervision")
@access(*SUPERVISORS)
def start_page() -> str:
    """The district in numbers, each with its formula; what is over its limits first."""
    session, division, kind = db.session(), own_division(), own_kind()
    is_nursery = kind is FacilityKind.NURSERY
    numbers = queries.numbers(session, division, clock.today()) if is_nursery else None
    alarmed = [alarm.facility_id for alarm in numbers.alarms] if numbers else []
    return render(
        "supervision/start.html",
        district=queries.district_name(session, division),
        filings=queries.filings(session, kind, division),
        numbers=numbers,
        names=resource_names(session, alarmed),
    )


@pages.get("/supervision/facilities")
@access(*SUPERVISORS)
def facility_list() -> str:
    """Nurseries of the district for health, canteens and stations for civil affairs."""
    session, division, kind = db.session(), own_division(), own_kind()
    q, page, filing = clean_query(request.args.get("q", "")), asked_page(), _filing()
    found = queries.find(session, kind, division, clock.today(), q=q, page=page, filing=filing)
    return render(
        "supervision/facilities.html",
        district=queries.district_name(session, division),
        found=found,
        is_nursery=kind is FacilityKind.NURSERY,
        q=q,
        filing=filing,
        before=_list_address(q, filing, page - 1) if page > 1 else "",
        after=_list_address(q, filing, page + 1) if found.has_next else "",
    )


@pages.get("/supervision/facilities/<int:facility_id>/places")
@access(Role.HEALTH_SUPERVISOR)
def places_page(facility_id: int) -> str:
    """Registered places by day, and where the filing stands."""
    return _places(facility_id)


@pages.post("/supervision/facilities/<int:facility_id>/places")
@access(Role.HEALTH_SUPERVISOR)
def save_places(facility_id: int) -> ResponseReturnValue:
    """Set the registered places from a day on."""
    form = PlacesForm()
    return saved(
        form,
        form.wish,
        partial(capacity.change_places, confirmed=is_confirmed()),
        partial(_places, facility_id, form),
        facility_id=_own(facility_id),
        address=f"/supervision/facilities/{facility_id}/places?saved=1",
    )


@pages.post("/supervision/facilities/<int:facility_id>/filing")
@access(Role.HEALTH_SUPERVISOR)
def save_filing(facility_id: int) -> ResponseReturnValue:
    """Say where the filing stands from now on."""
    form = FilingForm()
    return saved(
        form,
        form.wish,
        partial(capacity.change_filing, confirmed=is_confirmed()),
        partial(_places, facility_id, None, form),
        facility_id=_own(facility_id),
        address=f"/supervision/facilities/{facility_id}/places?saved=1",
    )


def _places(
    facility_id: int, form: PlacesForm | None = None, filing: FilingForm | None = None
) -> str:
    session, today = db.session(), clock.today()
    facility = queries.nursery_in(session, own_division(), facility_id)
    known = {"filing": facility.filing.value, "filing_number": facility.filing_number}
    return render(
        "supervision/places.html",
        facility=facility,
        history=places_history(session, facility_id, today),
        classes=register.classes_of(session, facility_id, today),
        over=over_days(over_booked(session, facility_id, today)),
        names=resource_names(session, [facility_id]),
        form=form or PlacesForm(formdata=None),
        filing=filing or FilingForm(formdata=None, **known),
    )


def _own(facility_id: int) -> int:
    return queries.nursery_in(db.session(), own_division(), facility_id).id


def _filing() -> Filing | None:
    """Only those whose filing stands there; whatever else the address says is all of them."""
    text = request.args.get("filing", "")
    return Filing(text) if text in set(Filing) else None


def _list_address(q: str, filing: Filing | None, page: int) -> str:
    return address("/supervision/facilities", q=q, filing=filing, page=page if page > 1 else None)
