"""Who stands on a week's sheet: those who have eaten here lately, and whoever is added by hand."""

from collections.abc import Collection
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.counter.queries.people import known_here
from ylyx_site.families.kinds import PersonKind
from ylyx_site.families.models import ElderProfile, Person
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.shared.refusals import NotFound

LATELY = timedelta(days=28)
MOST_ROWS = 60


def regulars(session: Session, facility_id: int, today: date) -> list[int]:
    """Who has ordered here for the last four weeks or for days to come, by pinyin; one query."""
    return list(
        session.scalars(
            sa.select(Person.id)
            .where(
                Person.kind == PersonKind.ELDER,
                Person.ended_at.is_(None),
                Person.id.in_(
                    sa.select(OrderedMeal.person_id).where(
                        OrderedMeal.facility_id == facility_id,
                        OrderedMeal.day >= today - LATELY,
                    )
                ),
            )
            .order_by(Person.search_text, Person.id)
            .limit(MOST_ROWS)
        )
    )


def tails_here(
    session: Session, facility_id: int, person_ids: Collection[int], today: date
) -> dict[int, str]:
    """The last digits of these people, all of whom the desk knows; else raises `NotFound`."""
    rows = session.execute(
        sa.select(Person.id, sa.func.coalesce(ElderProfile.phone_tail, ""))
        .outerjoin(ElderProfile, ElderProfile.person_id == Person.id)
        .where(
            Person.id.in_(person_ids),
            Person.kind == PersonKind.ELDER,
            Person.ended_at.is_(None),
            known_here(facility_id, today),
        )
    )
    found = {number: tail for number, tail in rows}  # noqa: C416 rows are not pairs to mypy
    if found.keys() != set(person_ids):
        raise NotFound
    return found
