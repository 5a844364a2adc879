"""Whose district the visitor supervises, and which of its facilities and days are asked for."""

from datetime import date

from flask import request

from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound
from ylyx_site.supervision.forms import AskedForm
from ylyx_site.supervision.queries.district import facility_in
from ylyx_site.supervision.queries.months import Scope

MOST_PAGES = 500


def own_division() -> str:
    """The district for which the visitor is here."""
    division = signed_in().division_code
    if not division:
        raise NotFound
    return division


def own_kind() -> FacilityKind:
    """Nurseries for health, canteens for civil affairs."""
    is_health = signed_in().role is Role.HEALTH_SUPERVISOR
    return FacilityKind.NURSERY if is_health else FacilityKind.CANTEEN


def own_scope(facility_id: int | None = None) -> Scope:
    """The visitor's district, or one facility of it; `NotFound` for any other."""
    kind, division = own_kind(), own_division()
    if facility_id is not None:
        facility_in(db.session(), kind, division, facility_id)
    return Scope(kind, division, facility_id)


def asked() -> AskedForm:
    """What the address says of month, day, figure; what cannot be is `NotFound`."""
    form = AskedForm(request.args)
    if not form.validate():
        raise NotFound
    return form


def asked_page() -> int:
    """Which page of a list."""
    text = request.args.get("page", "1")
    fits = text.isascii() and text.isdigit() and len(text) <= 3
    return min(max(int(text), 1), MOST_PAGES) if fits else 1


def day_until_today(day: date | None) -> date:
    """The day that is asked for, today at the latest: no figure is about days to come."""
    return min(day or clock.today(), clock.today())
