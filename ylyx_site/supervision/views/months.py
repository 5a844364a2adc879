"""A month of the district: its figures, the rows behind each, and a table to take away."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, request, send_file

from ylyx_site.benefits.words import PAYERS
from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import SUPERVISORS
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.places.boards import resource_names
from ylyx_site.shared import clock, months
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spreadsheets import XLSX
from ylyx_site.shared.templating import render
from ylyx_site.shared.words import moment_text, month_text
from ylyx_site.supervision.figures import CARE, MEALS, MONEY, PARTS, Figure
from ylyx_site.supervision.queries import months as queries
from ylyx_site.supervision.queries.district import district_name, facility_in, names_in
from ylyx_site.supervision.queries.sources import Period
from ylyx_site.supervision.queries.use import month_use
from ylyx_site.supervision.reading import reading_of
from ylyx_site.supervision.table import workbook
from ylyx_site.supervision.views.doors import asked, asked_page, own_kind, own_scope
from ylyx_site.supervision.words import FIGURES

pages = Blueprint("supervision_months", __name__)
PAGE = "/supervision/months"
OF_A_MONTH = (Figure.RECEIPTS, Figure.CORRECTIONS)  # of no day


@pages.get(PAGE)
@access(*SUPERVISORS)
def show() -> str:
    """The month in figures, each with what it counts and a way to its rows."""
    period, scope, session = _period(), own_scope(), db.session()
    names = names_in(session, scope.kind, scope.division)
    counted = queries.by_facility(session, scope, period)
    use = month_use(session, list(names), period.days)
    return render(
        "supervision/month.html",
        month=period.month, earlier=months.before(period.month),
        later=months.after(period.month), period=period,
        district=district_name(session, scope.division), names=names, counted=counted,
        totals=queries.added_up(counted), use=use,
        resources=resource_names(session, list(use.excess)),
        payers=queries.by_payer(session, scope, period),
        figures=_figures(), words=FIGURES, parts=PARTS, money=MONEY, payer_words=PAYERS,
        lines_of=lines_address(period.month),
    )  # fmt: skip


@pages.get(f"{PAGE}/sheets.xlsx")
@access(*SUPERVISORS)
def download() -> Response:
    """The same figures and rows as a file; who took it is journaled, and stands on it."""
    period, scope, who = _period(), own_scope(), signed_in()
    remember_read(
        "supervision.month_read", f"division_month:{scope.division}-{period.month}",
        actor_id=who.account_id,
    )  # fmt: skip
    about = (
        district_name(db.session(), scope.division),
        month_text(period.month),
        _("%(who)s 导出，数到 %(moment)s", who=who.name, moment=moment_text(period.now)),
    )
    return send_file(
        workbook(db.session(), scope, period, about), mimetype=XLSX, as_attachment=True,
        download_name=f"district-{period.month}.xlsx",
    )  # fmt: skip


@pages.get(f"{PAGE}/lines")
@access(*SUPERVISORS)
def lines() -> str:
    """The rows of one figure, names masked; that they were looked at is journaled."""
    form, session = asked(), db.session()
    period, scope = _period(), own_scope(form.facility.data)
    wanted, page = form.wanted(), asked_page()
    if wanted is None or wanted.figure not in _figures():
        raise NotFound
    if wanted.payer and wanted.figure is not Figure.MEAL_BENEFIT:
        raise NotFound
    if wanted.day and wanted.figure in OF_A_MONTH:
        raise NotFound
    found = queries.lines(session, scope, period, wanted, page)
    where = f"{scope.division}-{period.month}-{wanted.figure.value}"
    remember_read(
        "supervision.lines_read", f"division_lines:{where}",
        actor_id=signed_in().account_id, facility_id=scope.facility_id,
    )  # fmt: skip
    facility = (
        facility_in(session, scope.kind, scope.division, scope.facility_id)
        if scope.facility_id is not None
        else None
    )
    return render(
        "supervision/lines.html",
        district=district_name(session, scope.division), facility=facility, wanted=wanted,
        month=period.month, period=period, said=FIGURES[wanted.figure], found=found,
        reading=reading_of(wanted.figure), is_money=wanted.figure in MONEY,
        payer=PAYERS[wanted.payer] if wanted.payer else "",
        before=_page_address(page - 1) if page > 1 else "",
        after=_page_address(page + 1) if found.has_next else "",
    )  # fmt: skip


def _period() -> Period:
    return Period(_asked_month() or months.month_of(clock.today()), clock.now())


def _asked_month() -> str | None:
    form = asked()
    day = form.date.data
    return form.month.data or (months.month_of(day) if day else None)


def _figures() -> tuple[Figure, ...]:
    return CARE if own_kind() is FacilityKind.NURSERY else MEALS


def lines_address(month: str, facility_id: int | None = None) -> Callable[..., str]:
    """The address of the rows of a figure, of one facility or of all."""
    if facility_id is None:
        return partial(address, f"{PAGE}/lines", month=month)
    return partial(address, f"{PAGE}/lines", month=month, facility=facility_id)


def _page_address(page: int) -> str:
    fields = {name: value for name, value in request.args.items() if name != "page"}
    return address(request.path, **fields, page=page)
