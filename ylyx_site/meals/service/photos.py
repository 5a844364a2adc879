"""Photographs of dishes: drawn anew in two sizes, kept under the digest of their bytes."""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import sqlalchemy as sa
from PIL import Image
from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.meals.models import Dish, MealSet, MenuPicture
from ylyx_site.meals.queries.cookbook import own_item
from ylyx_site.meals.rules.menus import MOST_CARDS_PIXELS, MOST_FULL_PIXELS
from ylyx_site.meals.rules.wishes import Item
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.pictures import redrawn


@dataclass(frozen=True, slots=True)
class Drawn:
    """A photograph in its two sizes, WebP without metadata."""

    card: bytes
    full: bytes


def draw(stream: BinaryIO) -> Drawn:
    """Draw a file of somebody's anew; outside a transaction, because it takes a while.

    Raises `BadPicture` and `PictureTooLarge`.
    """
    full = redrawn(stream, longest=MOST_FULL_PIXELS)
    return Drawn(redrawn(io.BytesIO(full), longest=MOST_CARDS_PIXELS, quality=75), full)


def set_photo(
    session: Session, kitchen_id: int, item: Item, drawn: Drawn, *, actor_id: int, now: datetime
) -> None:
    """Show this photograph; the one before is forgotten when nothing else shows it.

    Raises `NotFound`.
    """
    row = own_item(session, kitchen_id, item)
    before = {row.card_digest, row.full_digest}
    row.card_digest = _keep(session, drawn.card, now)
    row.full_digest = _keep(session, drawn.full, now)
    session.flush()
    _forget(session, before - {row.card_digest, row.full_digest})
    _note(session, "meals.photo_set", kitchen_id, item, by=(actor_id, now))


def drop_photo(
    session: Session, kitchen_id: int, item: Item, *, actor_id: int, now: datetime
) -> None:
    """Show the drawing of its kind again. Raises `NotFound`."""
    row = own_item(session, kitchen_id, item)
    before = {row.card_digest, row.full_digest}
    row.card_digest = row.full_digest = None
    session.flush()
    _forget(session, before)
    _note(session, "meals.photo_dropped", kitchen_id, item, by=(actor_id, now))


def _keep(session: Session, content: bytes, now: datetime) -> str:
    digest = hashlib.sha256(content).hexdigest()
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
    insert = on_conflict(session, MenuPicture).values(
        digest=digest, width=width, height=height, content=content, added_at=now
    )
    session.execute(insert.on_conflict_do_nothing())
    return digest


def _forget(session: Session, digests: set[str | None]) -> None:
    """The same photograph may stand on several dishes: only what none shows goes."""
    gone = [one for one in digests if one]
    if not gone:
        return
    shown = sa.union(
        *(
            sa.select(column).where(column.in_(gone))
            for model in (Dish, MealSet)
            for column in (model.card_digest, model.full_digest)
        )
    )
    session.execute(
        sa.delete(MenuPicture)
        .where(MenuPicture.digest.in_(gone), MenuPicture.digest.not_in(shown))
        .execution_options(synchronize_session=False)
    )


def _note(
    session: Session, action: str, kitchen_id: int, item: Item, *, by: tuple[int, datetime]
) -> None:
    actor_id, now = by
    note(
        session, action, f"{item[0].value}:{item[1]}",
        actor_id=actor_id, now=now, facility_id=kitchen_id,
    )  # fmt: skip
