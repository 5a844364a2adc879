"""The civil supervisors' pages: the district's checks and visits in numbers, and their rows."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, request

from ylyx_site.facilities.models import Facility
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.meals import words as meal_words
from ylyx_site.meals.models import CanteenTerms
from ylyx_site.shared import clock, months
from ylyx_site.shared.db import db
from ylyx_site.shared.identifiers import mask_name
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan
from ylyx_site.shared.templating import render
from ylyx_site.welfare import words
from ylyx_site.welfare.forms import MonthForm
from ylyx_site.welfare.queries.months import Month, checks_of, month_of, month_until, people_of

pages = Blueprint("supervision_welfare", __name__)
SUMMED = [one.name for one in fields(Month) if one.name != "minutes"]


@pages.get("/supervision/welfare")
@access(Role.CIVIL_SUPERVISOR)
def numbers() -> str:
    """Checks and the month's visits by canteen of the district; no person appears on it."""
    session, days = db.session(), _days()
    canteens = _canteens()
    found = month_of(session, [row.id for row in canteens], days)
    total = Month(**{name: sum(getattr(m, name) for m in found.values()) for name in SUMMED})
    rows = [(row.id, row.name, found[row.id]) for row in canteens]
    shown = [row for row in rows if row[2].opened or row[2].people]
    month = months.month_of(days.first)
    return render(
        "welfare/supervision.html", days=days, total=total, rows=shown, canteens=len(rows),
        month=month, earlier=months.before(month), later=months.after(month),
    )  # fmt: skip


@pages.get("/supervision/welfare/<int:facility_id>")
@access(Role.CIVIL_SUPERVISOR)
def rows(facility_id: int) -> str:
    """The people and the checks behind a canteen's numbers, names masked; journaled."""
    names = {row.id: row.name for row in _canteens()}
    if facility_id not in names:
        raise NotFound
    session, days = db.session(), _days()
    month = months.month_of(days.first)
    remember_read(
        "welfare.people_read", f"welfare_month:{facility_id}-{month}",
        actor_id=signed_in().account_id, facility_id=facility_id,
    )  # fmt: skip
    return render(
        "welfare/supervision_rows.html", name=names[facility_id], days=days, month=month,
        people=people_of(session, facility_id, days), checks=checks_of(session, facility_id, days),
        words=words, meal_words=meal_words, mask_name=mask_name,
    )  # fmt: skip


def _days() -> DaySpan:
    form = MonthForm(request.args)
    if not form.validate():
        raise NotFound
    return month_until(clock.today(), form.month.data)


def _canteens() -> Sequence[Any]:
    """The canteens of the visitor's district."""
    division = signed_in().division_code
    if division is None:
        raise NotFound
    return (
        db.session()
        .execute(
            sa.select(Facility.id, Facility.name)
            .join(CanteenTerms, CanteenTerms.facility_id == Facility.id)
            .where(Facility.division_code.startswith(division, autoescape=True))
            .order_by(Facility.name)
        )
        .all()
    )
