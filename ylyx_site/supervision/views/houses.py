"""One facility: its day, and the figures of its month day by day."""

from flask import Blueprint

from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import SUPERVISORS
from ylyx_site.opening.kinds import Point
from ylyx_site.opening.words import point_name
from ylyx_site.shared import clock, months
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext
from ylyx_site.shared.templating import render
from ylyx_site.supervision.figures import CARE, MEALS, MONEY, PARTS
from ylyx_site.supervision.queries.district import facility_in
from ylyx_site.supervision.queries.houses import care_house
from ylyx_site.supervision.queries.months import added_up, by_day, by_facility
from ylyx_site.supervision.queries.sources import Period
from ylyx_site.supervision.queries.use import month_use
from ylyx_site.supervision.views.doors import asked, day_until_today, own_scope
from ylyx_site.supervision.views.months import lines_address
from ylyx_site.supervision.words import FIGURES

pages = Blueprint("supervision_houses", __name__)


@pages.get("/supervision/facilities/<int:facility_id>")
@access(*SUPERVISORS)
def show(facility_id: int) -> str:
    """The day, and the month until now."""
    scope, session = own_scope(facility_id), db.session()
    day = day_until_today(asked().date.data)
    period = Period(months.month_of(day), clock.now())
    is_care = scope.kind is FacilityKind.NURSERY
    days = by_day(session, scope, period)
    return render(
        "supervision/house.html",
        facility=facility_in(session, scope.kind, scope.division, facility_id),
        day=day, month=period.month, period=period, days=days, is_care=is_care,
        care=care_house(session, facility_id, day) if is_care else None,
        use=month_use(session, [facility_id], period.days) if is_care else None,
        whole=added_up(by_facility(session, scope, period)),
        figures=CARE if is_care else MEALS, words=FIGURES, money=MONEY, parts=PARTS,
        lines_of=lines_address(period.month, facility_id), not_good=_not_good,
    )  # fmt: skip


def _not_good(points: str) -> str:
    return gettext("、").join(point_name(Point(one)) for one in points.split())
