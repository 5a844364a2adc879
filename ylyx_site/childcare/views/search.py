"""Reading a search from the address, and turning answers into what the page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from flask import request
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.calendar.rules import WorkingCalendar
from ylyx_site.childcare import words
from ylyx_site.childcare.errors import DayRefusal
from ylyx_site.childcare.queries.availability import (
    Answer,
    CareSearch,
    merged,
    who_has_a_place,
)
from ylyx_site.childcare.rules.planning import Moment, rest_of
from ylyx_site.childcare.rules.strip import Strip, draw
from ylyx_site.childcare.rules.wishes import CareWish, span_of
from ylyx_site.childcare.views.asking import (
    Age,
    ages_to_choose,
    asked_age,
    asked_day,
    asked_minute,
    own_children,
)
from ylyx_site.childcare.views.choices import HALVES_OF_DAY, Chip, kind_chips
from ylyx_site.facilities.kinds import CareKind, Deed
from ylyx_site.facilities.queries import limits_by_facility
from ylyx_site.facilities.rules import (
    CARE_HOURS,
    Limits,
    distance_m,
    district_limits,
    limit_moment,
    near_from_text,
)
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import Value, address
from ylyx_site.shared.identifiers import digits, row_number
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import say
from ylyx_site.shared.words import brief_day, near_text

PER_PAGE = 20
DAYS_SHOWN = 8
DISTRICT = district_limits()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; with `errors`, nothing is looked up."""

    day: date
    kind: CareKind
    half: str
    start: str
    end: str
    age: Age
    ages: tuple[Chip, ...]
    days: tuple[Chip, ...]
    kinds: tuple[Chip, ...]
    division: str
    words: str
    page: int
    search: CareSearch | None
    errors: tuple[str, ...]
    calendar: WorkingCalendar
    fields: Mapping[str, Value]
    halves_of_day: tuple[str, ...] = HALVES_OF_DAY


@dataclass(frozen=True, slots=True)
class Row:
    """A nursery in the answer. `left` 0: full; `reason` says why it cannot be booked at all."""

    answer: Answer
    strip: Strip | None
    away_m: int | None
    left: int
    reason: str
    booking: str
    temporary: str
    week: str
    waiting: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page of rows, those with a place first; how many have one, and how many cannot."""

    rows: tuple[Row, ...]
    with_place: int
    total: int
    next_address: str | None
    name: str


def read(session: Session) -> Asked:
    """Read the search; what is missing gets tomorrow's morning for the first child."""
    args = request.args
    errors: list[str] = []
    today = clock.today()
    calendar = working_calendar(session, today, today + timedelta(days=70))
    kind, half = _kind(args.get("kind"), args.get("half"), errors)
    day = asked_day(args.get("date"), _first_day(kind, half, calendar), errors)
    start, end = args.get("start", "09:00"), args.get("end", "11:00")
    own = own_children(session)
    age = asked_age(own, day, errors)
    fields: dict[str, Value] = {
        "date": day, "kind": kind.value, "half": half, "child": age.child_id,
        "age_months": None if age.child_id else age.months,
        "start": start if kind is CareKind.HOURLY else None,
        "end": end if kind is CareKind.HOURLY else None,
        "division": args.get("division", ""), "q": args.get("q", "")[:40],
    }  # fmt: skip
    minutes = (asked_minute(start, errors), asked_minute(end, errors))
    wish = CareWish(0, (), (day,), kind, half=half, start=minutes[0], end=minutes[1])
    search = _search(wish, age, errors)
    return Asked(
        day, kind, half, start, end, age, ages_to_choose(own, age, "/childcare", fields),
        _days(day, calendar, fields), _kinds(kind, half, fields), args.get("division", ""),
        args.get("q", "")[:40], max(1, min(args.get("page", 1, type=row_number), 99)), search,
        tuple(errors), calendar, fields,
    )  # fmt: skip


def _kind(text: str | None, half: str | None, errors: list[str]) -> tuple[CareKind, str]:
    if text is None:
        return CareKind.HALF_DAY, half if half in ("am", "pm") else "am"
    if text not in tuple(CareKind):
        errors.append(_("没有这种托育方式。请选全日、半日、计时或临时。"))
        return CareKind.HALF_DAY, "am"
    kind = CareKind(text)
    if half not in ("am", "pm"):
        half = "am" if kind is CareKind.HALF_DAY else ""
    return kind, half if kind in (CareKind.HALF_DAY, CareKind.TEMPORARY) else ""


def _first_day(kind: CareKind, half: str, calendar: WorkingCalendar) -> date:
    """The first working day after today that the district's own limits leave open."""
    now = clock.now()
    moment = (clock.day_of(now), clock.minute_of(now))
    limit = DISTRICT[kind, half, Deed.ADD]
    day = calendar.add_working_days(moment[0], 1)
    while moment >= limit_moment(limit, day, 540, calendar.working_days_before):
        day = calendar.add_working_days(day, 1)
    return day


def _search(wish: CareWish, age: Age, errors: list[str]) -> CareSearch | None:
    """The search for the ledger, or None with a sentence in `errors`."""
    try:
        span = span_of(wish, CARE_HOURS)
    except DayRefusal as refusal:
        if say(refusal) not in errors:
            errors.append(say(refusal))
    if errors:
        return None
    division = "".join(one for one in digits(request.args.get("division", "")) if one.isdigit())
    words_asked = request.args.get("q", "")
    return CareSearch(
        wish.days[0], wish.kind, wish.half, span, age.months, division[:12], words_asked
    )


def _days(chosen: date, calendar: WorkingCalendar, fields: Mapping[str, Value]) -> tuple[Chip, ...]:
    """The next working days, and the chosen one wherever it is."""
    today = clock.today()
    days = [today] if calendar.is_working(today) else []
    while len(days) < DAYS_SHOWN:
        days.append(calendar.add_working_days(days[-1] if days else today, 1))
    if chosen not in days:
        days = sorted([*days, chosen])
    return tuple(
        Chip(
            near_text(day),
            address("/childcare", **{**fields, "date": day}),
            day == chosen,
            _("%(day)d日", day=day.day) if day.month == today.month else brief_day(day),
        )
        for day in days
    )


def _kinds(kind: CareKind, half: str, fields: Mapping[str, Value]) -> tuple[Chip, ...]:
    return kind_chips(
        (kind.value, half),
        lambda other, part: address("/childcare", **{**fields, "kind": other.value, "half": part}),
    )


def find(session: Session, asked: Asked) -> Found:
    """Look it up: one query for the places, one for the nurseries' own limits."""
    name = words.care_name(asked.kind, asked.half)
    if asked.search is None:
        return Found((), 0, 0, None, name)
    answers = who_has_a_place(session, asked.search, clock.now())
    limits = limits_by_facility(session, asked.kind)
    near = near_from_text(request.cookies.get("near"))
    sights = [
        _Sight(
            one, _away(one, near), _reason(one, asked, limits.get(one.facility_id, DISTRICT))
        )
        for one in answers
        if one.left is not None and one.fen is not None
    ]  # fmt: skip
    sights.sort(key=_order)
    fields = _Fields.of(asked)
    shown = sights[(asked.page - 1) * PER_PAGE : asked.page * PER_PAGE]
    more = len(sights) > asked.page * PER_PAGE
    return Found(
        tuple(_row(one, fields) for one in shown),
        sum(1 for one in sights if one.answer.left and not one.reason),
        len(answers),
        address("/childcare", **asked.fields, page=asked.page + 1) if more else None,
        name,
    )


class _Sight(NamedTuple):
    """An answer as it is sorted: how far away it is, and why it cannot be booked."""

    answer: Answer
    away_m: int | None
    reason: str


def _away(answer: Answer, near: tuple[float, float] | None) -> int | None:
    if near is None or answer.latitude is None or answer.longitude is None:
        return None
    return distance_m(near, (answer.latitude, answer.longitude))


def _order(sight: _Sight) -> tuple[bool, float, int]:
    """With a place first; then near first, where we know; then most places."""
    left = sight.answer.left or 0
    cannot = not left or bool(sight.reason)
    return cannot, sight.away_m if sight.away_m is not None else 1e9, -left


class _Fields(NamedTuple):
    """What follows the path in the addresses of a row; the same for all rows of a search."""

    booking: str
    temporary: str
    week: str

    @classmethod
    def of(cls, asked: Asked) -> "_Fields":
        child_id = asked.age.child_id
        age = {"child": child_id} if child_id else {"age_months": asked.age.months}
        hourly = asked.kind is CareKind.HOURLY
        wanted: dict[str, Value] = {
            "child_id": child_id, "date": asked.day, "kind": asked.kind.value,
            "half": asked.half, "start": asked.start if hourly else None,
            "end": asked.end if hourly else None,
        }  # fmt: skip
        return cls(
            booking=address("", **wanted),
            temporary=address("", **{**wanted, "kind": CareKind.TEMPORARY.value}),
            week=address("", week=asked.day, date=asked.day, **age),
        )


def _row(sight: _Sight, fields: _Fields) -> Row:
    answer = sight.answer
    path = f"/childcare/{answer.facility_id}"
    first, free = merged(answer.classes)
    return Row(
        answer=answer,
        strip=draw(first, free) if free else None,
        away_m=sight.away_m,
        left=answer.left or 0,
        reason=sight.reason,
        booking=f"{path}/bookings/new{fields.booking}",
        temporary=f"{path}/bookings/new{fields.temporary}",
        week=f"{path}{fields.week}",
        waiting=f"/waiting/new{fields.booking}&facility_id={answer.facility_id}",
    )


def _reason(answer: Answer, asked: Asked, limits: Limits) -> str:
    """Why it cannot be booked online any more though there are places; empty when it can."""
    now = clock.now()
    moment = (clock.day_of(now), clock.minute_of(now))
    span = rest_of(asked.kind, asked.day, answer.span, Moment(*moment))
    if (asked.day, span.start) <= moment:
        return _("这个时间已经过去了")
    limit = limits[asked.kind, asked.half, Deed.ADD]
    until = limit_moment(limit, asked.day, span.start, asked.calendar.working_days_before)
    if moment >= until:
        return _("已过预约截止")
    return ""
