"""Whose pages these are: the house of whoever works at one, the division that somebody rules."""

from flask import request
from sqlalchemy.orm import Session

from ylyx_site.facilities.queries import FacilityFacts, districts, facility_of
from ylyx_site.identity.doors import own_facility
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound


def own_house(session: Session) -> FacilityFacts:
    """The facility at which the visitor works; raises `NotFound`."""
    return facility_of(session, own_facility())


def own_nursery(session: Session) -> FacilityFacts:
    """As `own_house`, nurseries only."""
    facility = own_house(session)
    if not facility.is_nursery:
        raise NotFound
    return facility


def ruled_division() -> str:
    """The supervisor's own; the administrator chooses (`division=`), the first unless said.

    Raises `NotFound` for a division that is no district of the register.
    """
    who = signed_in()
    if who.role is Role.HEALTH_SUPERVISOR:
        return who.division_code or ""
    known = [code for code, _name in districts(db.session())]
    asked = request.values.get("division") or (known[0] if known else "")
    if asked not in known:
        raise NotFound
    return asked


def ruled_at(page: str, division: str) -> str:
    """The address of a page about a division: the administrator's choice goes along."""
    is_admin = signed_in().role is Role.ADMINISTRATOR
    return address(page, division=division if is_admin else None)
