"""The canteen's morning on the first page of the desk, for those who serve."""

from flask import Flask

from ylyx_site.home.morning import Morning, morning_of
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals import words
from ylyx_site.meals.queries.canteens import canteens_of
from ylyx_site.shared import clock
from ylyx_site.shared.db import db


def canteen_morning() -> Morning | None:
    """How the visitor's canteen stands; None for who does not serve there."""
    who = signed_in()
    if who.role not in (Role.CLERK, Role.CANTEEN_MANAGER) or who.facility_id is None:
        return None
    canteen = canteens_of(db.session(), [who.facility_id]).get(who.facility_id)
    return morning_of(db.session(), canteen, clock.now()) if canteen else None


def set_up(app: Flask) -> None:
    """Give the first page of the desk, which lies in a lower room, its canteen's morning."""
    app.jinja_env.globals["canteen_morning"] = canteen_morning
    app.jinja_env.globals["meal_name"] = words.meal_name
