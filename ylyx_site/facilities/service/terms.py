"""Prices, the hours that are sold, and the limits of booking."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.facilities import errors
from ylyx_site.facilities.kinds import Basis, Tariff
from ylyx_site.facilities.models import BookingLimit, CareHours, CarePrice
from ylyx_site.facilities.rules.hours import CARE_HOURS
from ylyx_site.facilities.rules.limits import END_OF_DAY, HALVES, Key, Limit
from ylyx_site.facilities.service.checks import done, from_today_on, hours, the_nursery
from ylyx_site.shared import clock

MOST_FEN = 100_000 * 100
MOST_DAYS, MOST_MINUTES = 30, 7 * 1440


def set_price(
    session: Session,
    facility_id: int,
    tariff: Tariff,
    fen: int,
    from_day: date,
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Set a price from a day on. What is in force is never changed, what is to come may be.

    Raises `NurseriesOnly`, `InThePast`, `PriceOutOfRange`, `PriceInForce`.
    """
    the_nursery(session, facility_id)
    from_today_on(from_day, now)
    if not 0 <= fen <= MOST_FEN:
        raise errors.PriceOutOfRange("fen")
    row = session.get(CarePrice, (facility_id, tariff, from_day))
    if row is None:
        row = CarePrice(facility_id=facility_id, tariff=tariff, from_day=from_day, fen=fen)
        session.add(row)
    elif row.fen != fen and from_day == clock.day_of(now):
        raise errors.PriceInForce("from_day")
    row.fen = fen
    done(
        session, "price_set", facility_id,
        actor_id=actor_id, now=now, detail=f"{tariff} {fen} from {from_day}",
    )  # fmt: skip


def set_care_hours(
    session: Session,
    facility_id: int,
    part: str,
    starts: int,
    ends: int,
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Set the hours sold as `full_day`, `am` or `pm`; minutes of the day.

    Holds for what is booked from now on. Raises `NurseriesOnly`, `EndsBeforeItStarts`,
    `OffTheGrid`.
    """
    the_nursery(session, facility_id)
    if part not in CARE_HOURS:
        raise ValueError(f"No part of the day: {part}.")
    span = hours(starts, ends, "ends")
    row = session.get(CareHours, (facility_id, part))
    if row is None:
        row = CareHours(facility_id=facility_id, part=part)
        session.add(row)
    row.starts, row.ends = span.start, span.end
    done(
        session, "care_hours_set", facility_id,
        actor_id=actor_id, now=now, detail=f"{part} {span}",
    )  # fmt: skip


def set_limit(
    session: Session,
    facility_id: int,
    key: Key,
    limit: Limit,
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Set until when a deed is allowed: `key` is kind, half and deed, a half "" holds for both.

    Raises `NurseriesOnly`, `LimitOutOfRange`.
    """
    the_nursery(session, facility_id)
    kind, half, deed = key
    if half not in HALVES:
        raise ValueError(f"No half of the day: {half}.")
    _check(limit)
    row = session.get(BookingLimit, (facility_id, kind, half, deed))
    if row is None:
        row = BookingLimit(facility_id=facility_id, kind=kind, half=half, deed=deed)
        session.add(row)
    row.basis, row.count, row.minute = limit.basis, limit.count, limit.minute
    done(
        session, "limit_set", facility_id,
        actor_id=actor_id, now=now,
        detail=f"{kind} {half} {deed}: {limit.basis} {limit.count} {limit.minute}",
    )  # fmt: skip


def _check(limit: Limit) -> None:
    most = MOST_MINUTES if limit.basis is Basis.MINUTES_BEFORE else MOST_DAYS
    if not 0 <= limit.count <= most or not 0 <= limit.minute <= END_OF_DAY:
        raise errors.LimitOutOfRange("count")
