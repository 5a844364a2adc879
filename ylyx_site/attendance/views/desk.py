"""The day's list at the door: one tap a child, one small form each, also without JavaScript."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.attendance import words
from ylyx_site.attendance.forms.board import DayForm, ListForm, StepForm, class_from
from ylyx_site.attendance.kinds import Reason, Standing, Step
from ylyx_site.attendance.queries.board import ChildRow, board, counts_of, counts_on, row_of
from ylyx_site.attendance.queries.days import day_of_house
from ylyx_site.attendance.rules.standing import Counts
from ylyx_site.attendance.rules.wishes import UNDO, Author, HandoverWish
from ylyx_site.attendance.service import leaving, steps
from ylyx_site.facilities.queries import classes_of, facility_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.identity.taps import tapped_at
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.language import say
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("desk_attendance", __name__)
LIST = "/desk/attendance"


@pages.app_template_filter("absence_reason")
def absence_reason(reason: Reason) -> str:
    """Why a child stays away."""
    return str(words.REASONS[reason])


@pages.get(LIST)
@access(Role.HEAD, Role.CARER)
def show_list() -> ResponseReturnValue:
    """Who is expected, here, gone, away; today's unless the address says another day."""
    form = ListForm(request.args)
    status = 200 if form.validate() else 422
    return _page(form.date.data or clock.today(), class_from(request.args.get("class"))), status


@pages.get(f"{LIST}/list")
@access(Role.HEAD, Role.CARER)
def print_list() -> ResponseReturnValue:
    """The class's list on paper."""
    form = ListForm(request.args)
    status = 200 if form.validate() else 422
    day, class_id = form.date.data or clock.today(), class_from(request.args.get("class"))
    return _page(day, class_id, template="attendance/printed.html"), status


@pages.post(f"{LIST}/<int:day_id>/steps")
@access(Role.HEAD, Role.CARER)
def take_step(day_id: int) -> ResponseReturnValue:
    """One tap: the row comes back with the figures, or the whole list without JavaScript."""
    form, house = StepForm(), own_facility()
    shown = day_of_house(db.session(), house, day_id)
    day, class_id = shown.day, class_from(request.form.get("class"))
    problem = ""
    if form.validate():
        step = Step(form.step.data or "")
        wish = HandoverWish(taker=form.taker.data or "")
        problem = _write(
            form, (day_id, step, wish), _list_address(day, class_id),
            lambda session, author: leaving.hand_over(session, day_id, wish, author)
            if step is Step.LEAVE else steps.take_step(session, day_id, step, author),
        )  # fmt: skip
    else:
        problem = next(iter(next(iter(form.errors.values()))))
    status = 422 if problem else 200
    if htmx.is_htmx():
        return _row(day, class_id, day_id, problem), status
    if problem:
        return _page(day, class_id, problem=(day_id, problem)), status
    return htmx.see_other(f"{_list_address(day, class_id)}#child-{day_id}")


@pages.post(f"{LIST}/arrivals")
@access(Role.HEAD, Role.CARER)
def arrive_all() -> ResponseReturnValue:
    """The whole class has come."""
    return _of_day(steps.arrive_all)


@pages.post(f"{LIST}/undo")
@access(Role.HEAD, Role.CARER)
def undo_last() -> ResponseReturnValue:
    """Take back one's own last step."""
    return _of_day(lambda session, day, _class_id, author: steps.undo_last(session, day, author))


def author_of(key: str | None) -> Author:
    """The visitor as the author of what this request writes, now or when there was no network."""
    now = clock.now()
    return Author(own_facility(), signed_in().account_id, now, key or "", tapped_at(now))


def _of_day(command: Callable[[Session, date, int | None, Author], int]) -> ResponseReturnValue:
    form, class_id = DayForm(), class_from(request.form.get("class"))
    if not form.validate() or form.date.data is None:
        return _page(clock.today(), class_id), 422
    day = form.date.data
    answer = _list_address(day, class_id)
    problem = _write(form, (request.path, day, class_id), answer, lambda session, author:
                     command(session, day, class_id, author))  # fmt: skip
    if problem:
        return _page(day, class_id, problem=(0, problem)), 422
    return htmx.see_other(answer)


def _write(
    form: StepForm | DayForm, wish: object, answer: str, command: Callable[[Session, Author], Any]
) -> str:
    """Run the command once; returns the sentence of a refusal, or nothing."""
    author = author_of(form.key.data)
    done: list[object] = []
    refusal = refused(form, wish, answer, lambda session, *_: done.append(command(session, author)))
    refusals = [refusal, *(one for one in done if isinstance(one, Refusal))]
    return next((say(one) for one in refusals if one), "")


def _page(
    day: date,
    class_id: int | None,
    *,
    problem: tuple[int, str] = (0, ""),
    template: str = "attendance/board.html",
) -> str:
    session, house = db.session(), own_facility()
    classes = classes_of(session, house, day)
    if class_id is not None and class_id not in {one.id for one in classes}:
        raise NotFound
    rows = board(session, house, day, class_id)
    _journal(rows, house, day)
    return render(
        template, rows=rows, day=day, class_id=class_id, classes=classes,
        facility=facility_of(session, house), problem=problem, list_address=_list_address,
        class_name=next((one.name for one in classes if one.id == class_id), ""),
        **_common(counts_of(rows), day),
    )  # fmt: skip


def _row(day: date, class_id: int | None, day_id: int, problem: str) -> str:
    session, house = db.session(), own_facility()
    row = row_of(session, house, day, day_id)
    _journal([row], house, day)
    return render(
        "attendance/_tapped.html", row=row, class_id=class_id, problem=(day_id, problem),
        **_common(counts_on(session, house, day, class_id), day),
    )  # fmt: skip


def _common(counts: Counts, day: date) -> dict[str, Any]:
    return {
        "counts": counts, "standings": words.STANDINGS, "Standing": Standing,
        "results": words.RESULTS, "kinds": words.KINDS, "is_today": day == clock.today(),
        "undoable_since": clock.now() - UNDO, "minute": clock.minute_of(clock.now()),
    }  # fmt: skip


def _journal(rows: list[ChildRow], house: int, day: date) -> None:
    """One entry a page view, when health data is on it."""
    if any(row.has_health_data for row in rows):
        remember_read(
            "attendance.health_read", f"day:{house}:{day.isoformat()}",
            actor_id=signed_in().account_id, facility_id=house,
        )  # fmt: skip


def _list_address(day: date, class_id: int | None, page: str = LIST) -> str:
    return address(page, **{"date": None if day == clock.today() else day, "class": class_id})
