"""A child's papers for its guardians: what is missing, a photograph of it, what staff say."""

import hashlib
from collections.abc import Iterable

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from ylyx_site.childcare.queries.children import nurseries_of
from ylyx_site.entry import words
from ylyx_site.entry.forms.papers import PlaceForm, UploadForm
from ylyx_site.entry.kinds import Lack
from ylyx_site.entry.queries.diseases import cases_of_child
from ylyx_site.entry.queries.gate import Missing, Stay, missing_of, records_of, terms_of_houses
from ylyx_site.entry.queries.lines import lines_of, returns_of
from ylyx_site.entry.queries.papers import papers_of_own, picture_of_own
from ylyx_site.entry.rules.wishes import PaperPlace
from ylyx_site.entry.service.papers import refuse_misplaced, upload
from ylyx_site.entry.views.doors import ID
from ylyx_site.facilities.queries import facilities_of
from ylyx_site.families.queries import child_of
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.doors import refused
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.uploads import needed_picture, shown_picture, takes_a_picture

pages = Blueprint("entry_family", __name__)
PAPERS = f"/family/people/{ID}/papers"


@pages.app_template_filter("lack")
def lack_text(lack: Lack) -> str:
    """「缺接种记录」."""
    return words.lack_words(lack)


@pages.app_template_global()
def missing_papers(rows: Iterable[Stay]) -> list[Missing]:
    """What is missing before these days of care; for pages of rooms below and above."""
    return missing_of(db.session(), rows, clock.today())


@pages.get(PAPERS)
@access(SIGNED_IN)
def papers_page(child_id: int) -> str:
    """What is there, what is missing, and from when on a child that was ill may come again."""
    session, me, today = db.session(), signed_in().account_id, clock.today()
    child = child_of(session, me, child_id)
    papers = papers_of_own(session, me, child_id)
    houses = nurseries_of(session, child_id, today)
    record = records_of(session, [child_id], today)[child_id]
    remember_read("entry.papers_read", f"person:{child_id}", actor_id=me)
    return render(
        "entry/family.html", child=child, words=words,
        returns=returns_of(papers, cases_of_child(session, child_id), today),
        lines=lines_of(papers, houses, record, today, terms_of_houses(session, houses)),
        facilities=facilities_of(session, houses),
    )  # fmt: skip


@pages.get(f"{PAPERS}/new")
@access(SIGNED_IN)
def upload_page(child_id: int) -> str:
    """Ask for a photograph."""
    return _upload_page(_place(child_id), UploadForm())


@pages.post(f"{PAPERS}/new")
@access(SIGNED_IN)
@takes_a_picture
def send(child_id: int) -> ResponseReturnValue:
    """Keep the photograph until staff have looked at it."""
    form, asked, me = UploadForm(), _place(child_id), signed_in().account_id
    if not form.validate_on_submit():
        return _upload_page(asked, form), 422
    place = PaperPlace(child_id, form.kind_of(asked.kind), asked.facility_id, asked.case_id)
    answer = f"/family/people/{child_id}/papers"
    try:
        picture = needed_picture()
    except Refusal as refusal:
        form.refuse(refusal)
        return _upload_page(asked, form), 422
    wish = (place, hashlib.sha256(picture).hexdigest())
    is_done = not refused(form, wish, answer, lambda session, *_: upload(
        session, place, picture, actor_id=me, now=clock.now()
    ))  # fmt: skip
    return htmx.see_other(answer) if is_done else (_upload_page(asked, form), 422)


@pages.get(f"{PAPERS}/<int:paper_id>/picture")
@access(SIGNED_IN)
def picture(child_id: int, paper_id: int) -> Response:
    """The photograph of a paper."""
    me = signed_in().account_id
    found = picture_of_own(db.session(), me, child_id, paper_id)
    remember_read("entry.picture_read", f"paper:{paper_id}", actor_id=me)
    return shown_picture(found)


def _place(child_id: int) -> PaperPlace:
    """Which paper the address asks for; raises `NotFound` for what is not theirs."""
    session = db.session()
    child_of(session, signed_in().account_id, child_id)
    kind, facility_id, case_id = PlaceForm(request.args).place()
    place = PaperPlace(child_id, kind, facility_id, case_id)
    refuse_misplaced(session, place, clock.today())
    return place


def _upload_page(place: PaperPlace, form: UploadForm) -> str:
    session = db.session()
    child = child_of(session, signed_in().account_id, place.child_id)
    houses = facilities_of(session, [place.facility_id] if place.facility_id else [])
    if place.facility_id and place.facility_id not in houses:
        raise NotFound
    if form.kind.data is None:
        form.kind.data = place.kind.value
    return render(
        "entry/upload.html", child=child, place=place, form=form, words=words,
        house=houses[place.facility_id].name if place.facility_id else "",
    )  # fmt: skip
