"""Home, help, edition and language."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from ylyx_site.identity.access import ANYONE, access
from ylyx_site.shared import htmx
from ylyx_site.shared.language import COOKIE as LANGUAGE_COOKIE
from ylyx_site.shared.language import LANGUAGES
from ylyx_site.shared.templating import EDITION_COOKIE, edition, render
from ylyx_site.shared.web import safe_next

pages = Blueprint("home", __name__)
YEAR = 365 * 24 * 3600


@pages.get("/")
@access(ANYONE)
def home() -> str:
    """The front door."""
    return render("home/home.html")


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
