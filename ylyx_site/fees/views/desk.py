"""The desk's pages of fees: the month's list, a child's sheet, receipts, paper and table."""

from flask import Blueprint, Response, send_file
from flask.typing import ResponseReturnValue

from ylyx_site.benefits.kinds import Payer
from ylyx_site.benefits.words import payer_words
from ylyx_site.facilities.queries import facility_of
from ylyx_site.fees import words
from ylyx_site.fees.forms.months import ClosingForm
from ylyx_site.fees.forms.receipts import ReceiptForm
from ylyx_site.fees.queries.receipts import child_of_house, receipt_of, receipts_of
from ylyx_site.fees.queries.sheets import sheets_of
from ylyx_site.fees.queries.terms import terms_of
from ylyx_site.fees.rules.sheets import Own, Sheet, added_up
from ylyx_site.fees.service.receipts import record
from ylyx_site.fees.table import workbook
from ylyx_site.fees.views.doors import FEES, ID, asked_month, neighbours
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock, htmx, months
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.money import in_capitals
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spreadsheets import XLSX
from ylyx_site.shared.templating import render

pages = Blueprint("desk_fees", __name__)


@pages.app_template_filter("payer")
def payer_text(payer: Payer) -> str:
    """「区级补贴」."""
    return payer_words(payer)


@pages.get(FEES)
@access(Role.HEAD)
def show_list() -> ResponseReturnValue:
    """The month's children with what each is to pay."""
    month, wrong = asked_month()
    page = list_page(month, ClosingForm(formdata=None), wrong)
    return (page, 422) if wrong else page


@pages.get(f"{FEES}/sheets.xlsx")
@access(Role.HEAD)
def download() -> Response:
    """The month as a table: sums by child, and day by day."""
    month, wrong = asked_month()
    if wrong:
        raise NotFound
    sheets = sheets_of(db.session(), own_facility(), month, now=clock.now())
    return send_file(
        workbook(sheets), mimetype=XLSX, as_attachment=True, download_name=f"fees-{month}.xlsx"
    )


@pages.get(f"{FEES}/{ID}")
@access(Role.HEAD)
def show_sheet(child_id: int) -> ResponseReturnValue:
    """A child's month, its receipts, and a form for the next."""
    month, wrong = asked_month()
    page = sheet_page(child_id, month, ReceiptForm(formdata=None), wrong)
    return (page, 422) if wrong else page


@pages.get(f"{FEES}/{ID}/sheet")
@access(Role.HEAD)
def print_sheet(child_id: int) -> str:
    """The same sheet on A4."""
    month, wrong = asked_month()
    if wrong:
        raise NotFound
    return sheet_page(child_id, month, ReceiptForm(formdata=None), template="fees/paper.html")


@pages.post(f"{FEES}/{ID}/receipts")
@access(Role.HEAD)
def add_receipt(child_id: int) -> ResponseReturnValue:
    """Record money under the next number."""
    form, house = ReceiptForm(), own_facility()
    name = child_of_house(db.session(), house, child_id)
    if not form.validate():
        month = form.month.data or asked_month()[0]
        wrong = [str(one) for one in form.month.errors]
        return sheet_page(child_id, month, form, wrong, name=name), 422
    month, wish = str(form.month.data), form.wish()
    answer = address(f"{FEES}/{child_id}", month=month)
    if refused(form, (house, child_id, month, wish), answer, lambda session, who, now: record(
        session, house, child_id, month, wish, actor_id=who, now=now
    )):  # fmt: skip
        return sheet_page(child_id, month, form, name=name), 422
    return htmx.see_other(answer)


@pages.get(f"{FEES}/receipts/<int(min=1, max=2147483647):number>")
@access(Role.HEAD)
def show_receipt(number: int) -> str:
    """A receipt on A4, to be printed and stamped."""
    house = own_facility()
    receipt = receipt_of(db.session(), house, number)
    facility = facility_of(db.session(), house)
    return render(
        "fees/receipt.html", receipt=receipt, facility=facility, words=words,
        in_capitals=in_capitals,
        year=clock.day_of(receipt.at).year,
    )  # fmt: skip


def list_page(month: str, form: ClosingForm, wrong: list[str] | None = None) -> str:
    """The month's list with a form that closes it."""
    sheets = sheets_of(db.session(), own_facility(), month, now=clock.now())
    return render(
        "fees/list.html", month=month, sheets=sheets, sums=added_up(sheets), form=form,
        wrong=wrong or [], is_over=months.days_of(month).last < clock.today(),
        is_closed=bool(sheets) and sheets[0].is_closed,
        paid_fen=sum(one.paid_fen for one in sheets),
        **neighbours(month),
    )  # fmt: skip


def sheet_page(
    child_id: int,
    month: str,
    form: ReceiptForm,
    wrong: list[str] | None = None,
    *,
    name: str = "",
    template: str = "fees/child.html",
) -> str:
    """A child's month at the own house; raises `NotFound` for a child that never was here."""
    session, house = db.session(), own_facility()
    name = name or child_of_house(session, house, child_id)
    found = sheets_of(session, house, month, now=clock.now(), child_id=child_id)
    sheet = found[0] if found else Sheet(child_id, name, month, Own((), 0), (), 0, is_closed=False)
    return render(
        template, sheet=sheet, form=form, words=words, wrong=wrong or [],
        receipts=receipts_of(session, house, child_id, month), facility=facility_of(session, house),
        terms=words.terms_words(terms_of(session, house)(months.days_of(month).last)),
        **neighbours(month),
    )  # fmt: skip
