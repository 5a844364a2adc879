"""Home, the family's board, help, edition and language."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ylyx_site.childcare import words
from ylyx_site.childcare.queries.bookings import DayRow, coming_days, latest_day
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.families.queries import people_of
from ylyx_site.home.household import household_of
from ylyx_site.identity.access import ANYONE, SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in, visitor
from ylyx_site.meals import words as meal_words
from ylyx_site.meals.queries.orders import MealRow, coming_meals
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.language import COOKIE as LANGUAGE_COOKIE
from ylyx_site.shared.language import LANGUAGES
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.templating import EDITION_COOKIE, edition, render
from ylyx_site.shared.web import safe_next
from ylyx_site.shared.words import minute_text
from ylyx_site.waiting.queries.waits import open_offers_of

pages = Blueprint("home", __name__)
YEAR = 365 * 24 * 3600
BOARD_DAYS = 7


@dataclass(frozen=True, slots=True)
class Again:
    """The latest booking, offered once more: same child, house and kind, a day to choose."""

    words: str
    facility: str
    child: str
    address: str


@pages.get("/")
@access(ANYONE)
def home() -> str:
    """The front door: what is next, and the ways in."""
    who = visitor()
    if not who.is_authenticated:
        return render(
            "home/home.html", greeting=_greeting(), who=None, house=None, again=None, offers=[],
            meal_words=meal_words,
        )  # fmt: skip
    session, now = db.session(), clock.now()
    house = household_of(session, who.account_id, now)
    return render(
        "home/home.html",
        greeting=_greeting(), who=who, house=house,
        again=_again(session, who.account_id) if house.has_children else None,
        offers=open_offers_of(session, who.account_id, now), meal_words=meal_words,
    )  # fmt: skip


def _greeting() -> str:
    hour = clock.local(clock.now()).hour
    if hour < 11:
        return _("早上好")
    if hour < 13:
        return _("中午好")
    return _("下午好") if hour < 18 else _("晚上好")


def _again(session: Session, account_id: int) -> Again | None:
    row = latest_day(session, account_id)
    if row is None:
        return None
    is_hourly = row.kind is CareKind.HOURLY
    link = address(
        f"/childcare/{row.facility_id}/bookings/new",
        child_id=row.child_id, kind=row.kind.value, half=row.half,
        start=minute_text(row.starts) if is_hourly else None,
        end=minute_text(row.ends) if is_hourly else None,
    )  # fmt: skip
    return Again(words.care_name(row.kind, row.half), row.facility, row.child, link)


@pages.get("/family")
@access(SIGNED_IN)
def family_board() -> str:
    """Who goes where and who eats what in the coming week, on one board."""
    session, who, today = db.session(), signed_in(), clock.today()
    rows = coming_days(session, who.account_id, today)
    meals: dict[date, list[MealRow]] = {}
    for meal in coming_meals(session, who.account_id, today):
        meals.setdefault(meal.day, []).append(meal)
    by_day: dict[date, list[DayRow]] = {}
    for row in rows:
        by_day.setdefault(row.day, []).append(row)
    days = [today + timedelta(days=ahead) for ahead in range(BOARD_DAYS)]
    return render(
        "home/family.html", coming=rows,
        offers=open_offers_of(session, who.account_id, clock.now()),
        board=[(day, by_day.get(day, [])) for day in days],
        later=sum(1 for row in rows if row.day > days[-1]),
        people=people_of(session, who.account_id), meals=meals, meal_words=meal_words,
    )  # fmt: skip


@pages.get("/help")
@access(ANYONE)
def help_page() -> str:
    """How it works, in plain words, and whom to call."""
    return render("home/help.html")


@pages.post("/edition")
@access(ANYONE)
def change_edition() -> Response:
    """Switch between the ordinary and the senior edition; without a word, to the other one."""
    wanted = request.form.get("edition")
    if wanted not in ("ordinary", "senior"):
        wanted = "ordinary" if edition() == "senior" else "senior"
    return _remember(EDITION_COOKIE, wanted)


@pages.get("/language")
@access(ANYONE)
def language_page() -> str:
    """Choose a language."""
    return render("home/language.html", next_address=safe_next(request.args.get("next")))


@pages.post("/language")
@access(ANYONE)
def change_language() -> Response:
    """Switch the language."""
    wanted = request.form.get("language", "zh")
    return _remember(LANGUAGE_COOKIE, wanted if wanted in LANGUAGES else "zh")


def _remember(cookie: str, value: str) -> Response:
    answer = htmx.see_other(safe_next(request.form.get("next")))
    answer.set_cookie(
        cookie, value, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return answer
