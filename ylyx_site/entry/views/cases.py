"""A child's infectious disease at the desk."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.childcare.queries.children import child_of_house
from ylyx_site.entry.forms.papers import CaseForm, PressForm
from ylyx_site.entry.queries.diseases import diseases_of_house
from ylyx_site.entry.service.cases import record_case, withdraw_case
from ylyx_site.entry.views.doors import ID, desk_now
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.templating import render

pages = Blueprint("desk_cases", __name__)
CASES = f"/desk/children/{ID}/cases"


@pages.get(f"{CASES}/new")
@access(Role.HEAD, Role.CARER)
def new_page(child_id: int) -> str:
    """Ask which disease, and since when."""
    return _page(child_id, _form())


@pages.post(f"{CASES}/new")
@access(Role.HEAD, Role.CARER)
def save(child_id: int) -> ResponseReturnValue:
    """Keep the child away until it may come again."""
    form, desk = _form(), desk_now()
    answer = f"/desk/children/{child_id}/papers"
    child_of_house(db.session(), desk.facility_id, child_id, clock.today())
    is_done = form.validate_on_submit() and not refused(
        form, form.wish(child_id), answer,
        lambda session, *_: record_case(session, form.wish(child_id), desk),
    )  # fmt: skip
    return htmx.see_other(answer) if is_done else (_page(child_id, form), 422)


@pages.post(f"{CASES}/<int:case_id>/withdrawal")
@access(Role.HEAD, Role.CARER)
def withdraw(child_id: int, case_id: int) -> ResponseReturnValue:
    """It was refused down by mistake."""
    form, desk = PressForm(), desk_now()
    answer = f"/desk/children/{child_id}/papers"
    if form.validate_on_submit():
        refused(form, ("withdraw", case_id), answer, lambda session, *_: withdraw_case(
            session, child_id, case_id, desk
        ))  # fmt: skip
    return htmx.see_other(answer)


def _form() -> CaseForm:
    form = CaseForm()
    table = diseases_of_house(db.session(), own_facility())
    form.disease.choices = [(one.id, one.name) for one in table]
    return form


def _page(child_id: int, form: CaseForm) -> str:
    session, house = db.session(), own_facility()
    name = child_of_house(session, house, child_id, clock.today())
    return render(
        "entry/case.html", child_id=child_id, name=name, form=form,
        table=diseases_of_house(session, house),
    )  # fmt: skip
