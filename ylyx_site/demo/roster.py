"""Carers, certificates and four weeks of the duty roster of the named centre, which counts."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ylyx_site.calendar.rules import WorkingCalendar
from ylyx_site.demo.register import Place
from ylyx_site.demo.rows import insert_numbered, insert_rows
from ylyx_site.demo.tables import Rostered, roster
from ylyx_site.facilities.queries import opening_on
from ylyx_site.places.busy import Presence, occupy
from ylyx_site.shared import clock, vault
from ylyx_site.shared.spans import DaySpan
from ylyx_site.staffing.kinds import CertificateKind, Job, ShiftKind
from ylyx_site.staffing.models import (
    Carer,
    Certificate,
    RosterStart,
    RosterWeek,
    Shift,
    Worker,
)
from ylyx_site.staffing.queries.shifts import CARER, monday_of
from ylyx_site.staffing.service.following import tell_carers

HOUSE = "金星托育中心"
WEEKS = 4
WEEK = timedelta(days=7)
YEAR = timedelta(days=365)


def enter_roster(
    session: Session,
    places: list[Place],
    accounts: dict[str, int],
    calendar: WorkingCalendar,
    *,
    now: datetime,
) -> None:
    """Enter the people of one house and who is in which class; to be published afterwards."""
    place = next(one for one in places if one.nursery.name == HOUSE)
    today = clock.day_of(now)
    workers = insert_numbered(session, Worker, [_worker_row(one) for one in roster()])
    carers = insert_numbered(session, Carer, [
        _carer_row(one, worker_id, place.facility_id, accounts, today)
        for one, worker_id in zip(roster(), workers, strict=True)
    ])  # fmt: skip
    insert_rows(session, Certificate, [
        _certificate_row(one, carer_id, today)
        for one, carer_id in zip(roster(), carers, strict=True)
    ])  # fmt: skip
    first = monday_of(today)
    days = DaySpan(first, first + WEEKS * WEEK - timedelta(days=1))
    people = list(zip(roster(), carers, workers, strict=True))
    _enter_shifts(session, place, people, days, calendar)
    weeks = [{"facility_id": place.facility_id, "monday": first + n * WEEK} for n in range(WEEKS)]
    insert_rows(session, RosterWeek, weeks)
    insert_rows(session, RosterStart, [{"facility_id": place.facility_id, "from_day": first}])
    tell_carers(session, place.facility_id, days)


def _enter_shifts(
    session: Session,
    place: Place,
    people: list[tuple[Rostered, int, int]],
    days: DaySpan,
    calendar: WorkingCalendar,
) -> None:
    """Everybody with a class is in it for as long as the house is open."""
    openings = opening_on(session, [place.facility_id], days.first, days.last, calendar)
    open_days = [one for one in openings.values() if one.span is not None]
    classes = {plan.name: class_id for class_id, plan in place.classes}
    at_work = [one for one in people if one[0].class_name]
    insert_rows(session, Shift, [
        {
            "facility_id": place.facility_id, "carer_id": carer_id,
            "class_id": classes[one.class_name], "day": opening.day,
            "starts": opening.span.start, "ends": opening.span.end, "kind": ShiftKind.DUTY,
        }
        for one, carer_id, _ in at_work
        for opening in open_days
        if opening.span is not None
    ])  # fmt: skip
    occupy(session, CARER, [
        Presence(worker_id, opening.day, opening.span)
        for _, _, worker_id in at_work
        for opening in open_days
        if opening.span is not None
    ])  # fmt: skip


def _worker_row(one: Rostered) -> dict[str, Any]:
    return {"phone_index": vault.blind_index(f"telephone:{one.phone}")}


def _carer_row(
    one: Rostered, worker_id: int, facility_id: int, accounts: dict[str, int], today: date
) -> dict[str, Any]:
    return {
        "facility_id": facility_id,
        "worker_id": worker_id,
        "account_id": accounts.get(one.phone),
        "name": one.name,
        "job": Job(one.job),
        "phone_sealed": vault.seal(one.phone),
        "phone_tail": one.phone[-4:],
        "started_on": today - YEAR,
        "ended_on": None,
    }


def _certificate_row(one: Rostered, carer_id: int, today: date) -> dict[str, Any]:
    last = today + timedelta(days=one.certificate_days)
    number = f"示例JK{one.phone[-4:]}"
    return {
        "carer_id": carer_id,
        "kind": CertificateKind.HEALTH,
        "number_sealed": vault.seal(number),
        "number_tail": number[-4:],
        "valid_from": last - YEAR,
        "valid_to": last,
        "withdrawn_at": None,
    }
