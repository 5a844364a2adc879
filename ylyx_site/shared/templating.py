"""Jinja as this site uses it: strict, with icons, words and hashed static files."""

import json
from functools import lru_cache
from typing import Any

import flask
import segno
from flask import Flask, request
from jinja2 import StrictUndefined
from lucide.jinja import lucide
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from ylyx_site.settings import ROOT
from ylyx_site.shared import clock, language, words
from ylyx_site.shared.money import yuan
from ylyx_site.shared.once import new_key
from ylyx_site.shared.web import safe_next

EDITION_COOKIE = "edition"


def edition() -> str:
    """`senior` or `ordinary`, from the cookie."""
    return "senior" if request.cookies.get(EDITION_COOKIE) == "senior" else "ordinary"


@lru_cache(maxsize=512)
def icon(name: str, size: int = 20) -> Markup:
    """An inline SVG of Lucide, in rem so that it grows with the type; hidden from readers."""
    drawn = str(lucide(name, size=size, aria_hidden="true", focusable="false"))
    for side in ("width", "height"):
        drawn = drawn.replace(f'{side}="{size}"', f'{side}="{size / 16:g}em"', 1)
    return Markup(drawn)  # noqa: S704 comes from the package, not from people


@lru_cache(maxsize=64)
def _built(name: str) -> str:
    manifest = ROOT / "static" / "built" / "manifest.json"
    if not manifest.exists():
        return name
    names: dict[str, str] = json.loads(manifest.read_text("utf-8"))
    return f"built/{names[name]}"


def static_file(name: str) -> str:
    """Address of a static file, with the hash of its content in it once assets are built."""
    return f"/static/{_built(name)}"


def here() -> str:
    """The address of this page, to come back to after switching edition or language.

    A form that was sent and refused stands at an address that cannot be opened: its own page's,
    which it carries along, can.
    """
    if request.method == "GET":
        return request.full_path.rstrip("?")
    try:
        return safe_next(request.form.get("back"), request.path)
    except HTTPException:  # too large to be read at all
        return request.path


def described(field: Any, hint: str) -> dict[str, str]:
    """Attributes that tie a field to its hint and its error."""
    parts = [f"{field.id}-hint"] if hint else []
    if field.errors:
        parts.append(f"{field.id}-error")
    attributes = {"aria-describedby": " ".join(parts)} if parts else {}
    if field.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def qr(text: str) -> Markup:
    """A QR code as inline SVG without any style."""
    drawn = segno.make(text, error="m").svg_inline(
        scale=4, border=1, svgclass=None, lineclass=None, omitsize=True
    )
    return Markup(drawn)  # noqa: S704 made by segno from a code of ours


def set_up(app: Flask) -> None:
    """Give the app's Jinja environment our rules, filters and globals."""
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = True
    env.lstrip_blocks = True
    env.filters.update(
        day=words.day_text,
        short_day=words.short_day,
        brief_day=words.brief_day,
        weekday=words.weekday_text,
        near=words.near_text,
        minute=words.minute_text,
        moment=words.moment_text,
        month=words.month_text,
        age=words.age_words,
        yuan=yuan,
        metres=words.metres_text,
    )
    env.globals.update(
        _=language.gettext,
        ngettext=language.ngettext,
        language=language.language,
        edition=edition,
        icon=icon,
        qr=qr,
        static_file=static_file,
        here=here,
        say=language.say,
        new_key=new_key,
        described=described,
        today=clock.today,
        is_demo=app.config["DEMO"],
        desk_phone=app.config["DESK_PHONE"],
        desk_hours=app.config["DESK_HOURS"],
    )


def render(template: str, **context: Any) -> str:
    """Render a page or a part by name; `_` is bound once to the language of the request."""
    return flask.render_template(template, _=language.bound(), **context)
