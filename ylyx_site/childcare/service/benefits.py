"""Benefits of care are counted while the day stands: claimed with it, given up with it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.kinds import Service
from ylyx_site.benefits.models import STAMP
from ylyx_site.benefits.queries import rules_kept
from ylyx_site.benefits.rules import Quote, kept_lines
from ylyx_site.benefits.service import claim, give_up
from ylyx_site.childcare.errors import PriceChanged
from ylyx_site.childcare.models import CareBenefit, CareBooking, CareDay
from ylyx_site.childcare.queries.benefits import given_of, quotes_of_days
from ylyx_site.childcare.queries.terms import terms_of
from ylyx_site.childcare.rules.planning import PricedDay
from ylyx_site.places.errors import Spent
from ylyx_site.shared.spans import DaySpan
from ylyx_site.shared.stamps import numbers_of


def claim_quoted(session: Session, quotes: Sequence[Quote], *, now: datetime) -> None:
    """Take what the quotes give from the children's counters; nothing is asked if it is nothing.

    Raises `PriceChanged` when somebody else used it up meanwhile: of two who book a child's last
    free hour one gets it, the other sees the new price.
    """
    given = [one.given for one in quotes if one.lines]
    if not given:
        return
    try:
        claim(session, given, now=now)
    except Spent as spent:
        raise PriceChanged from spent


def give_up_benefits(session: Session, days: Iterable[CareDay]) -> None:
    """Give back what these days, which do not stand any more, had taken from the counters."""
    given = given_of(session, days)
    if given:
        give_up(session, given)


def claim_again(session: Session, day: CareDay, *, now: datetime) -> None:
    """Quote a day anew that stands again after an absence, and keep what it is given now.

    The lines of before are replaced: they were given up, and the counters may be used up since.
    """
    quotes = _quotes_now(session, day)
    if not quotes and not day.benefit_fen:
        return
    claim_quoted(session, quotes, now=now)
    session.execute(sa.delete(CareBenefit).where(CareBenefit.care_day_id == day.id))
    lines = [{"care_day_id": day.id, **line} for one in quotes for line in kept_lines(one)]
    if lines:
        session.execute(sa.insert(CareBenefit), lines)
    session.execute(
        sa.update(CareDay)
        .where(CareDay.id == day.id)
        .values(benefit_fen=sum(one.benefit_fen for one in quotes))
        .execution_options(synchronize_session=False)
    )


def _quotes_now(session: Session, day: CareDay) -> list[Quote]:
    rules = rules_kept(session, Service.CHILDCARE, numbers_of(session, [STAMP]).get(STAMP))
    if not rules:
        return []
    kind = session.scalars(
        sa.select(CareBooking.kind).where(CareBooking.id == day.booking_id)
    ).one()
    terms = terms_of(session, day.facility_id, DaySpan(day.day, day.day))
    priced = [PricedDay(day.child_id, day.day, day.price_fen)]
    return quotes_of_days(session, rules, kind, terms, priced)
