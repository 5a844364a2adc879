"""The journal: who looked at whose data, who changed what; asked and answered on one page."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ylyx_site.facilities.queries import facility_of as the_facility
from ylyx_site.identity.access import access
from ylyx_site.identity.errors import NoSuchScope
from ylyx_site.identity.roles import SUPERVISORS, Role
from ylyx_site.identity.scopes import facility_of
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal import sealing
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.templating import render
from ylyx_site.supervision.deeds import Topic
from ylyx_site.supervision.forms import JournalForm
from ylyx_site.supervision.queries.entries import Entry, Question, accounts_called, entries
from ylyx_site.supervision.queries.subjects import Namesake, people_named, subjects_of
from ylyx_site.supervision.views.doors import asked_page, own_scope

pages = Blueprint("supervision_journal", __name__)
PAGE = "/supervision/journal"


@pages.get(PAGE)
@access(*SUPERVISORS, Role.ADMINISTRATOR)
def show() -> ResponseReturnValue:
    """Entries that fit what is asked, latest first; asking about a person is journaled itself."""
    form, session = JournalForm(request.args), db.session()
    is_right = form.validate()
    people = people_named(session, form.whom.data) if is_right and form.whom.data else []
    question = _question(form, people) if is_right else None
    page = asked_page()
    rows, more = _answer(question, page) if question else ([], False)
    sealed, last_seal = sealing.state(session)
    shown = render(
        "supervision/journal.html",
        form=form, rows=rows, people=people, more=more, page=page, sealed=sealed,
        last_seal=last_seal, unsealed=sealing.unsealed(session, clock.now()),
        bent=any(one.is_bent for one in rows), is_whole=_is_administrator(),
        before=_address(page - 1) if page > 1 else "", after=_address(page + 1) if more else "",
        is_asked=any(request.args.get(name) for name in form.data),
    )  # fmt: skip
    return shown if question else (shown, 422)


def _answer(question: Question, page: int) -> tuple[list[Entry], bool]:
    scope = None if _is_administrator() else own_scope()
    return entries(db.session(), scope, signed_in().account_id, question, page)


def _question(form: JournalForm, people: list[Namesake]) -> Question | None:
    session = db.session()
    try:
        facility_id = facility_of(session, form.facility.data) if form.facility.data else None
    except NoSuchScope as refusal:
        form.refuse(refusal)
        return None
    if facility_id is not None:
        form.facility.typed = the_facility(session, facility_id).name
    for one in people:
        remember_read(
            "supervision.journal_read", f"person:{one.id}", actor_id=signed_in().account_id
        )
    return Question(
        subjects=subjects_of(session, [one.id for one in people]) if form.whom.data else None,
        actors=accounts_called(session, form.who.data) if form.who.data else None,
        facility_id=facility_id,
        topic=Topic(form.topic.data) if form.topic.data else None,
        days=form.days,
    )


def _is_administrator() -> bool:
    return signed_in().role is Role.ADMINISTRATOR


def _address(page: int) -> str:
    fields = {name: value for name, value in request.args.items() if name != "page"}
    return address(PAGE, **fields, page=page)
