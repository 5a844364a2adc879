"""The house of whoever works at one, for the pages of its desk."""

from sqlalchemy.orm import Session

from ylyx_site.facilities.queries import FacilityFacts, facility_of
from ylyx_site.identity.doors import own_facility
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
