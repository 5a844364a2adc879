"""The civil supervisors' page: the district's checks in numbers; no person appears on it."""

from dataclasses import fields

import sqlalchemy as sa
from flask import Blueprint

from ylyx_site.facilities.models import Facility
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals.models import CanteenTerms
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.templating import render
from ylyx_site.welfare.queries.months import Month, month_of, month_until

pages = Blueprint("supervision_welfare", __name__)
SUMMED = [one.name for one in fields(Month) if one.name != "minutes"]


@pages.get("/supervision/welfare")
@access(Role.CIVIL_SUPERVISOR)
def numbers() -> str:
    """Checks and the month's visits by canteen of the district."""
    session, division = db.session(), signed_in().division_code
    if division is None:
        raise NotFound
    canteens = session.execute(
        sa.select(Facility.id, Facility.name)
        .join(CanteenTerms, CanteenTerms.facility_id == Facility.id)
        .where(Facility.division_code.startswith(division, autoescape=True))
        .order_by(Facility.name)
    ).all()
    days = month_until(clock.today())
    months = month_of(session, [row.id for row in canteens], days)
    total = Month(**{name: sum(getattr(m, name) for m in months.values()) for name in SUMMED})
    rows = [(row.name, months[row.id]) for row in canteens]
    shown = [row for row in rows if row[1].opened or row[1].people]
    return render(
        "welfare/supervision.html", days=days, total=total, rows=shown, canteens=len(rows)
    )  # fmt: skip
