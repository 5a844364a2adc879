"""A canteen of 400 lunches: a month of 9,000 meals is a page in no time and a file in seconds."""

import io
import resource
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from tests.client import SiteClient
from tests.integration.settlement.conftest import Month
from ylyx_site.meals.models import BenefitLine, OrderedMeal
from ylyx_site.serving.models import Handover
from ylyx_site.shared.db import transaction

pytestmark = pytest.mark.slow
MEALS = 9_000
PAGE = "/desk/settlement"


def many(month: Month) -> None:
    """So many meals like the first, all served, each with two payers."""
    with transaction() as session:
        like = session.get(OrderedMeal, month.hall.meals[0])
        assert like is not None
        columns = [column.name for column in OrderedMeal.__table__.columns if column.name != "id"]
        row = {name: getattr(like, name) for name in columns}
        session.execute(
            sa.insert(OrderedMeal),
            [
                row | {"person_id": month.hall.elders[number % 3], "holds_meal": False,
                       "day": like.day - timedelta(days=number % 22)}
                for number in range(MEALS)
            ],
        )  # fmt: skip
        made = session.scalars(sa.select(OrderedMeal.id).where(OrderedMeal.holds_meal.is_(False)))
        ids = made.all()
        served = session.get(Handover, month.hall.meals[0])
        assert served is not None
        handed = {one.name: getattr(served, one.name) for one in Handover.__table__.columns}
        session.execute(
            sa.insert(Handover),
            [handed | {"ordered_meal_id": number, "step": None} for number in ids],
        )
        lines = session.scalars(sa.select(BenefitLine)).all()
        names = [one.name for one in BenefitLine.__table__.columns if one.name != "id"]
        session.execute(
            sa.insert(BenefitLine),
            [
                {name: getattr(line, name) for name in names} | {"meal_id": number}
                for number in ids
                for line in lines
            ],
        )


def timed(browser: SiteClient, address: str) -> tuple[float, bytes]:
    """How much of the processor an answer takes in seconds, whatever else runs; and what it is."""
    begun = time.process_time()
    with browser.get(address) as answer:
        content = answer.data
    assert answer.status_code == 200
    return time.process_time() - begun, content


def test_nine_thousand_meals(month: Month) -> None:
    """The bounds are those of the issue, on SQLite; PostgreSQL works in a process of its own."""
    many(month)
    assert month.manager.submit(PAGE, PAGE, purpose="报区民政局").status_code == 303
    timed(month.manager, PAGE)
    page, _content = timed(month.manager, PAGE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took, content = timed(month.manager, f"{PAGE}/sheets.xlsx?month=2026-11")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    book = load_workbook(io.BytesIO(content), read_only=True)
    assert sum(1 for _row in book["每一餐"].iter_rows()) == MEALS + 3
    assert (page < 0.3, took < 3, grown < 100) == (True, True, True), (page, took, grown)
