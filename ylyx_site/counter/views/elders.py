"""An elder at the desk: what is recognised and by which document, where registered, who may act."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.counter import words
from ylyx_site.counter.forms.papers import (
    BindForm,
    DivisionsForm,
    EndGroupForm,
    GroupForm,
    WithdrawForm,
)
from ylyx_site.counter.queries.calls import bound_to, eater_here
from ylyx_site.counter.queries.elders import papers_of, photo_of
from ylyx_site.counter.service import elders as service
from ylyx_site.counter.views.doors import CLERKS, PHONE, known_elder, remember
from ylyx_site.families import words as family_words
from ylyx_site.families.kinds import Relation
from ylyx_site.families.queries import division_name, guardian_by_handle, towns
from ylyx_site.families.queries.groups import GroupRow, groups_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, write_once
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.uploads import shown_picture, takes_a_picture

pages = Blueprint("desk_elders", __name__)
ELDER = "/desk/elders/<int:elder_id>"
Command = Callable[[Session, int, Any, int, datetime], object]


@pages.get(ELDER)
@access(*CLERKS)
def elder_page(elder_id: int) -> str:
    """All of it, with what can be done."""
    session, canteen_id, elder = db.session(), own_facility(), known_elder(elder_id)
    return render(
        "counter/elder.html", elder=elder, groups=groups_of(session, elder_id), words=words,
        bound=bound_to(session, elder_id), papers=papers_of(session, canteen_id, elder_id),
        hukou=_division(elder.hukou_division), residence=_division(elder.residence_division),
        family_words=family_words, self_relation=Relation.SELF,
    )  # fmt: skip


@pages.get(f"{ELDER}/groups")
@access(*CLERKS)
def group_page(elder_id: int) -> str:
    """A new group, or one (`?group=`) to be set right or ended."""
    row = _group(elder_id, request.args.get("group", ""))
    form = GroupForm(formdata=None, obj=row, group_id=str(row.id)) if row else GroupForm(None)
    if row:
        form.group.data = row.group.value
    return _group_page(elder_id, form, row)


@pages.post(f"{ELDER}/groups")
@access(*CLERKS)
def save_group(elder_id: int) -> ResponseReturnValue:
    """Keep a group."""
    form = GroupForm()
    row = _group(elder_id, form.group_id.data or "")
    return _save(
        elder_id, form, lambda session, desk, wish, who, now: service.keep_group(
            session, desk, wish, actor_id=who, now=now
        ), lambda: _group_page(elder_id, form, row),
    )  # fmt: skip


@pages.post(f"{ELDER}/groups/ending")
@access(*CLERKS)
def end_group(elder_id: int) -> ResponseReturnValue:
    """Let a group end with a day."""
    form = EndGroupForm()
    row = _group(elder_id, form.group_id.data or "")
    return _save(
        elder_id, form, lambda session, desk, wish, who, now: service.end_group(
            session, desk, wish, actor_id=who, now=now
        ), lambda: _group_page(elder_id, GroupForm(None), row, ending=form),
    )  # fmt: skip


@pages.get(f"{ELDER}/divisions")
@access(*CLERKS)
def divisions_page(elder_id: int) -> str:
    """Where the elder is registered and lives."""
    elder = known_elder(elder_id)
    form = DivisionsForm(
        None, hukou=elder.hukou_division or "", residence=elder.residence_division or ""
    )
    return _divisions_page(elder_id, form)


@pages.post(f"{ELDER}/divisions")
@access(*CLERKS)
def save_divisions(elder_id: int) -> ResponseReturnValue:
    """Keep them."""
    form = DivisionsForm()
    return _save(
        elder_id, form, lambda session, desk, wish, who, now: service.keep_divisions(
            session, desk, wish, actor_id=who, now=now
        ), lambda: _divisions_page(elder_id, form),
    )  # fmt: skip


@pages.get(f"{ELDER}/bindings")
@access(*CLERKS)
def binding_page(elder_id: int) -> str:
    """An account that may act, by a paper."""
    return _form_page("counter/bind.html", elder_id, BindForm())


@pages.post(f"{ELDER}/bindings")
@access(*CLERKS)
@takes_a_picture
def save_binding(elder_id: int) -> ResponseReturnValue:
    """Bind it."""
    form = BindForm()
    return _save(
        elder_id, form, lambda session, desk, wish, who, now: service.bind(
            session, desk, wish, actor_id=who, now=now
        ), lambda: _form_page("counter/bind.html", elder_id, form),
    )  # fmt: skip


@pages.get(f"{ELDER}/withdrawal")
@access(*CLERKS)
def withdrawal_page(elder_id: int) -> str:
    """End one binding (`?handle=`), or withdraw everything, by a paper of the elder's."""
    return _withdrawal_page(elder_id, WithdrawForm(handle=request.args.get("handle", "")))


@pages.post(f"{ELDER}/withdrawal")
@access(*CLERKS)
@takes_a_picture
def save_withdrawal(elder_id: int) -> ResponseReturnValue:
    """End it."""
    form = WithdrawForm()
    return _save(
        elder_id, form, lambda session, desk, wish, who, now: service.withdraw(
            session, desk, wish, actor_id=who, now=now
        ), lambda: _withdrawal_page(elder_id, form), None if form.handle.data else PHONE,
    )  # fmt: skip


@pages.get(f"{ELDER}/paper")
@access(*CLERKS)
def show_paper(elder_id: int) -> Response:
    """The photograph of a paper (`?number=`) that this desk has filed."""
    text = request.args.get("number", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotFound
    canteen_id = own_facility()
    photo = photo_of(db.session(), canteen_id, elder_id, int(text))
    remember("counter.paper_read", elder_id)
    return shown_picture(photo)


def _save(
    elder_id: int,
    form: Any,
    command: Command,
    page: Callable[[], str],
    answer: str | None = None,
) -> ResponseReturnValue:
    """Validate, run the command once, and go on; or show the page with what is wrong."""
    canteen_id = own_facility()
    eater_here(db.session(), canteen_id, elder_id, clock.today())
    if not form.validate_on_submit():
        return page(), 422
    try:
        wish = form.wish(elder_id)
        onward = write_once(
            str(form.key.data), wish, answer or f"/desk/elders/{elder_id}",
            lambda session, who, now: command(session, canteen_id, wish, who, now),
        )  # fmt: skip
    except Refusal as refusal:
        form.refuse(refusal)
        return page(), refusal.status
    return htmx.see_other(onward)


def _group_page(
    elder_id: int, form: GroupForm, row: GroupRow | None, ending: EndGroupForm | None = None
) -> str:
    shown = ending or EndGroupForm(
        None, group_id=str(row.id) if row else "", last=clock.today(), prefix=""
    )
    return _form_page("counter/group.html", elder_id, form, row=row, ending=shown)


def _divisions_page(elder_id: int, form: DivisionsForm) -> str:
    return _form_page("counter/divisions.html", elder_id, form, towns=towns(db.session()))


def _withdrawal_page(elder_id: int, form: WithdrawForm) -> str:
    handle = form.handle.data
    bound = guardian_by_handle(db.session(), elder_id, handle) if handle else None
    if bound is not None and bound.relation is Relation.SELF:
        raise NotFound
    return _form_page("counter/withdrawal.html", elder_id, form, bound=bound)


def _form_page(template: str, elder_id: int, form: WriteForm, **context: Any) -> str:
    return render(
        template, form=form, elder=known_elder(elder_id), family_words=family_words,
        back=f"/desk/elders/{elder_id}", **context,
    )  # fmt: skip


def _group(elder_id: int, text: str) -> GroupRow | None:
    """The group that is named; None for a new one. Raises `NotFound` for another's."""
    known_elder(elder_id)
    if not text:
        return None
    for row in groups_of(db.session(), elder_id):
        if str(row.id) == text:
            return row
    raise NotFound


def _division(code: str | None) -> str:
    return division_name(db.session(), code) if code else ""
