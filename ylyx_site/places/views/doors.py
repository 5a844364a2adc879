"""What every page of the head's facility begins and ends with."""

from collections.abc import Callable
from functools import partial

from flask.typing import ResponseReturnValue

from ylyx_site.facilities.doors import own_nursery
from ylyx_site.places.confirming import Command, Wish, saved
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm


def save(
    form: WriteForm,
    wish: Callable[[], Wish],
    command: Command[Wish],
    page: Callable[..., str],
    name: str,
    **context: object,
) -> ResponseReturnValue:
    """Change the own facility and go back to `/desk/facility/<name>`, which says so."""
    return saved(
        form,
        wish,
        command,
        partial(page, form, **context),
        facility_id=own_nursery(db.session()).id,
        address=f"/desk/facility/{name}?saved=1",
    )
