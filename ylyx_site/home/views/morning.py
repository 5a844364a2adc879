"""The canteen's morning on the first page of the desk, for those who serve and who bring."""

from flask import Flask

from ylyx_site.facilities.kinds import Meal
from ylyx_site.home.morning import Morning, morning_of
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals import words
from ylyx_site.meals.queries.canteens import canteens_of
from ylyx_site.rounds.queries.rounds import Progress, RoundFacts, meals_brought, progress, rounds_of
from ylyx_site.rounds.rules.order import meal_of_now
from ylyx_site.rounds.rules.wishes import Author
from ylyx_site.shared import clock
from ylyx_site.shared.db import db


def canteen_morning() -> Morning | None:
    """How the visitor's canteen stands; None for who does not serve there."""
    who = signed_in()
    if who.role not in (Role.CLERK, Role.CANTEEN_MANAGER) or who.facility_id is None:
        return None
    canteen = canteens_of(db.session(), [who.facility_id]).get(who.facility_id)
    return morning_of(db.session(), canteen, clock.now()) if canteen else None


def courier_day() -> tuple[Meal, list[tuple[RoundFacts, Progress]]] | None:
    """The visitor's rounds with the meal that is brought now; None for who brings nothing today."""
    who, now = signed_in(), clock.now()
    if who.role is not Role.COURIER or who.facility_id is None:
        return None
    session, today = db.session(), clock.day_of(now)
    brought = meals_brought(session, who.facility_id, today)
    meal = meal_of_now(brought, clock.minute_of(now))
    if meal is None:
        return None
    author = Author(who.facility_id, who.account_id, now, is_courier=True)
    rounds = rounds_of(session, author)
    stands = progress(session, who.facility_id, today, meal, [one.id for one in rounds])
    going = [(one, stands[one.id]) for one in rounds if stands[one.id].stops]
    return (meal, going) if going else None


def set_up(app: Flask) -> None:
    """Give the first page of the desk, which lies in a lower room, its canteen's morning."""
    app.jinja_env.globals["canteen_morning"] = canteen_morning
    app.jinja_env.globals["courier_day"] = courier_day
    app.jinja_env.globals["meal_name"] = words.meal_name
