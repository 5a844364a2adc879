"""The public list of facilities and the page of one."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flask import Blueprint, request
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities import policy, queries, words
from ylyx_site.facilities.forms import read_search
from ylyx_site.facilities.kinds import CareKind, FacilityKind, Tariff
from ylyx_site.facilities.queries import ClassFacts, FacilityFacts
from ylyx_site.facilities.rules.distance import distance_m, near_from_text
from ylyx_site.facilities.rules.hours import CareHoursOf
from ylyx_site.facilities.rules.limits import Limit
from ylyx_site.identity.access import ANYONE, access
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext
from ylyx_site.shared.templating import render

pages = Blueprint("facilities", __name__)
DAYS_AHEAD = 60
NEAR_COOKIE = "near"


@pages.app_template_filter("called")
def called(word: StrEnum) -> str:
    """What a kind, a nature, a class … is called."""
    return gettext(words.name_of(word))


@pages.app_template_filter("limit")
def limit_text(limit: Limit) -> str:
    """Until when: 「前一天 20:00 前」."""
    message, values = words.limit_sentence(limit)
    return gettext(message, **values)


@pages.app_template_filter("away")
def away_text(metres: int) -> str:
    """How far: 「600 米」."""
    message, values = words.distance_sentence(metres)
    return gettext(message, **values)


pages.add_app_template_filter(words.telephone_text, "telephone")


@pages.get("/facilities")
@access(ANYONE)
def facility_list() -> str:
    """Nurseries or canteens, found by words and town, near or by town."""
    search = read_search(request.args)
    session, today = db.session(), clock.today()
    near = near_from_text(request.cookies.get(NEAR_COOKIE))
    found = queries.find(
        session,
        search.kind,
        today=today,
        q=search.q,
        division_code=search.division,
        near=None if search.by_town else near,
        page=search.page,
    )
    calendar = working_calendar(session, today, today)
    ids = [row.id for row in found.rows]
    part = htmx.wants_part("facilities")
    return render(
        "facilities/_facilities.html" if part else "facilities/facilities.html",
        search=search,
        found=found,
        opening=queries.opening_on(session, ids, today, today, calendar),
        towns=queries.divisions(session),
        kinds=list(FacilityKind),
        near=near,
    )


@pages.get("/facilities/<int:facility_id>")
@access(ANYONE)
def facility_page(facility_id: int) -> str:
    """All that the public may know of a facility."""
    session, today = db.session(), clock.today()
    facility = queries.public_facility(session, facility_id)
    last = today + timedelta(days=DAYS_AHEAD - 1)
    calendar = working_calendar(session, today, last)
    days = list(queries.opening_on(session, [facility_id], today, last, calendar).values())
    years = sorted({day.day.year for day in days})
    return render(
        "facilities/facility.html",
        facility=facility,
        away=_away(facility),
        week=days[:7],
        closures=policy.coming_closures(days),
        unpublished=[year for year in years if not calendar.is_published(year)],
        care=_care(session, facility_id, today) if facility.is_nursery else None,
        tariffs=list(Tariff),
    )


@dataclass(frozen=True, slots=True)
class Care:
    """What a nursery offers on a day; prices in fen."""

    places: int | None
    classes: list[ClassFacts]
    prices: dict[Tariff, int]
    kinds: list[CareKind]
    hours: CareHoursOf
    limits: list[policy.LimitsOfKind]


def _care(session: Session, facility_id: int, today: date) -> Care:
    prices = queries.prices_on(session, [facility_id], today)[facility_id]
    kinds = policy.offered(prices)
    return Care(
        places=queries.registered_places_on(session, [facility_id], today).get(facility_id),
        classes=queries.classes_of(session, facility_id, today),
        prices=prices,
        kinds=kinds,
        hours=queries.care_hours(session, facility_id),
        limits=policy.limits_of_kinds(queries.limits(session, facility_id), kinds),
    )


def _away(facility: FacilityFacts) -> int | None:
    near = near_from_text(request.cookies.get(NEAR_COOKIE))
    if near is None or facility.latitude is None or facility.longitude is None:
        return None
    return distance_m(near, (facility.latitude, facility.longitude))
