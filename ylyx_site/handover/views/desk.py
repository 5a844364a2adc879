"""At the desk: photographs for handing over, and who must not take a child."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from ylyx_site.childcare.queries.children import child_of_house
from ylyx_site.handover.forms.people import HeadBlockForm, PressForm
from ylyx_site.handover.queries.takers import blocks_of, photo_of
from ylyx_site.handover.service.blocks import block_by_head, end_block_by_head
from ylyx_site.handover.views.doors import ID
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

pages = Blueprint("desk_handover", __name__)
CHILD = f"/desk/children/{ID}"


@pages.get(f"{CHILD}/pickup/<int:adult_id>/photo")
@access(Role.HEAD, Role.CARER)
def photo(child_id: int, adult_id: int) -> Response:
    """The photograph of an adult who may fetch a child of this nursery."""
    session, house = db.session(), own_facility()
    child_of_house(session, house, child_id, clock.today())
    found = photo_of(session, child_id, adult_id)
    remember_read(
        "handover.photo_read", f"person:{child_id}", actor_id=signed_in().account_id,
        facility_id=house,
    )  # fmt: skip
    if found is None:
        raise NotFound
    return shown_picture(found)


@pages.get(f"{CHILD}/blocks")
@access(Role.HEAD)
def blocks_page(child_id: int) -> str:
    """Who must not take the child; a form for the head."""
    return _page(child_id, HeadBlockForm())


@pages.post(f"{CHILD}/blocks")
@access(Role.HEAD)
def save_block(child_id: int) -> ResponseReturnValue:
    """The head has seen the paper."""
    form, house, me = HeadBlockForm(), own_facility(), signed_in().account_id
    child_of_house(db.session(), house, child_id, clock.today())
    answer = f"/desk/children/{child_id}/blocks"
    is_done = form.validate_on_submit() and not refused(
        form, form.wish(child_id), answer,
        lambda session, *_: block_by_head(
            session, form.wish(child_id), house, actor_id=me, now=clock.now()
        ),
    )  # fmt: skip
    return htmx.see_other(answer) if is_done else (_page(child_id, form), 422)


@pages.post(f"{CHILD}/blocks/<int:block_id>/ending")
@access(Role.HEAD)
def lift_block(child_id: int, block_id: int) -> ResponseReturnValue:
    """The head ends what the own nursery wrote."""
    form, house, me = PressForm(), own_facility(), signed_in().account_id
    answer = f"/desk/children/{child_id}/blocks"
    if form.validate_on_submit():
        refused(form, ("end block", block_id), answer, lambda session, *_: end_block_by_head(
            session, child_id, block_id, house, actor_id=me, now=clock.now()
        ))  # fmt: skip
    return htmx.see_other(answer)


def _page(child_id: int, form: HeadBlockForm) -> str:
    session, house = db.session(), own_facility()
    name = child_of_house(session, house, child_id, clock.today())
    remember_read(
        "handover.blocks_read", f"person:{child_id}", actor_id=signed_in().account_id,
        facility_id=house,
    )  # fmt: skip
    return render(
        "handover/blocks.html", child_id=child_id, name=name, form=form, house=house,
        blocks=blocks_of(session, child_id), press=PressForm,
    )  # fmt: skip
