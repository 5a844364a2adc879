"""Guardians of a child: inviting, joining, confirming, ending."""

from contextlib import suppress

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.families import queries, service
from ylyx_site.families.errors import WrongCode
from ylyx_site.families.forms import EndingForm, JoinForm, PressForm
from ylyx_site.families.kinds import BondState
from ylyx_site.families.views.doors import ID, PEOPLE, address_of, my_child, show_refusal
from ylyx_site.families.wishes import GuardianWish, InvitationWish, JoinWish
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import once, settle
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("guardians", __name__)
GUARDIAN = f"{PEOPLE}/{ID}/guardians/<handle>"


@pages.post(f"{PEOPLE}/{ID}/invitations")
@access(SIGNED_IN)
def invite(child_id: int) -> ResponseReturnValue:
    """A code to tell the other guardian by telephone; the same code for a double tap."""
    form, child = PressForm(), my_child(child_id)
    if not form.validate_on_submit():
        return htmx.see_other(address_of(child_id))
    code, status = "", 200
    try:
        code = _invite(child_id, form.key.data or "")
    except Refusal as refusal:
        status = show_refusal(form, refusal)
    return render("families/invitation.html", child=child, form=form, code=code), status


@pages.get(f"{PEOPLE}/join")
@access(SIGNED_IN)
def join_page() -> str:
    """Enter the code that another guardian told."""
    return render("families/join.html", form=JoinForm())


@pages.post(f"{PEOPLE}/join")
@access(SIGNED_IN)
def join() -> ResponseReturnValue:
    """Become a guardian by the code."""
    form = JoinForm()
    if not form.validate_on_submit():
        return render("families/join.html", form=form), 422
    try:
        return htmx.see_other(_join(form.key.data or "", form.wish()))
    except Refusal as refusal:
        status = show_refusal(form, refusal)
        return render("families/join.html", form=form), status


@pages.post(f"{GUARDIAN}/confirmation")
@access(SIGNED_IN)
def confirm(child_id: int, handle: str) -> ResponseReturnValue:
    """Let in somebody who asked."""
    return _answer(GuardianWish("confirm", child_id, handle))


@pages.post(f"{GUARDIAN}/declination")
@access(SIGNED_IN)
def decline(child_id: int, handle: str) -> ResponseReturnValue:
    """Turn down somebody who asked."""
    return _answer(GuardianWish("decline", child_id, handle))


@pages.get(f"{GUARDIAN}/ending")
@access(SIGNED_IN)
def ending_page(child_id: int, handle: str) -> str:
    """Say what ends, and ask for the reason."""
    return _ending_page(child_id, handle, EndingForm())


@pages.post(f"{GUARDIAN}/ending")
@access(SIGNED_IN)
def end(child_id: int, handle: str) -> ResponseReturnValue:
    """End one's own bond or another guardian's."""
    form = EndingForm()
    if not form.validate_on_submit():
        return _ending_page(child_id, handle, form), 422
    try:
        wish = GuardianWish("end", child_id, handle, form.chosen())
        return htmx.see_other(_end(form.key.data or "", wish))
    except Refusal as refusal:
        status = show_refusal(form, refusal)
        return _ending_page(child_id, handle, form), status


def _invite(child_id: int, key: str) -> str:
    me, now, wish = signed_in().account_id, clock.now(), InvitationWish(child_id)
    code = service.invitation_code(child_id, key, actor_id=me)
    with transaction() as session:
        if once(session, key, wish, actor_id=me, answer=address_of(child_id), now=now) is None:
            service.invite_guardian(session, child_id, code, actor_id=me, now=now)
    return code


def _join(key: str, wish: JoinWish) -> str:
    """Where to go on to. A wrong code undoes the key, but is counted in the same transaction."""
    me, now = signed_in().account_id, clock.now()
    with transaction() as session:
        service.take_turns(session, f"account:{me}")
        try:
            with session.begin_nested():
                earlier = once(session, key, wish, actor_id=me, answer=PEOPLE, now=now)
                if earlier is not None:
                    return earlier
                child_id = service.join_by_invitation(session, wish, actor_id=me, now=now)
                return settle(session, key, actor_id=me, answer=address_of(child_id))
        except WrongCode as wrong:
            service.note_wrong_code(session, actor_id=me, now=now)
            refusal = wrong
    raise refusal


def _answer(wish: GuardianWish) -> ResponseReturnValue:
    """Confirm or decline; where it is settled already the child's page is shown anew."""
    form = PressForm()
    with suppress(NotFound):
        if form.validate_on_submit():
            _settle_asker(form.key.data or "", wish)
    my_child(wish.child_id)  # for others neither asker nor child are there
    return htmx.see_other(address_of(wish.child_id))


def _settle_asker(key: str, wish: GuardianWish) -> None:
    me, now, back = signed_in().account_id, clock.now(), address_of(wish.child_id)
    command = service.confirm_guardian if wish.deed == "confirm" else service.decline_guardian
    with transaction() as session:
        if once(session, key, wish, actor_id=me, answer=back, now=now) is None:
            command(session, wish.child_id, wish.handle, actor_id=me, now=now)


def _end(key: str, wish: GuardianWish) -> str:
    """Where to go on to: whoever leaves no longer sees the child."""
    me, now = signed_in().account_id, clock.now()
    is_me = wish.handle == queries.handle_of(wish.child_id, me)
    answer = PEOPLE if is_me else address_of(wish.child_id)
    with transaction() as session:
        if once(session, key, wish, actor_id=me, answer=answer, now=now) is None:
            service.end_bond(session, wish.child_id, wish.handle, wish.reason, actor_id=me, now=now)
    return answer


def _ending_page(child_id: int, handle: str, form: EndingForm) -> str:
    child = my_child(child_id)
    guardians = queries.guardians_of(db.session(), child_id)
    live = {one.handle: one for one in guardians if one.state == BondState.LIVE}
    if handle not in live:
        raise NotFound
    return render(
        "families/ending.html",
        child=child,
        guardian=live[handle],
        is_me=live[handle].account_id == signed_in().account_id,
        is_last=len(live) < 2,
        form=form,
    )
