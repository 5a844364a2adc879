"""我的候补: where the family stands, pausing, coming back, leaving, priorities."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.childcare.words import care_name
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.templating import render
from ylyx_site.waiting import words
from ylyx_site.waiting.forms import PriorityForm, StepForm
from ylyx_site.waiting.queries.family import Entry, entries_of, lines_about
from ylyx_site.waiting.queries.priorities import priorities_of
from ylyx_site.waiting.queries.terms import answer_minutes
from ylyx_site.waiting.service import staying
from ylyx_site.waiting.service.ruling import claim_priority
from ylyx_site.waiting.views.doing import done

pages = Blueprint("waiting", __name__)


@pages.get("/waiting")
@access(SIGNED_IN)
def list_entries() -> str:
    """What the family waits for, and what it waited for."""
    entries = entries_of(db.session(), signed_in().account_id, clock.now(), clock.today())
    return render(
        "waiting/entries.html",
        live=[one for one in entries if one.is_live],
        ended=[one for one in entries if not one.is_live],
        words=words,
        care_name=care_name,
    )


@pages.get("/waiting/<code>")
@access(SIGNED_IN)
def show_entry(code: str) -> str:
    """Where it stands in each queue, and everything that happened to it."""
    return _page(code, StepForm())


@pages.post("/waiting/<code>/pause")
@access(SIGNED_IN)
def pause_entry(code: str) -> ResponseReturnValue:
    """Be skipped until resumed."""
    return _step(code, staying.pause)


@pages.post("/waiting/<code>/resumption")
@access(SIGNED_IN)
def resume_entry(code: str) -> ResponseReturnValue:
    """Be asked again."""
    return _step(code, staying.resume)


@pages.get("/waiting/<code>/ending")
@access(SIGNED_IN)
def confirm_ending(code: str) -> str:
    """Ask once: the place in the queue is lost."""
    entry = _entry(code)
    return render(
        "waiting/ending.html", entry=entry, form=StepForm(), words=words, care_name=care_name
    )


@pages.post("/waiting/<code>/ending")
@access(SIGNED_IN)
def leave_queue(code: str) -> ResponseReturnValue:
    """Wait no more."""
    return _step(code, staying.leave)


@pages.post("/waiting/<code>/priority")
@access(SIGNED_IN)
def claim(code: str) -> ResponseReturnValue:
    """Say that one belongs to a group that comes first."""
    form = PriorityForm()
    who = signed_in().account_id
    group_id = form.group_id.data[0] if form.group_id.data else 0
    return _answer(
        code, form, lambda session, now: claim_priority(
            session, code, group_id, actor_id=who, now=now
        ), group_id,
    )  # fmt: skip


def _step(code: str, command: Callable[..., None]) -> ResponseReturnValue:
    who = signed_in().account_id
    return _answer(
        code, StepForm(), lambda session, now: command(session, code, actor_id=who, now=now)
    )


def _answer(
    code: str,
    form: WriteForm,
    command: Callable[[Session, datetime], Any],
    asked: object = (),
) -> ResponseReturnValue:
    onward = done(
        form, command, actor_id=signed_in().account_id, answer=f"/waiting/{code}", asked=asked
    )
    return htmx.see_other(onward) if isinstance(onward, str) else (_page(code, form), onward)


def _page(code: str, form: WriteForm) -> str:
    session, entry = db.session(), _entry(code)
    houses = [one.facility_id for one in entry.standings]
    return render(
        "waiting/entry.html",
        entry=entry,
        form=form,
        lines=lines_about(session, entry),
        answer_minutes=answer_minutes(session, houses),
        priorities=priorities_of(session, entry.id, houses, clock.today()),
        words=words,
        care_name=care_name,
    )


def _entry(code: str) -> Entry:
    found = entries_of(db.session(), signed_in().account_id, clock.now(), clock.today(), code)
    if not found:
        raise NotFound
    return found[0]
