"""Who stands at the door, and how a command is run once."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.rounds.rules.wishes import Author
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.language import say
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.retries import retrying


def author() -> Author:
    """The visitor as the author of what this request writes; raises `NotFound`."""
    who = signed_in()
    if who.facility_id is None:
        raise NotFound
    return Author(
        who.facility_id, who.account_id, clock.now(),
        is_courier=who.role is Role.COURIER, is_manager=who.role is Role.CANTEEN_MANAGER,
    )  # fmt: skip


def written(
    form: WriteForm, wish: object, answer: str, command: Callable[[Session, Author], object]
) -> str:
    """Run the command once; returns the sentence of a refusal (shown on the form too), or ''."""
    who = author()

    def run() -> None:
        with transaction() as session:
            key = str(form.key.data)
            if not once(session, key, wish, actor_id=who.actor_id, answer=answer, now=who.now):
                command(session, who)

    try:
        retrying(run)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.refuse(refusal)
        return say(refusal)
    return ""
