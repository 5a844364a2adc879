"""The manager's month: who pays how much of what was served, settling it, files and paper."""

from typing import Any

from flask import Blueprint, Response, request, send_file
from flask.typing import ResponseReturnValue

from ylyx_site.facilities.queries import facility_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.meals import words as meal_words
from ylyx_site.settlement import words
from ylyx_site.settlement.forms.month import CorrectionForm, MonthForm, SettleForm
from ylyx_site.settlement.kinds import Pays
from ylyx_site.settlement.queries import changes, lines, payers, sheets
from ylyx_site.settlement.service import settling
from ylyx_site.settlement.table import workbook
from ylyx_site.shared import clock, htmx, months
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spreadsheets import XLSX
from ylyx_site.shared.templating import render
from ylyx_site.shared.words import full_date, moment_text, month_text

pages = Blueprint("desk_settlement", __name__)
PAGE = "/desk/settlement"
ID = "<int:person_id>"
SHOWN = 30
OWN = (Pays.PERSON, Pays.FEE)  # what comes from whoever eats; the rest are benefits


@pages.get(PAGE)
@access(Role.CANTEEN_MANAGER)
def show() -> ResponseReturnValue:
    """The month by payer and by person, and what has changed since it was last settled."""
    month, wrong = _asked_month()
    page = _page(month, wrong=wrong)
    return (page, 422) if wrong else page


@pages.post(PAGE)
@access(Role.CANTEEN_MANAGER)
def settle() -> ResponseReturnValue:
    """Settle the month, or add to it what has changed."""
    form = SettleForm()
    return _write(form, settling.settle, lambda month: _page(month, settle_form=form))


@pages.post(f"{PAGE}/corrections")
@access(Role.CANTEEN_MANAGER)
def correct() -> ResponseReturnValue:
    """Enter a correction."""
    form = CorrectionForm()
    return _write(form, settling.correct, lambda month: _page(month, correction=form))


@pages.get(f"{PAGE}/sheets.xlsx")
@access(Role.CANTEEN_MANAGER)
def download() -> Response:
    """The month as a file; who took it is journaled, and printed on it."""
    month, wrong = _asked_month()
    if wrong:
        raise NotFound
    session, house, who = db.session(), own_facility(), signed_in()
    remember_read(
        "settlement.sheets_read", f"settlement_month:{house}-{month}",
        actor_id=who.account_id, facility_id=house,
    )  # fmt: skip
    about = (
        facility_of(session, house).name, month_text(month),
        _("%(who)s %(moment)s 导出，只作结算用", who=who.name, moment=moment_text(clock.now())),
    )  # fmt: skip
    return send_file(
        workbook(session, house, month, about), mimetype=XLSX, as_attachment=True,
        download_name=f"settlement-{month}.xlsx",
    )  # fmt: skip


@pages.get(f"{PAGE}/{ID}")
@access(Role.CANTEEN_MANAGER)
def show_person(person_id: int) -> str:
    """One person's month, meal by meal, on A4."""
    month, wrong = _asked_month()
    if wrong:
        raise NotFound
    session, house = db.session(), own_facility()
    meals = list(sheets.meals_of(session, house, month, person_id))
    if not meals:
        raise NotFound
    remember_read(
        "settlement.sheets_read", f"person:{person_id}",
        actor_id=signed_in().account_id, facility_id=house,
    )  # fmt: skip
    return render(
        "settlement/person.html", meals=meals, month=month, words=words, meal_words=meal_words,
        facility=facility_of(session, house),
    )  # fmt: skip


def _write(form: Any, command: Any, page: Any) -> ResponseReturnValue:
    """Run one of the two commands for its form, and go back to its month."""
    if not form.validate():
        return page(form.month.data or months.month_of(clock.today())), 422
    wish, house = form.wish(), own_facility()
    answer = address(PAGE, month=wish.month)
    if refused(form, (house, wish), answer, lambda session, who, now: command(
        session, house, wish, actor_id=who, now=now
    )):  # fmt: skip
        return page(wish.month), 422
    return htmx.see_other(answer)


def _asked_month() -> tuple[str, list[str]]:
    form = MonthForm(request.args)
    wrong = [] if form.validate() else [str(one) for one in form.month.errors]
    return form.month.data or months.month_of(clock.today()), wrong


def _page(
    month: str,
    *,
    wrong: list[str] | None = None,
    settle_form: WriteForm | None = None,
    correction: WriteForm | None = None,
) -> str:
    session, house = db.session(), own_facility()
    found = lines.differences(session, house, month)
    people = sheets.by_person(session, house, month)
    guests = sheets.guests_of(session, house, month)
    bills = payers.payer_sheets(session, house, month)
    return render(
        "settlement/month.html",
        month=month, earlier=months.before(month), later=months.after(month), wrong=wrong or [],
        bills=bills, people=people, guests=guests, words=words,
        benefits_fen=sum(one.fen for one in bills if one.pays not in OWN),
        own_fen=guests.fen + sum(one.fen for one in bills if one.pays in OWN)
        + sum(one.own_fen + one.fee_fen for one in people),
        settlements=sheets.settlements_of(session, house, month),
        changed=len(found), changes=changes.told(session, found, SHOWN),
        changed_fen=sum(one.fen for one in found),
        settle=settle_form or SettleForm(formdata=None),
        correction=correction or CorrectionForm(formdata=None),
        facility=facility_of(session, house), printed_on=full_date(clock.today()),
    )  # fmt: skip
