"""Who is signed in, as the bar above the desk tells it."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from ylyx_site.identity.roles import NAMES
from ylyx_site.identity.scopes import DIVISION, FACILITY
from ylyx_site.identity.visitor import visitor
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext


@dataclass(frozen=True, slots=True)
class Who:
    """A name, what they are here as, and where; empty where there is none."""

    name: str
    role: str
    place: str


def desk_who() -> Who:
    """The visitor with role and place, in the language of this request; one small query."""
    who = visitor()
    role = gettext(NAMES[who.role]) if who.role else ""
    return Who(who.name, role, _place(who.facility_id, who.division_code))


def _place(facility_id: int | None, division_code: str | None) -> str:
    if facility_id is not None:
        name = sa.select(FACILITY.c.name).where(FACILITY.c.id == facility_id)
    elif division_code is not None:
        name = sa.select(DIVISION.c.name).where(DIVISION.c.code == division_code)
    else:
        return ""
    return str(db.session().scalar(name) or "")


@dataclass(frozen=True, slots=True)
class Reminder:
    """What has to be done now: a sentence, the page where it is done, the words of the link."""

    sentence: str
    address: str
    link: str


# By name, from rooms above: what each has to say on the first page of the desk.
REMINDERS: dict[str, Callable[[Session], list[Reminder]]] = {}


def desk_reminders() -> list[Reminder]:
    """What the rooms have to remind the visitor of."""
    session = db.session()
    return [one for remind in REMINDERS.values() for one in remind(session)]


def set_up(app: Flask) -> None:
    """Give templates `desk_who` and `desk_reminders`."""
    app.jinja_env.globals["desk_who"] = desk_who
    app.jinja_env.globals["desk_reminders"] = desk_reminders
