"""Which canteens serve, and the menu of one: for everybody, signed in or not."""

import re

from flask import Blueprint
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.identity.access import ANYONE, access
from ylyx_site.identity.visitor import visitor
from ylyx_site.meals import words
from ylyx_site.meals.policy.again import usuals_of, with_others
from ylyx_site.meals.policy.eaters import eaters_of
from ylyx_site.meals.queries.cookbook import picture_of
from ylyx_site.meals.queries.orders import coming_meals
from ylyx_site.meals.views import menu, search
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.templating import render

pages = Blueprint("meals", __name__)
A_YEAR = 365 * 24 * 3600
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


@pages.get("/meals")
@access(ANYONE)
def find_meals() -> str | tuple[str, int]:
    """All canteens that serve the meal, those to order from first."""
    session = db.session()
    asked = search.read(session)
    account_id = visitor().account_id
    eaters = eaters_of(session, account_id) if account_id else []
    found = search.find(session, asked, eaters)
    if htmx.wants_part("canteens"):
        return render("meals/_canteens.html", asked=asked, found=found)
    usuals = usuals_of(session, account_id, clock.now()) if account_id else ()
    person = next((one.name for one in eaters if one.id == asked.person_id), "")
    shown = [one for one in usuals if one.person_id == asked.person_id]
    page = render(
        "meals/search.html", asked=asked, found=found, words=words, person=person,
        usuals=shown if person else with_others(usuals, eaters),
        coming=coming_meals(session, account_id, clock.today(), most=3) if account_id else [],
    )  # fmt: skip
    return (page, 422) if asked.errors else page


@pages.get("/meals/<int:canteen_id>")
@access(ANYONE)
def show_menu(canteen_id: int) -> str | tuple[str, int]:
    """The menu of a meal, and what comes in the next days."""
    shown = menu.read(db.session(), canteen_id)
    page = render("meals/menu.html", shown=shown, words=words)
    return (page, 422) if shown.errors else page


@pages.get("/meals/pictures/<digest>.webp")
@access(ANYONE)
def show_picture(digest: str) -> BaseResponse:
    """A photograph by the digest of its bytes: what stands at this address never changes."""
    if not _DIGEST.fullmatch(digest):
        raise NotFound
    answer = BaseResponse(picture_of(db.session(), digest), mimetype="image/webp")
    answer.cache_control.public = True
    answer.cache_control.max_age = A_YEAR
    answer.cache_control.immutable = True
    return answer
