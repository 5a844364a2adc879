"""/desk/waiting: the queue of one's own nursery, offers that are out, priorities to confirm."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.childcare.words import care_name
from ylyx_site.facilities.doors import own_nursery
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.templating import render
from ylyx_site.waiting import words
from ylyx_site.waiting.forms import EvidenceForm
from ylyx_site.waiting.queries.desk import offers_out, rows_of_queue
from ylyx_site.waiting.queries.priorities import Claimed, claims_at
from ylyx_site.waiting.queries.terms import groups_of, terms_of
from ylyx_site.waiting.service.ruling import confirm_priority
from ylyx_site.waiting.views.doing import done

pages = Blueprint("desk_waiting", __name__)


@pages.get("/desk/waiting")
@access(Role.HEAD)
def show_queue() -> str:
    """Who waits, in order, with masked names."""
    session, nursery = db.session(), own_nursery(db.session())
    today = clock.today()
    return render(
        "waiting/desk.html",
        nursery=nursery,
        rows=rows_of_queue(session, nursery.id, today),
        claims=claims_at(session, nursery.id),
        offers=offers_out(session, nursery.id, clock.now()),
        terms=terms_of(session, nursery.id),
        groups=groups_of(session, nursery.id, today),
        words=words,
        care_name=care_name,
        now=clock.now(),
    )


@pages.get("/desk/waiting/<int:number>/priority/<int:group_id>")
@access(Role.HEAD)
def priority_page(number: int, group_id: int) -> str:
    """Write down what proves it."""
    return _page(number, group_id, EvidenceForm(group_id=[group_id]))


@pages.post("/desk/waiting/<int:number>/priority/<int:group_id>")
@access(Role.HEAD)
def save_priority(number: int, group_id: int) -> ResponseReturnValue:
    """The paper has been seen: the entry stands further ahead."""
    form, who, nursery = EvidenceForm(), signed_in().account_id, own_nursery(db.session())
    form.group_id.data = [group_id]
    onward = done(
        form,
        lambda session, now: confirm_priority(
            session, nursery.id, form.wish(number), actor_id=who, now=now
        ),
        actor_id=who, answer="/desk/waiting", asked=(nursery.id, number, group_id),
    )  # fmt: skip
    if isinstance(onward, str):
        return htmx.see_other(onward)
    return _page(number, group_id, form), onward


def _page(number: int, group_id: int, form: EvidenceForm) -> str:
    claim = _claim(number, group_id)
    return render("waiting/priority.html", claim=claim, form=form)


def _claim(number: int, group_id: int) -> Claimed:
    """A priority of the own queue that waits to be confirmed; raises `NotFound`."""
    for one in claims_at(db.session(), own_nursery(db.session()).id).get(number, ()):
        if one.group_id == group_id and one.valid_to is None:
            return one
    raise NotFound
