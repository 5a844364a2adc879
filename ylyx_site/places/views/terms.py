"""On what terms the own nursery is booked: prices, hours that are sold, limits, contact."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.facilities import queries as register
from ylyx_site.facilities.doors import own_nursery
from ylyx_site.facilities.kinds import Basis, CareKind, Deed
from ylyx_site.facilities.queries.history import price_history
from ylyx_site.facilities.rules.hours import AM, PM
from ylyx_site.facilities.rules.limits import Limit
from ylyx_site.facilities.service import change_facts
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility
from ylyx_site.identity.roles import Role
from ylyx_site.places.forms.terms import (
    PARTS,
    CareHoursForm,
    ContactForm,
    HoldingForm,
    Keeps,
    LimitForm,
    PriceForm,
)
from ylyx_site.places.queries import wants_holds
from ylyx_site.places.service import terms
from ylyx_site.places.service.holds import set_holding
from ylyx_site.places.views.doors import save
from ylyx_site.places.wishes import LimitWish
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.templating import render

pages = Blueprint("desk_terms", __name__)
ANY = "any"
LIMIT_ROWS = (
    (CareKind.FULL_DAY, ""),
    (CareKind.HALF_DAY, AM),
    (CareKind.HALF_DAY, PM),
    (CareKind.HOURLY, ""),
    (CareKind.TEMPORARY, ""),
    (CareKind.TEMPORARY, AM),
    (CareKind.TEMPORARY, PM),
)


@pages.get("/desk/facility/prices")
@access(Role.HEAD)
def prices_page() -> str:
    """Prices that were, are and will be, and a new one."""
    return _prices(PriceForm(formdata=None, from_day=clock.today() + timedelta(days=1)))


@pages.post("/desk/facility/prices")
@access(Role.HEAD)
def save_price() -> ResponseReturnValue:
    """Set a price from a day on."""
    form = PriceForm()
    return save(form, form.wish, terms.change_price, _prices, "prices")


@pages.get("/desk/facility/hours")
@access(Role.HEAD)
def hours_page() -> str:
    """The hours sold as a day, a morning, an afternoon."""
    form = CareHoursForm(formdata=None)
    hours = register.care_hours(db.session(), own_facility())
    for part in PARTS:
        form[f"{part}_starts"].data = text_from_minute(hours[part].start)
        form[f"{part}_ends"].data = text_from_minute(hours[part].end)
    return _hours(form)


@pages.post("/desk/facility/hours")
@access(Role.HEAD)
def save_hours() -> ResponseReturnValue:
    """Change the hours that are sold."""
    form = CareHoursForm()
    return save(form, form.wish, terms.change_care_hours, _hours, "hours")


@pages.get("/desk/facility/limits")
@access(Role.HEAD)
def limits_page() -> str:
    """Until when one may add, change and cancel each kind of care."""
    session = db.session()
    facility = own_nursery(session)
    return render(
        "places/limits.html",
        facility=facility,
        rows=LIMIT_ROWS,
        limits=register.limits(session, facility.id),
        deeds=list(Deed),
    )


@dataclass(frozen=True, slots=True)
class LimitCell:
    """One limit of the table, as its address names it."""

    kind: CareKind
    half: str
    deed: Deed

    @property
    def address(self) -> str:
        """The page of this limit."""
        return f"/desk/facility/limits/{self.kind.value}/{self.half or ANY}/{self.deed.value}"


@pages.get("/desk/facility/limits/<kind>/<half>/<deed>")
@access(Role.HEAD)
def limit_page(kind: str, half: str, deed: str) -> str:
    """One limit."""
    cell = _cell(kind, half, deed)
    limit = _limit(cell)
    form = LimitForm(formdata=None, basis=limit.basis.value, count=limit.count)
    is_days = limit.basis is not Basis.MINUTES_BEFORE
    form.minute.data = text_from_minute(limit.minute) if is_days else ""
    return _limit_page(form, cell)


@pages.post("/desk/facility/limits/<kind>/<half>/<deed>")
@access(Role.HEAD)
def save_limit(kind: str, half: str, deed: str) -> ResponseReturnValue:
    """Set one limit."""
    cell, form = _cell(kind, half, deed), LimitForm()

    def wish() -> LimitWish:
        return form.wish(cell.kind, cell.half, cell.deed)

    return save(form, wish, terms.change_limit, _limit_page, "limits", cell=cell)


@pages.get("/desk/facility/holding")
@access(Role.HEAD)
def holding_page() -> str:
    """Whether places are kept while a family fills in its form."""
    keeps = wants_holds(db.session(), own_nursery(db.session()).id)
    return _holding(HoldingForm(formdata=None, keeps=Keeps.YES if keeps else Keeps.NO))


@pages.post("/desk/facility/holding")
@access(Role.HEAD)
def save_holding() -> ResponseReturnValue:
    """Change whether they are."""
    form = HoldingForm()
    return save(form, form.wish, set_holding, _holding, "holding")


@pages.get("/desk/facility/contact")
@access(Role.HEAD)
def contact_page() -> str:
    """Telephone, address and description."""
    facility = own_nursery(db.session())
    facts = {name: getattr(facility, name) for name in ("telephone", "address", "about")}
    return _contact(ContactForm(formdata=None, **facts))


@pages.post("/desk/facility/contact")
@access(Role.HEAD)
def save_contact() -> ResponseReturnValue:
    """Change telephone, address and description."""
    form = ContactForm()
    return save(form, form.wish, change_facts, _contact, "contact")


def _prices(form: PriceForm) -> str:
    session = db.session()
    facility = own_nursery(session)
    lines = price_history(session, facility.id, clock.today())
    return render("places/prices.html", facility=facility, form=form, lines=lines)


def _hours(form: CareHoursForm) -> str:
    facility = own_nursery(db.session())
    return render("places/hours.html", facility=facility, form=form, parts=PARTS)


def _limit_page(form: LimitForm, cell: LimitCell) -> str:
    facility = own_nursery(db.session())
    return render("places/limit.html", facility=facility, form=form, cell=cell, now=_limit(cell))


def _holding(form: HoldingForm) -> str:
    return render("places/holding.html", facility=own_nursery(db.session()), form=form)


def _contact(form: ContactForm) -> str:
    return render("places/contact.html", facility=own_nursery(db.session()), form=form)


def _limit(cell: LimitCell) -> Limit:
    return register.limits(db.session(), own_facility())[cell.kind, cell.half, cell.deed]


def _cell(kind: str, half: str, deed: str) -> LimitCell:
    try:
        cell = LimitCell(CareKind(kind), "" if half == ANY else half, Deed(deed))
    except ValueError:
        raise NotFound from None
    if (cell.kind, cell.half) not in LIMIT_ROWS or not half:
        raise NotFound
    return cell
