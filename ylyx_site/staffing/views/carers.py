"""The list of carers of the own nursery, and their certificates."""

from datetime import datetime, timedelta
from functools import partial

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.facilities.doors import own_nursery
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import Role
from ylyx_site.places.confirming import is_confirmed
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.templating import render
from ylyx_site.staffing.forms.carers import (
    CarerForm,
    CertificateForm,
    EndForm,
    NewCarerForm,
    WithdrawForm,
)
from ylyx_site.staffing.forms.shifts import LeaveForm
from ylyx_site.staffing.queries.carers import carer_of, carers_of
from ylyx_site.staffing.service.carers import (
    add_carer,
    add_certificate,
    change_carer,
    end_carer,
    withdraw_certificate,
)
from ylyx_site.staffing.service.leave import take_leave
from ylyx_site.staffing.views.doors import save
from ylyx_site.staffing.wishes import CarerWish

pages = Blueprint("duty_carers", __name__)
LIST = "/desk/duty/carers"


@pages.get("/desk/duty/carers")
@access(Role.HEAD)
def list_page() -> str:
    """Everybody who works here, whose certificates end soon marked."""
    session, today = db.session(), clock.today()
    facility = own_nursery(session)
    carers = carers_of(session, facility.id, today)
    soon = [one for one in carers if one.health_ends(today) != "good"]
    return render(
        "staffing/carers.html", facility=facility, carers=carers, soon=soon
    )  # fmt: skip


@pages.get("/desk/duty/carers/new")
@access(Role.HEAD)
def new_page() -> str:
    """Somebody new."""
    return _new(NewCarerForm(formdata=None, started_on=clock.today()))


@pages.post("/desk/duty/carers")
@access(Role.HEAD)
def save_new() -> ResponseReturnValue:
    """Put somebody on the list."""
    form = NewCarerForm()
    return save(form, form.wish, _add, partial(_new, form), f"{LIST}?saved=1")


@pages.get("/desk/duty/carers/<int:carer_id>")
@access(Role.HEAD)
def carer_page(carer_id: int) -> str:
    """One carer: name and job, certificates, leave, the end."""
    return _carer(carer_id)


@pages.post("/desk/duty/carers/<int:carer_id>")
@access(Role.HEAD)
def save_change(carer_id: int) -> ResponseReturnValue:
    """Another name or job."""
    form = CarerForm()
    command = partial(change_carer, confirmed=is_confirmed())
    page = partial(_carer, carer_id, form=form)
    return save(form, lambda: form.change(carer_id), command, page, _address(carer_id))


@pages.post("/desk/duty/carers/<int:carer_id>/end")
@access(Role.HEAD)
def save_end(carer_id: int) -> ResponseReturnValue:
    """Let somebody leave."""
    form = EndForm()
    command = partial(end_carer, confirmed=is_confirmed())
    page = partial(_carer, carer_id, ending=form)
    return save(form, lambda: form.wish(carer_id), command, page, f"{LIST}?saved=1")


@pages.post("/desk/duty/carers/<int:carer_id>/leave")
@access(Role.HEAD)
def save_leave(carer_id: int) -> ResponseReturnValue:
    """Leave of one or several days."""
    form = LeaveForm()
    command = partial(take_leave, confirmed=is_confirmed())
    page = partial(_carer, carer_id, leave=form)
    return save(form, lambda: form.wish(carer_id), command, page, _address(carer_id))


@pages.post("/desk/duty/carers/<int:carer_id>/certificates")
@access(Role.HEAD)
def save_certificate(carer_id: int) -> ResponseReturnValue:
    """Enter a paper."""
    form = CertificateForm()
    command = partial(add_certificate, confirmed=is_confirmed())
    page = partial(_carer, carer_id, paper=form)
    return save(form, lambda: form.wish(carer_id), command, page, _address(carer_id))


@pages.post("/desk/duty/carers/<int:carer_id>/certificates/<int:certificate_id>/withdrawal")
@access(Role.HEAD)
def save_withdrawal(carer_id: int, certificate_id: int) -> ResponseReturnValue:
    """Let a paper no longer hold."""
    form = WithdrawForm()
    command = partial(withdraw_certificate, confirmed=is_confirmed())
    page = partial(_carer, carer_id)
    wish = partial(form.wish, carer_id, certificate_id)
    return save(form, wish, command, page, _address(carer_id))


def _add(
    session: Session, facility_id: int, wish: CarerWish, *, actor_id: int, now: datetime
) -> None:  # fmt: skip
    add_carer(session, facility_id, wish, actor_id=actor_id, now=now)


def _address(carer_id: int) -> str:
    return f"{LIST}/{carer_id}?saved=1"


def _new(form: NewCarerForm) -> str:
    return render("staffing/new_carer.html", facility=own_nursery(db.session()), form=form)


def _carer(
    carer_id: int,
    *,
    form: CarerForm | None = None,
    paper: CertificateForm | None = None,
    leave: LeaveForm | None = None,
    ending: EndForm | None = None,
) -> str:
    session, today = db.session(), clock.today()
    facility = own_nursery(session)
    carer = carer_of(session, facility.id, carer_id)
    year = today + timedelta(days=364)
    return render(
        "staffing/carer.html",
        facility=facility,
        carer=carer,
        form=form or CarerForm(formdata=None, name=carer.name, job=carer.job.value),
        paper=paper or CertificateForm(formdata=None, valid_from=today, valid_to=year),
        leave=leave or LeaveForm(formdata=None, first_day=today, last_day=today),
        ending=ending or EndForm(formdata=None),
        withdrawal=WithdrawForm(formdata=None),
    )
