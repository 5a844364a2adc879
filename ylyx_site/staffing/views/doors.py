"""What every page of the roster begins and ends with."""

from collections.abc import Callable
from datetime import date

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.facilities.doors import own_nursery
from ylyx_site.facilities.queries.history import living_classes
from ylyx_site.places.confirming import Command, Wish, saved
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm, day_from_text
from ylyx_site.staffing.queries.carers import carers_of


def asked_day(name: str) -> date:
    """A day from the address; today for none and for nonsense."""
    try:
        return day_from_text(request.args.get(name, ""))
    except ValueError:
        return clock.today()


def save(
    form: WriteForm,
    wish: Callable[[], Wish],
    command: Command[Wish],
    page: Callable[[], str],
    address: str,
) -> ResponseReturnValue:
    """Change the roster of the own nursery once and go on to `address`."""
    facility_id = own_nursery(db.session()).id
    return saved(form, wish, command, page, facility_id=facility_id, address=address)


def carer_choices(session: Session, facility_id: int, day: date) -> list[tuple[str, str]]:
    """Who may be put on the roster of a day."""
    return [
        (str(one.id), one.name) for one in carers_of(session, facility_id, day) if one.is_there(day)
    ]


def class_choices(session: Session, facility_id: int, day: date) -> list[tuple[str, str]]:
    """The classes of a day."""
    return [(str(one.id), one.name) for one in living_classes(session, facility_id, day)]
