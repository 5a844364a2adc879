"""/supervision/waiting: the district's rule, whose limits and groups are data that it publishes."""

from dataclasses import asdict

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.facilities.doors import ruled_at, ruled_division
from ylyx_site.facilities.queries import districts
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import refused
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.templating import render
from ylyx_site.waiting import words
from ylyx_site.waiting.forms import GroupForm, LimitsForm, StepForm
from ylyx_site.waiting.queries.terms import groups_of_division, terms_of_division
from ylyx_site.waiting.service.ruling import end_group, set_group, set_terms

pages = Blueprint("queue_rules", __name__)
PAGE = "/supervision/waiting"


@pages.get(PAGE)
@access(Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR)
def show_rules() -> str:
    """Who comes first in the queues of the division, and their limits."""
    return _page(ruled_division())


@pages.post(f"{PAGE}/limits")
@access(Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR)
def save_limits() -> ResponseReturnValue:
    """Set the limits."""
    form, division = LimitsForm(), ruled_division()
    is_done = form.validate() and not refused(
        form, ("limits", division, form.wish()), _back(division),
        lambda session, who, now: set_terms(
            session, f"division:{division}", form.wish(), actor_id=who, now=now
        ),
    )  # fmt: skip
    return htmx.see_other(_back(division)) if is_done else (_page(division, limits=form), 422)


@pages.post(f"{PAGE}/groups")
@access(Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR)
def add_group() -> ResponseReturnValue:
    """Publish a group."""
    form, division = GroupForm(), ruled_division()
    is_done = form.validate() and not refused(
        form, ("group", division, form.wish()), _back(division),
        lambda session, who, now: set_group(
            session, f"division:{division}", form.wish(), actor_id=who, now=now
        ),
    )  # fmt: skip
    return htmx.see_other(_back(division)) if is_done else (_page(division, group=form), 422)


@pages.post(f"{PAGE}/groups/<int:group_id>/ending")
@access(Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR)
def stop_group(group_id: int) -> ResponseReturnValue:
    """Check no paper for it any more."""
    form, division = StepForm(), ruled_division()
    if form.validate():
        refused(
            form, ("end", division, group_id), _back(division),
            lambda session, who, now: end_group(
                session, division, group_id, actor_id=who, now=now
            ),
        )  # fmt: skip
    return htmx.see_other(_back(division))


def _back(division: str) -> str:
    return ruled_at(PAGE, division)


def _page(division: str, limits: LimitsForm | None = None, group: GroupForm | None = None) -> str:
    session, today = db.session(), clock.today()
    terms = terms_of_division(session, division)
    return render(
        "waiting/district.html",
        division=division, terms=terms, groups=groups_of_division(session, division, today),
        is_admin=signed_in().role is Role.ADMINISTRATOR, districts=districts(session),
        limits=limits or LimitsForm(formdata=None, **asdict(terms)),
        group=group or GroupForm(formdata=None, rank=10, first=today),
        step=StepForm, words=words,
    )  # fmt: skip
