"""The list at the counter: find the person, one tap; the other counter's taps appear by itself."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request, send_file
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.meals import words as meal_words
from ylyx_site.serving import words
from ylyx_site.serving.forms.counter import TapForm, UndoForm
from ylyx_site.serving.kinds import HOW_BY_SERVING, HandedHow, Means
from ylyx_site.serving.queries.board import CollectionRow, collected, collection, figures
from ylyx_site.serving.queries.finding import elsewhere, person_of_card
from ylyx_site.serving.queries.photos import AROUND
from ylyx_site.serving.queries.pulse import pulse, pulse_from, touched
from ylyx_site.serving.rules.finding import is_meant
from ylyx_site.serving.rules.undoing import may_undo
from ylyx_site.serving.rules.wishes import Author
from ylyx_site.serving.service import undo
from ylyx_site.serving.service.counter import serve
from ylyx_site.serving.views.doors import COUNTER, LIST, Asked, asked, author_of
from ylyx_site.serving.views.sheet import sheet_of
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import say
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spreadsheets import XLSX, written
from ylyx_site.shared.templating import render

pages = Blueprint("collection", __name__)
Command = Callable[[Session, Author], str]  # returns who was first, if somebody was


@pages.get(LIST)
@access(*COUNTER)
def show_list() -> ResponseReturnValue:
    """Who gets which meal, found by name, pinyin, last digits or code."""
    wanted = asked(db.session(), request.args)
    return _page(wanted), 422 if wanted.errors else 200


@pages.get(f"{LIST}/pulse")
@access(*COUNTER)
def show_pulse() -> ResponseReturnValue:
    """What the other counter has done since; 204 when nothing."""
    session = db.session()
    wanted, since = asked(session, request.args), pulse_from(request.args.get("since", ""))
    beat = pulse(session, wanted.canteen.id, wanted.day, wanted.meal)
    if since == beat or since is None:
        return Response(status=204)
    ids = touched(session, wanted.canteen.id, wanted.day, wanted.meal, since)
    shown = {"beat": beat, "is_longer": beat.meals != since.meals}
    changed = _shown(session, wanted, ids)
    return render("serving/_changed.html", changed=changed, **(_common(session, wanted) | shown))


@pages.get(f"{LIST}/sheet")
@access(*COUNTER)
def download_sheet() -> ResponseReturnValue:
    """The list as a table to take away."""
    wanted = asked(db.session(), request.args)
    rows = collection(db.session(), wanted.canteen.id, wanted.day, wanted.meal)
    _journal(wanted, "serving.list_exported")
    name = f"{wanted.day.isoformat()}-{wanted.meal.value}.xlsx"
    return send_file(
        written([sheet_of(rows, wanted)]), mimetype=XLSX, as_attachment=True, download_name=name
    )


@pages.post(f"{LIST}/<int:meal_id>/handover")
@access(*COUNTER)
def hand_over(meal_id: int) -> ResponseReturnValue:
    """One tap: the row comes back with the figures, or the whole list without JavaScript."""
    form = TapForm()
    if not form.validate():
        return _answer(meal_id, str(next(iter(form.errors.values()))[0]))
    wish = form.wish(meal_id)

    def run(session: Session, author: Author) -> str:
        handed = serve(session, wish, author)
        return "" if handed.is_new else _was_first(session, meal_id)

    return _write(meal_id, form, wish, run)


@pages.post(f"{LIST}/<int:meal_id>/undo")
@access(*COUNTER)
def take_back(meal_id: int) -> ResponseReturnValue:
    """Take the tap back."""
    form = UndoForm()
    if not form.validate():
        return _answer(meal_id, str(next(iter(form.errors.values()))[0]))

    def run(session: Session, author: Author) -> str:
        undo(
            session, meal_id, facility_id=author.facility_id, actor_id=author.actor_id,
            now=author.now, is_manager=author.is_manager,
        )  # fmt: skip
        return ""

    return _write(meal_id, form, ("undo", meal_id), run)


def _write(
    meal_id: int, form: TapForm | UndoForm, wish: object, command: Command
) -> ResponseReturnValue:
    """Run the command once; a refusal, or who was first, stands at the row."""
    author, told = author_of(form.key.data), [""]

    def run(session: Session, _who: int, _now: datetime) -> None:
        told[0] = command(session, author)

    refusal = refused(form, wish, LIST, run)
    return _answer(meal_id, say(refusal) if refusal else "", told[0])


def _was_first(session: Session, meal_id: int) -> str:
    """Who handed it over before, in words."""
    row = collected(session, own_facility(), [meal_id])[0]
    at = f"{clock.local(row.it.at):%H:%M:%S}" if row.it.at else ""
    return _("%(time)s %(who)s已经递过这一餐，没有重复记。", time=at, who=row.it.by or "")


def _answer(meal_id: int, problem: str, told: str = "") -> ResponseReturnValue:
    session = db.session()
    session.rollback()
    rows = collected(session, own_facility(), [meal_id])
    if not rows:
        raise NotFound
    status = 422 if problem else 200
    here = asked(session, request.form)
    wanted = Asked(here.canteen, rows[0].it.day, rows[0].it.meal, here.q)
    if htmx.is_htmx():
        shown = {"problem": (meal_id, problem), "told": (meal_id, told)}
        page = render("serving/_tapped.html", row=rows[0], **(_common(session, wanted) | shown))
        return page, status
    if problem or told:
        return _page(wanted, problem=(meal_id, problem), told=(meal_id, told)), status
    return htmx.see_other(f"{wanted.address()}#meal-{meal_id}")


def _page(
    wanted: Asked, *, problem: tuple[int, str] = (0, ""), told: tuple[int, str] = (0, "")
) -> str:
    session = db.session()
    rows = collection(session, wanted.canteen.id, wanted.day, wanted.meal)
    found, means = _found(session, wanted, rows)
    beat = pulse(session, wanted.canteen.id, wanted.day, wanted.meal)
    _journal(wanted, "serving.list_read")
    others = elsewhere(session, wanted.canteen.id, wanted.q, wanted.day) if not found else []
    shown = {"beat": beat, "problem": problem, "told": told, "means": means}
    return render(
        "serving/list.html", rows=found, others=others, **(_common(session, wanted) | shown)
    )


def _found(
    session: Session, wanted: Asked, rows: list[CollectionRow]
) -> tuple[list[CollectionRow], Means]:
    """The rows that are meant, and by what they were known."""
    owner = person_of_card(session, wanted.q)
    if owner is not None:
        return [row for row in rows if row.it.person_id == owner], Means.CARD
    found = [
        row
        for row in rows
        if is_meant(wanted.q, row.it.name, row.it.search_text, row.it.tail or "", row.it.code)
    ]
    by_code = bool(wanted.q) and all(
        row.it.code == wanted.q.upper().replace("-", "") for row in found
    )
    return found, Means.CODE if by_code else Means.NAME


def _shown(session: Session, wanted: Asked, ids: Sequence[int]) -> list[CollectionRow]:
    return collected(session, wanted.canteen.id, ids) if ids else []


def _common(session: Session, wanted: Asked) -> dict[str, Any]:
    """What the list, a row and the figures need."""
    now, is_manager = clock.now(), author_of(None).is_manager
    return {
        "wanted": wanted, "counts": figures(session, wanted.canteen.id, wanted.day, wanted.meal),
        "words": words, "meal_words": meal_words, "how_by_serving": HOW_BY_SERVING,
        "is_today": wanted.day == clock.today(),
        "is_near": abs(wanted.day - clock.today()) <= AROUND,
        "HandedHow": HandedHow, "means": Means.NAME,
        "may_undo": lambda at: may_undo(at, now, is_manager=is_manager),
        "problem": (0, ""), "told": (0, ""), "diet_names": meal_words.diet_names,
    }  # fmt: skip


def _journal(wanted: Asked, action: str) -> None:
    """One entry a page view: names with diets are on it."""
    remember_read(
        action, f"day:{wanted.canteen.id}:{wanted.day.isoformat()}",
        actor_id=signed_in().account_id, facility_id=wanted.canteen.id,
    )  # fmt: skip
