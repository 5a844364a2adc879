"""Who stands at the door, and how a command is run once."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.identity.taps import tapped_at
from ylyx_site.identity.visitor import signed_in
from ylyx_site.rounds.rules.wishes import Author
from ylyx_site.shared import clock
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.language import say


def author() -> Author:
    """The visitor as the author of what this request writes; raises `NotFound`."""
    who, now = signed_in(), clock.now()
    return Author(
        own_facility(), who.account_id, now, tapped=tapped_at(now),
        is_courier=who.role is Role.COURIER, is_manager=who.role is Role.CANTEEN_MANAGER,
    )  # fmt: skip


def written(
    form: WriteForm, wish: object, answer: str, command: Callable[[Session, Author], object]
) -> str:
    """Run the command once; returns the sentence of a refusal (shown on the form too), or ''."""
    who = author()
    refusal = refused(form, wish, answer, lambda session, *_: command(session, who))
    return say(refusal) if refusal else ""
