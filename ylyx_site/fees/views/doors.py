"""What the pages of fees share."""

from flask import request

from ylyx_site.fees.forms.months import MonthForm
from ylyx_site.shared import clock, months

FEES = "/desk/fees"
ID = "<int(min=1, max=2147483647):child_id>"


def asked_month() -> tuple[str, list[str]]:
    """The month of the address, this one when it says none; and what is wrong with it."""
    form = MonthForm(request.args)
    wrong = [] if form.validate() else [str(one) for one in form.month.errors]
    return form.month.data or this_month(), wrong


def this_month() -> str:
    """The month that runs."""
    return months.month_of(clock.today())


def neighbours(month: str) -> dict[str, str]:
    """The months before and after, for links."""
    return {"earlier": months.before(month), "later": months.after(month)}
