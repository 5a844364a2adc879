"""The desk's page of payments, for the clerks and managers of a canteen."""

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.meals import words
from ylyx_site.meals.forms.payments import PaymentForm
from ylyx_site.meals.queries.payments import meals_of_code, meals_to_pay, receipts_of
from ylyx_site.meals.service.payments import record
from ylyx_site.meals.views.asking import asked_past_day
from ylyx_site.shared import htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.identifiers import BadIdentifier, code_from_text, pretty_code
from ylyx_site.shared.templating import render

pages = Blueprint("meal_payments", __name__)
CLERKS = (Role.CLERK, Role.CANTEEN_MANAGER)


@pages.get("/desk/payments")
@access(*CLERKS)
def payments() -> str | tuple[str, int] | BaseResponse:
    """The meals of a day with what is due; a code leads to its order."""
    errors: list[str] = []
    code = request.args.get("code", "").strip()
    if code:
        try:
            return htmx.see_other(f"/desk/payments/{code_from_text(code)}")
        except BadIdentifier as bad:
            errors.append(str(bad))
    day = asked_past_day(request.args.get("date"), errors)
    meals = meals_to_pay(db.session(), own_facility(), day)
    page = render(
        "meals/payments.html", day=day, meals=meals, code=code, errors=errors, words=words,
        due_fen=sum(one.account.due_fen for one in meals),
        paid_fen=sum(one.account.paid_fen for one in meals), pretty=pretty_code,
    )  # fmt: skip
    return (page, 422) if errors else page


@pages.get("/desk/payments/<code>")
@access(*CLERKS)
def order_payments(code: str) -> str:
    """The meals of an order, their receipts, and a form for the next."""
    return _page(code, PaymentForm(MultiDict()))


@pages.post("/desk/payments/<code>")
@access(*CLERKS)
def record_payment(code: str) -> BaseResponse | tuple[str, int]:
    """Add a receipt."""
    facility_id, form, answer = own_facility(), PaymentForm(), f"/desk/payments/{code}"
    if form.validate():
        wish = form.wish()
        if not refused(form, (code, facility_id, wish), answer, lambda session, who, now: record(
            session, facility_id, code, wish, actor_id=who, now=now
        )):  # fmt: skip
            return htmx.see_other(answer)
    return _page(code, form), 422


def _page(code: str, form: PaymentForm) -> str:
    session, facility_id = db.session(), own_facility()
    meals = meals_of_code(session, facility_id, code)
    receipts = receipts_of(session, facility_id, {one.person_id for one in meals})
    return render(
        "meals/payment.html", code=code, pretty=pretty_code(code), meals=meals, form=form,
        receipts=receipts, words=words,
    )  # fmt: skip
