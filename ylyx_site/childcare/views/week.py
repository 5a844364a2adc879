"""A week of one nursery: what is left by day and kind, and a strip by half hour."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request
from sqlalchemy.orm import Session

from ylyx_site.childcare.errors import DayRefusal, HolidayShut, PastDay, TooLateToAdd
from ylyx_site.childcare.policy import moment
from ylyx_site.childcare.queries.terms import slots_left, terms_of
from ylyx_site.childcare.rules.planning import (
    Care,
    Moment,
    Slots,
    Terms,
    classes_at,
    left_on,
    refuse_day,
)
from ylyx_site.childcare.rules.strip import Strip, draw
from ylyx_site.childcare.views.asking import Age, ages_to_choose, asked_age, own_children
from ylyx_site.childcare.views.choices import Chip
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.facilities.queries import ClassFacts, FacilityFacts, classes_of, prices_on
from ylyx_site.facilities.rules import CARE_HOURS
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import Value, address
from ylyx_site.shared.forms import day_from_text
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import say
from ylyx_site.shared.spans import DaySpan, TimeSpan, text_from_minute

ROWS = ((CareKind.FULL_DAY, ""), (CareKind.HALF_DAY, "am"), (CareKind.HALF_DAY, "pm"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A kind of care on a day: places left with a link, or a short word and the whole reason.

    Where it is full the link leads to the queue.
    """

    left: int
    address: str
    word: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the week: a kind of care with its hours and its seven cells."""

    words: str
    hours: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """What the page shows."""

    days: tuple[date, ...]
    chosen: date
    lines: tuple[Line, ...]
    strip: Strip | None
    strip_words: str
    strip_rows: tuple[tuple[str, int], ...]
    previous: str | None
    next: str | None
    day_links: tuple[Chip, ...]
    age: Age
    ages: tuple[Chip, ...]
    classes: list[ClassFacts]
    prices: dict[str, int]
    halves_of_day: tuple[str, ...]
    unpublished: bool
    errors: tuple[str, ...]

    @property
    def columns(self) -> list[int]:
        """Which of the seven days are shown: a weekend only when there is care."""
        cells = self.lines[0].cells
        return [n for n, day in enumerate(self.days) if day.isoweekday() < 6 or cells[n].left]


def read(session: Session, facility: FacilityFacts) -> Week:
    """The week that the address means; a wrong date shows this week and a sentence."""
    errors: list[str] = []
    monday, chosen = _days_asked(errors)
    days = DaySpan(monday, monday + timedelta(days=6))
    terms = terms_of(session, facility.id, days)
    own = own_children(session)
    age = asked_age(own, chosen, errors)
    free = _free(session, terms, days)
    path = f"/childcare/{facility.id}"
    fields: dict[str, Value] = {
        "child": age.child_id, "age_months": None if age.child_id else age.months,
    }  # fmt: skip
    sight = Sight(facility.id, terms, age, free, moment(clock.now()))
    first, left = _by_half_hour(terms, age.months, chosen, free)
    return Week(
        days=tuple(days.days()),
        chosen=chosen,
        lines=tuple(_line(kind, half, days, sight) for kind, half in ROWS),
        strip=draw(first, left) if left else None,
        strip_words=_("这一天每半小时的余位"),
        strip_rows=tuple(
            (text_from_minute((first + index) * 30), max(0, one)) for index, one in enumerate(left)
        ),
        previous=_week_link(path, monday - timedelta(days=7), fields),
        next=_week_link(path, monday + timedelta(days=7), fields, terms.last_day),
        day_links=_day_links(path, days, chosen, fields),
        age=age,
        ages=ages_to_choose(own, age, path, {"week": monday, "date": chosen}),
        classes=classes_of(session, facility.id, chosen),
        prices={tariff.value: fen for tariff, fen in prices_on(
            session, [facility.id], chosen)[facility.id].items()},
        halves_of_day=_halves(terms, chosen),
        unpublished=any(not terms.calendar.is_published(day.year) for day in days.days()),
        errors=tuple(errors),
    )  # fmt: skip


def _days_asked(errors: list[str]) -> tuple[date, date]:
    """The Monday of the week and the day whose half hours are shown."""
    today = clock.today()
    day = _date("date", errors)
    week = _date("week", errors) or day
    if week is None:
        week = today + timedelta(days=1) if today.isoweekday() < 6 else _next_monday(today)
    monday = week - timedelta(days=week.weekday())
    if day is None or not monday <= day <= monday + timedelta(days=6):
        day = week if week > monday or monday > today else max(monday, today)
    return monday, day


def _next_monday(today: date) -> date:
    return today + timedelta(days=8 - today.isoweekday())


def _date(name: str, errors: list[str]) -> date | None:
    text = request.args.get(name, "").strip()
    if not text:
        return None
    try:
        day = _iso_week(text) if "W" in text.upper() else day_from_text(text)
    except ValueError:
        errors.append(_("没有这一天。请选日历上有的日子。"))
        return None
    if abs((day - clock.today()).days) > 400:
        errors.append(_("这一天太远了。请选近一点的日子。"))
        return None
    return day


def _iso_week(text: str) -> date:
    year, _sep, week = text.upper().partition("-W")
    return date.fromisocalendar(int(year), int(week), 1)


def _free(session: Session, terms: Terms, days: DaySpan) -> Slots:
    resources = [one.resource_id for one in terms.classes]
    if terms.resource_id is not None:
        resources.append(terms.resource_id)
    return slots_left(session, resources, days.days(), clock.now())


@dataclass(frozen=True, slots=True)
class Sight:
    """What the cells of a week are worked out from."""

    facility_id: int
    terms: Terms
    age: Age
    free: Slots
    now: Moment


def _line(kind: CareKind, half: str, days: DaySpan, sight: Sight) -> Line:
    span = sight.terms.hours[half or "full_day"]
    cells = tuple(_cell(Care(kind, half, day, span), sight) for day in days.days())
    names = {"": _("全日"), "am": _("上午"), "pm": _("下午")}
    return Line(names[half], str(span), cells)


def _cell(care: Care, sight: Sight) -> Cell:
    terms, age = sight.terms, sight.age
    try:
        refuse_day(care, terms, sight.now)
    except DayRefusal as refusal:
        return Cell(0, "", _short(refusal), say(refusal))
    if not classes_at(terms.classes, age.months, care.day):
        return Cell(0, "", "—", _("没有适合这个月龄的班"))
    left = left_on(care, terms, age.months, sight.free)
    wanted: dict[str, Value] = {
        "child_id": age.child_id, "date": care.day, "kind": care.kind.value, "half": care.half,
    }  # fmt: skip
    if left < 1:
        link = address("/waiting/new", facility_id=sight.facility_id, **wanted)
        return Cell(0, link, _("满"), _("这一时段已经满了"))
    return Cell(left, address(f"/childcare/{sight.facility_id}/bookings/new", **wanted))


def _short(refusal: DayRefusal) -> str:
    if isinstance(refusal, PastDay):
        return _("已过")
    if isinstance(refusal, TooLateToAdd):
        return _("截止")
    if isinstance(refusal, HolidayShut):
        return _("放假")
    names = {"Shut": _("休"), "ClosureShut": _("停托"), "NotOffered": "—"}
    return names.get(type(refusal).__name__, _("未开"))


def _by_half_hour(terms: Terms, months: int, day: date, free: Slots) -> tuple[int, tuple[int, ...]]:
    """The first half hour of a day and what is left for that age in each from it on."""
    slots = sorted(free.get((terms.resource_id or 0, day), {}))
    if not slots:
        return 0, ()
    left = []
    for slot in range(slots[0], slots[-1] + 1):
        span = TimeSpan(slot * 30, slot * 30 + 30)
        left.append(left_on(Care(CareKind.HOURLY, "", day, span), terms, months, free))
    return slots[0], tuple(left)


def _week_link(
    path: str, monday: date, fields: dict[str, Value], last: date | None = None
) -> str | None:
    """The week before or after, where there is something to see."""
    today = clock.today()
    if monday + timedelta(days=6) < today or (last is not None and monday > last):
        return None
    return address(path, week=monday, **fields)


def _day_links(
    path: str, days: DaySpan, chosen: date, fields: dict[str, Value]
) -> tuple[Chip, ...]:
    return tuple(
        Chip("", address(path, week=days.first, date=day, **fields), day == chosen)
        for day in days.days()
    )


def _halves(terms: Terms, day: date) -> tuple[str, ...]:
    """The half hours between which one may choose, that day's opening."""
    opening = terms.openings.get(day)
    span = opening.span if opening and opening.span else CARE_HOURS["full_day"]
    return tuple(text_from_minute(minute) for minute in range(span.start, span.end + 1, 30))
