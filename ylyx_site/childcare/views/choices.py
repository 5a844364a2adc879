"""What can be changed on the booking page, as links and lists; every link carries the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from ylyx_site.childcare import words
from ylyx_site.childcare.errors import DayFull
from ylyx_site.childcare.forms import CareForm
from ylyx_site.childcare.policy import Planned, moment
from ylyx_site.childcare.rules.planning import Care
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.views.links import wish_fields
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.facilities.queries import FacilityFacts
from ylyx_site.families.queries import PersonFacts
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import Value, address
from ylyx_site.shared.ages import months_on
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.words import age_words


class Chip(NamedTuple):
    """A choice as a link; `small` stands under its words."""

    words: str
    address: str
    is_chosen: bool
    small: str = ""


class Queueing(NamedTuple):
    """The full days as a need: the fields that join at one tap; the page to choose more on."""

    fields: list[tuple[str, str]]
    address: str


class PriceLine(NamedTuple):
    """So many days at the same price, in fen."""

    days: int
    fen: int


@dataclass(frozen=True, slots=True)
class Choices:
    """All that the page offers besides the plan itself."""

    children: tuple[Chip, ...]
    kinds: tuple[Chip, ...]
    fields: tuple[tuple[str, str], ...]
    queue: Queueing | None
    chosen_weekdays: frozenset[int]
    first: str
    last: str
    halves_of_day: tuple[str, ...]
    lines: tuple[PriceLine, ...]
    limits: tuple[str, ...]
    weekend_address: str | None
    is_hourly: bool
    is_unpublished: bool
    has_children: bool


CARRIED = ("child_id", "kind", "half", "start", "end", "instead_of", "instead_day")
HALVES_OF_DAY = tuple(text_from_minute(minute) for minute in range(360, 1261, 30))
USUAL = (
    (CareKind.FULL_DAY, ""),
    (CareKind.HALF_DAY, "am"),
    (CareKind.HALF_DAY, "pm"),
    (CareKind.HOURLY, ""),
)
TEMPORARY = tuple((CareKind.TEMPORARY, half) for half in ("", "am", "pm"))


def choices_for(
    facility: FacilityFacts, form: CareForm, planned: Planned | None, own: Sequence[PersonFacts]
) -> Choices:
    """The page's choices for what its form says now, right or wrong."""
    path = f"/childcare/{facility.id}/bookings/new"
    fields = _fields(form)
    first = form.first.data or (form.date.data[0] if form.date.data else clock.today())
    return Choices(
        children=_children(path, fields, form, own),
        kinds=_kinds(path, fields, form),
        fields=tuple(_hidden(fields)),
        queue=_queue(facility, fields, planned),
        chosen_weekdays=frozenset(form.weekdays.data) or frozenset({first.isoweekday()}),
        first=first.isoformat(),
        last=(form.last.data or first + timedelta(days=27)).isoformat(),
        halves_of_day=HALVES_OF_DAY,
        lines=_lines(planned),
        limits=_limits(form, planned),
        weekend_address=_weekends(path, form, facility.id, planned),
        is_hourly=form.kind.data == CareKind.HOURLY,
        is_unpublished=_reaches_unpublished(planned),
        has_children=bool(own),
    )


def _fields(form: CareForm) -> dict[str, Value]:
    """What the form holds, as fields of an address."""
    days: list[date] = form.date.data
    return {
        "child_id": form.child_id.data,
        "kind": form.kind.data,
        "half": form.half.data,
        "start": form.start.data,
        "end": form.end.data,
        "date": days,
        "weekdays": [] if days else form.weekdays.data,
        "from_": None if days else form.first.data,
        "to": None if days else form.last.data,
        "instead_of": form.instead_of.data,
        "instead_day": form.instead_day.data,
    }


def _children(
    path: str, fields: dict[str, Value], form: CareForm, own: Sequence[PersonFacts]
) -> tuple[Chip, ...]:
    """One child, or all of them together; a family with one child has no choice to make."""
    chosen = set(form.child_id.data)
    today = clock.today()
    chips = [
        Chip(
            child.name,
            address(path, **{**fields, "child_id": child.id}),
            chosen == {child.id},
            age_words(max(0, months_on(child.born_on, today))),
        )
        for child in own
    ]
    if len(own) > 1:
        together = [child.id for child in own]
        link = address(path, **{**fields, "child_id": together})
        chips.append(Chip(_("一起去"), link, chosen == set(together), _("都有位才约")))
    return tuple(chips)


def _kinds(path: str, fields: dict[str, Value], form: CareForm) -> tuple[Chip, ...]:
    def to(kind: CareKind, half: str) -> str:
        changed = {**fields, "kind": kind.value, "half": half}
        if kind is not CareKind.HOURLY:
            changed |= {"start": None, "end": None}
        elif not fields["start"]:
            changed |= {"start": "09:00", "end": "11:00"}
        return address(path, **changed)

    return kind_chips((form.kind.data, form.half.data or ""), to)


def kind_chips(now: tuple[str | None, str], to: Callable[[CareKind, str], str]) -> tuple[Chip, ...]:
    """The kinds of care, each with its address; which part of a day once it is temporary care."""
    usual = [
        Chip(words.short_care_name(*one), to(*one), now == (one[0].value, one[1])) for one in USUAL
    ]
    if now[0] != CareKind.TEMPORARY:
        return (*usual, Chip(_("临时托"), to(CareKind.TEMPORARY, ""), is_chosen=False))
    parts = [Chip(words.short_care_name(*one), to(*one), now[1] == one[1]) for one in TEMPORARY]
    return (*usual, *parts)


def _hidden(fields: dict[str, Value]) -> list[tuple[str, str]]:
    """The fields that a form of this page carries along besides its own."""
    kept = {name: fields[name] for name in CARRIED}
    pairs = []
    for name, value in kept.items():
        values = value if isinstance(value, list) else [value]
        pairs += [(name, str(one)) for one in values if one not in (None, "")]
    return pairs


def _queue(
    facility: FacilityFacts, fields: dict[str, Value], planned: Planned | None
) -> Queueing | None:
    """Nothing where no day is full, or where a booking is being moved."""
    left_out = planned.plan.left_out if planned else ()
    full = [one.day for one in left_out if isinstance(one.refusal, DayFull)]
    if not full or fields["instead_of"]:
        return None
    days = [("date", day.isoformat()) for day in full]
    need = [("facility_id", str(facility.id)), *_hidden(fields), *days]
    return Queueing(need, f"/waiting/new?{urlencode(need)}")


def _lines(planned: Planned | None) -> tuple[PriceLine, ...]:
    """The price of all days, days of one price together."""
    if planned is None:
        return ()
    counts: dict[int, int] = {}
    for one in planned.plan.booked:
        counts[one.fen] = counts.get(one.fen, 0) + 1
    return tuple(PriceLine(count, fen) for fen, count in sorted(counts.items()))


def _reaches_unpublished(planned: Planned | None) -> bool:
    """Whether a day lies in a year whose 调休 is not published yet."""
    if planned is None:
        return False
    days = [*planned.plan.days, *(one.day for one in planned.plan.left_out)]
    return any(not planned.terms.calendar.is_published(day.year) for day in days)


def _limits(form: CareForm, planned: Planned | None) -> tuple[str, ...]:
    """The three limits of the first day that would be booked."""
    if planned is None or not planned.plan.booked:
        return ()
    first = planned.plan.booked[0]
    care = Care(CareKind(form.kind.data or ""), form.half.data or "", first.day, first.span)
    return tuple(words.limit_sentences(planned.terms, care, moment(clock.now())))


def _weekends(path: str, form: CareForm, facility_id: int, planned: Planned | None) -> str | None:
    """The same pattern with the working weekends that the nursery opens on."""
    if planned is None or not planned.plan.offered_weekends:
        return None
    wish: CareWish = form.wish(facility_id)
    return address(path, **{**wish_fields(wish), "working_weekends": "1"})
