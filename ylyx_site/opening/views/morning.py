"""The list before the doors open, and the hazards of the house."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.facilities.doors import own_nursery
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import refused
from ylyx_site.identity.roles import Role
from ylyx_site.opening import words
from ylyx_site.opening.forms.mornings import HazardForm, MendForm, OpenForm
from ylyx_site.opening.queries.morning import hazards_of, morning_of, opened_on
from ylyx_site.opening.rules import lines, not_good
from ylyx_site.opening.service import mornings
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.templating import render

pages = Blueprint("desk_opening_day", __name__)
PAGE = "/desk/opening"


@pages.get(PAGE)
@access(Role.HEAD, Role.CARER)
def show() -> str:
    """What stands good today and what does not, and opening the house."""
    return _page()


@pages.post(PAGE)
@access(Role.HEAD, Role.CARER)
def open_house() -> ResponseReturnValue:
    """Open today."""
    form = OpenForm()
    wish = form.wish()
    if form.validate() and not refused(
        form, wish, PAGE,
        lambda session, who, now: mornings.open_day(
            session, own_nursery(db.session()).id, wish, actor_id=who, now=now
        ),
    ):  # fmt: skip
        return htmx.see_other(PAGE)
    return _page(opening=form), 422


@pages.post(f"{PAGE}/hazards")
@access(Role.HEAD, Role.CARER)
def add_hazard() -> ResponseReturnValue:
    """Write down something dangerous."""
    form = HazardForm()
    wish = form.wish()
    if form.validate() and not refused(
        form, wish, PAGE,
        lambda session, who, now: mornings.add_hazard(
            session, own_nursery(db.session()).id, wish, actor_id=who, now=now
        ),
    ):  # fmt: skip
        return htmx.see_other(f"{PAGE}#hazards")
    return _page(hazard=form), 422


@pages.post(f"{PAGE}/hazards/<int:hazard_id>/mending")
@access(Role.HEAD, Role.CARER)
def mend(hazard_id: int) -> ResponseReturnValue:
    """Say what was done about it."""
    form = MendForm()
    wish = form.wish(hazard_id)
    if form.validate() and not refused(
        form, wish, PAGE,
        lambda session, who, now: mornings.mend(
            session, own_nursery(db.session()).id, wish, actor_id=who, now=now
        ),
    ):  # fmt: skip
        return htmx.see_other(f"{PAGE}#hazards")
    return _page(mending=(hazard_id, form)), 422


def _page(
    *,
    opening: OpenForm | None = None,
    hazard: HazardForm | None = None,
    mending: tuple[int, WriteForm] | None = None,
) -> str:
    session, house, today = db.session(), own_nursery(db.session()).id, clock.today()
    found, morning = morning_of(session, house, today)
    points = lines(morning)
    hazards = hazards_of(session, house)
    return render(
        "opening/morning.html",
        day=today, span=found.opening.span, missing=found.missing, lines=points,
        red=not_good(points), words=words, opened=opened_on(session, house, today),
        hazards=[one for one in hazards if one.closed_at is None],
        mended=[one for one in hazards if one.closed_at is not None],
        opening=opening or OpenForm(formdata=None), hazard=hazard or HazardForm(formdata=None),
        mending=mending or (0, None), fresh=lambda: MendForm(formdata=None),
    )  # fmt: skip
