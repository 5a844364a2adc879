"""Papers at the desk: who misses what, what was sent, what staff have seen."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from ylyx_site.childcare.queries.children import child_of_house, children_coming
from ylyx_site.entry import words
from ylyx_site.entry.forms.papers import PlaceForm, PressForm, ReturnForm, SeenForm
from ylyx_site.entry.kinds import PaperState
from ylyx_site.entry.queries.diseases import cases_of_child
from ylyx_site.entry.queries.gate import lacks_of, records_of, terms_of_houses
from ylyx_site.entry.queries.lines import lines_of, returns_of
from ylyx_site.entry.queries.papers import (
    PaperFacts,
    paper_at_house,
    papers_at_house,
    picture_at_house,
    waiting_at_house,
)
from ylyx_site.entry.rules.wishes import PaperPlace
from ylyx_site.entry.service.papers import confirm, record, refuse_misplaced, send_back
from ylyx_site.entry.views.doors import ID, desk_now
from ylyx_site.families.kinds import BondState
from ylyx_site.families.queries import guardians_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.templating import render
from ylyx_site.shared.uploads import shown_picture

pages = Blueprint("desk_entry", __name__)
CHILDREN = "/desk/children"
PAPERS = f"{CHILDREN}/{ID}/papers"
PAPER = f"{PAPERS}/<int:paper_id>"


@pages.get(CHILDREN)
@access(Role.HEAD, Role.CARER)
def list_page() -> str:
    """Every child that is booked: what it lacks on its next day, and what waits to be looked at."""
    session, house, today = db.session(), own_facility(), clock.today()
    children = children_coming(session, house, today)
    lacks = lacks_of(session, house, children, today)
    waiting = waiting_at_house(session, house, children)
    # What is to be done stands first, each part by day.
    order = sorted(children, key=lambda one: (one not in waiting, one not in lacks))
    return render(
        "entry/children.html", children={one: children[one] for one in order},
        lacks=lacks, waiting=waiting,
    )  # fmt: skip


@pages.get(PAPERS)
@access(Role.HEAD, Role.CARER)
def papers_page(child_id: int) -> str:
    """A child's papers, and its illness if there is one."""
    session, house, today = db.session(), own_facility(), clock.today()
    name = child_of_house(session, house, child_id, today)
    papers = papers_at_house(session, house, child_id, today)
    case_rows = cases_of_child(session, child_id)
    child = records_of(session, [child_id], today)[child_id]
    _journal("papers_read", f"person:{child_id}")
    return render(
        "entry/papers.html", child_id=child_id, name=name, house=house, words=words,
        returns=returns_of(papers, case_rows, today), press=PressForm,
        lines=lines_of(papers, [house], child, today, terms_of_houses(session, [house])),
    )  # fmt: skip


@pages.get(f"{PAPERS}/new")
@access(Role.HEAD, Role.CARER)
def record_page(child_id: int) -> str:
    """Ask what stands on a paper that was shown at the desk."""
    place = _place(child_id)
    return _record_page(place, _seen_form(child_id))


@pages.post(f"{PAPERS}/new")
@access(Role.HEAD, Role.CARER)
def save_record(child_id: int) -> ResponseReturnValue:
    """Write down that it was seen."""
    asked, form, desk = _place(child_id), _seen_form(child_id), desk_now()
    answer = f"{CHILDREN}/{child_id}/papers"
    if not form.validate_on_submit():
        return _record_page(asked, form), 422
    place = PaperPlace(child_id, form.kind_of(asked.kind), asked.facility_id, asked.case_id)
    is_done = not refused(form, (place, form.seen()), answer, lambda session, *_: record(
        session, place, form.seen(), desk
    ))  # fmt: skip
    return htmx.see_other(answer) if is_done else (_record_page(asked, form), 422)


@pages.get(PAPER)
@access(Role.HEAD, Role.CARER)
def paper_page(child_id: int, paper_id: int) -> str:
    """A photograph beside the questions about it."""
    form = _seen_form(child_id)
    return _paper_page(child_id, paper_id, form, ReturnForm())


@pages.post(f"{PAPER}/confirmation")
@access(Role.HEAD, Role.CARER)
def save_confirmation(child_id: int, paper_id: int) -> ResponseReturnValue:
    """What was sent is right."""
    form, desk = _seen_form(child_id), desk_now()
    answer = f"{CHILDREN}/{child_id}/papers"
    is_done = form.validate_on_submit() and not refused(
        form, (paper_id, form.seen()), answer,
        lambda session, *_: confirm(session, child_id, paper_id, form.seen(), desk),
    )  # fmt: skip
    if is_done:
        return htmx.see_other(answer)
    return _paper_page(child_id, paper_id, form, ReturnForm(formdata=None)), 422


@pages.post(f"{PAPER}/return")
@access(Role.HEAD, Role.CARER)
def save_return(child_id: int, paper_id: int) -> ResponseReturnValue:
    """What was sent will not do; the family is told."""
    form, desk = ReturnForm(), desk_now()
    child_of_house(db.session(), desk.facility_id, child_id, clock.today())
    answer = f"{CHILDREN}/{child_id}/papers"
    is_done = form.validate_on_submit() and not refused(
        form, form.wish(paper_id), answer,
        lambda session, *_: send_back(session, child_id, form.wish(paper_id), desk),
    )  # fmt: skip
    if is_done:
        return htmx.see_other(answer)
    return _paper_page(child_id, paper_id, _seen_form(child_id, empty=True), form), 422


@pages.get(f"{PAPER}/picture")
@access(Role.HEAD, Role.CARER)
def picture(child_id: int, paper_id: int) -> Response:
    """The photograph; every look is journaled."""
    found = picture_at_house(db.session(), own_facility(), child_id, paper_id, clock.today())
    _journal("picture_read", f"paper:{paper_id}")
    return shown_picture(found)


def _journal(deed: str, subject: str) -> None:
    house, who = own_facility(), signed_in().account_id
    remember_read(f"entry.{deed}", subject, actor_id=who, facility_id=house)


def _place(child_id: int) -> PaperPlace:
    session, house, today = db.session(), own_facility(), clock.today()
    child_of_house(session, house, child_id, today)
    kind, facility_id, case_id = PlaceForm(request.args).place()
    place = PaperPlace(child_id, kind, facility_id, case_id)
    refuse_misplaced(session, place, today, house)
    return place


def _seen_form(child_id: int, *, empty: bool = False) -> SeenForm:
    """The form with the child's guardians; raises `NotFound` for a child of another house."""
    session = db.session()
    child_of_house(session, own_facility(), child_id, clock.today())
    form = SeenForm(formdata=None) if empty else SeenForm()
    form.offer(one for one in guardians_of(session, child_id) if one.state is BondState.LIVE)
    return form


def _record_page(place: PaperPlace, form: SeenForm) -> str:
    name = child_of_house(db.session(), own_facility(), place.child_id, clock.today())
    if form.kind.data is None:
        form.kind.data = place.kind.value
    return render("entry/record.html", place=place, name=name, form=form, words=words)


def _paper_page(child_id: int, paper_id: int, form: SeenForm, back: ReturnForm) -> str:
    session, house, today = db.session(), own_facility(), clock.today()
    found: PaperFacts = paper_at_house(session, house, child_id, paper_id, today)
    if found.state is PaperState.RETURNED and not found.by_family:
        raise NotFound
    _journal("paper_read", f"paper:{paper_id}")
    name = child_of_house(session, house, child_id, today)
    return render(
        "entry/paper.html", child_id=child_id, name=name, paper=found, form=form, back=back,
        words=words, is_waiting=found.state is PaperState.WAITING,
    )  # fmt: skip
