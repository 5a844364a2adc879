"""Photographs of elders, for the counter where they eat, and for the family."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.meals.models import OrderedMeal
from ylyx_site.serving.models import EaterPhoto
from ylyx_site.shared import vault
from ylyx_site.shared.refusals import NotFound

AROUND = timedelta(days=1)


def has_photo(session: Session, person_id: int) -> bool:
    """Whether there is one, for pages that have come to the elder."""
    return session.get(EaterPhoto, person_id, populate_existing=True) is not None


def photo_of(session: Session, person_id: int) -> bytes:
    """The photograph, opened; raises `NotFound` without one. The page journals this read."""
    row = session.get(EaterPhoto, person_id, populate_existing=True)
    if row is None:
        raise NotFound
    return vault.unseal_bytes(row.sealed)


def photo_at_counter(session: Session, facility_id: int, person_id: int, today: date) -> bytes:
    """As `photo_of`, of somebody who eats at this canteen about today; raises `NotFound`."""
    is_here = sa.exists().where(
        OrderedMeal.facility_id == facility_id,
        OrderedMeal.person_id == person_id,
        OrderedMeal.day.between(today - AROUND, today + AROUND),
    )
    if not session.scalar(sa.select(is_here)):
        raise NotFound
    return photo_of(session, person_id)
