"""Meals in the order of the day; their words would put dinner before lunch."""

from typing import Any

import sqlalchemy as sa

from ylyx_site.facilities.kinds import Meal

PLACE = {meal: place for place, meal in enumerate(Meal)}


def as_of_the_day(column: Any) -> sa.ColumnElement[int]:
    """What to order a column of meals by: breakfast, lunch, dinner."""
    return sa.case(PLACE, value=column)
