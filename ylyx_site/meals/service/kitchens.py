"""Whose menus somebody may plan: those of a canteen that cooks."""

from sqlalchemy.orm import Session

from ylyx_site.meals.errors.menus import SuppliedKitchen
from ylyx_site.meals.models import CanteenTerms
from ylyx_site.shared.refusals import NotFound


def refuse_no_kitchen(session: Session, facility_id: int) -> None:
    """Raise `NotFound` for what serves no meals, `SuppliedKitchen` for a meal point."""
    terms = session.get(CanteenTerms, facility_id, populate_existing=True)
    if terms is None:
        raise NotFound
    if terms.supplied_by is not None:
        raise SuppliedKitchen
