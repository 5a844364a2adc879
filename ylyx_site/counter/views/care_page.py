"""The card of a family as the page shows it: who, which days, which care, what it costs."""

from dataclasses import dataclass
from datetime import date

from flask import request
from werkzeug.datastructures import MultiDict

from ylyx_site.childcare import words as care_words
from ylyx_site.childcare.errors import DayFull
from ylyx_site.childcare.forms import CareForm
from ylyx_site.childcare.paying import paying_of
from ylyx_site.childcare.policy import Planned
from ylyx_site.childcare.rules.planning import Terms, classes_at
from ylyx_site.childcare.service.writing import claims_of
from ylyx_site.counter.forms.care import CareCallForm
from ylyx_site.counter.forms.phone import FindForm
from ylyx_site.counter.policy.care import FIRST_HOURS, DayChoice
from ylyx_site.counter.queries.care_calls import FamilyCard, lacking
from ylyx_site.counter.queries.elders import papers_of
from ylyx_site.counter.views.families import CHILDREN
from ylyx_site.entry import words as entry_words
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.families import words as family_words
from ylyx_site.identity.doors import own_facility
from ylyx_site.places.claims import runs_of
from ylyx_site.places.queries import kept_runs, own_hold
from ylyx_site.places.rules import HELD_MINUTES_LONG
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import Value, address
from ylyx_site.shared.ages import months_on
from ylyx_site.shared.db import db
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.templating import render
from ylyx_site.shared.words import age_words

CARRIED = ("child_id", "kind", "half", "start", "end", "instead_of", "instead_day")
HALVES_OF_DAY = tuple(text_from_minute(minute) for minute in range(360, 1261, 30))
KINDS = (  # each with its key: 全日, 上午, 下午, 计时, 临时 and its two halves
    ("Q", CareKind.FULL_DAY, ""),
    ("S", CareKind.HALF_DAY, "am"),
    ("X", CareKind.HALF_DAY, "pm"),
    ("J", CareKind.HOURLY, ""),
    ("L", CareKind.TEMPORARY, ""),
    ("A", CareKind.TEMPORARY, "am"),
    ("P", CareKind.TEMPORARY, "pm"),
)
CHILD_KEYS = "BCDEF"


@dataclass(frozen=True, slots=True)
class Call:
    """What the page rests on: the card, the days that can be asked for, what is filled in."""

    card: FamilyCard
    terms: Terms
    days: list[DayChoice]
    fields: MultiDict[str, str]
    is_usual: bool

    @property
    def account_id(self) -> int:
        """The caller's account."""
        return self.card.guardian.account_id


def render_card(
    call: Call, asked: CareForm, form: CareCallForm, planned: Planned | None, *, is_late: bool
) -> str:
    """The page. `asked` is what is wanted, `form` what is sent to book it."""
    session, house = db.session(), own_facility()
    day = asked.date.data[0] if asked.date.data else clock.today()
    card, link = call.card, _Links(call)
    left_out = planned.plan.left_out if planned else []
    return render(
        "counter/care_call.html", card=card, day=day, days=call.days, asked=asked, form=form,
        planned=planned, paying=paying_of(planned), is_usual=call.is_usual, is_late=is_late,
        left_out=left_out, is_full=any(isinstance(one.refusal, DayFull) for one in left_out),
        held_until=_held(card, planned), held_minutes=HELD_MINUTES_LONG, find=FindForm(None),
        classes={one.id: _class_on(call.terms, one.born_on, day) for one in card.children},
        ages={one.id: age_words(max(0, months_on(one.born_on, day))) for one in card.children},
        lacks=lacking(session, house, card, day), papers=papers_of(session, house, card.child_id),
        day_links=[(one, link(date=one.day)) for one in call.days],
        kinds=_kinds(asked, link), child_links=_children(card, asked, link),
        guardian_links=[(one, link(guardian=one.handle)) for one in card.guardians],
        carried=_carried(call.fields), halves_of_day=HALVES_OF_DAY,
        is_hourly=asked.kind.data == CareKind.HOURLY, base=f"{CHILDREN}/{card.child_id}",
        family_words=family_words, entry_words=entry_words, care_words=care_words,
        joined=request.args.get("joined") == "1",
    )  # fmt: skip


class _Links:
    """The address of the card with some fields changed."""

    def __init__(self, call: Call) -> None:
        self.base, fields = f"{CHILDREN}/{call.card.child_id}", call.fields
        self.now: dict[str, Value] = {
            name: fields.getlist(name)
            for name in (*CARRIED, "date", "guardian")
            if fields.getlist(name)
        }

    def __call__(self, **changed: Value) -> str:
        return address(self.base, **{**self.now, **changed})


def _kinds(asked: CareForm, link: _Links) -> list[tuple[str, str, str, bool]]:
    """(words, key, address, chosen) of each kind of care."""
    now = (asked.kind.data, asked.half.data or "")
    hours: dict[bool, tuple[Value, Value]] = {True: FIRST_HOURS, False: (None, None)}
    made = []
    for key, kind, half in KINDS:
        start, end = hours[kind is CareKind.HOURLY]
        where = link(kind=kind.value, half=half, start=start, end=end)
        name = care_words.short_care_name(kind, half)
        made.append((name, key, where, now == (kind.value, half)))
    return made


def _children(card: FamilyCard, asked: CareForm, link: _Links) -> list[tuple[str, str, str, bool]]:
    """(name, key, address, chosen) of each child; one that is chosen can be left out again."""
    chosen = list(asked.child_id.data)
    made = []
    for one, key in zip(card.children, CHILD_KEYS, strict=False):
        others = [number for number in chosen if number != one.id]
        wanted = others if one.id in chosen else [*chosen, one.id]
        made.append((one.name, key, link(child_id=wanted or [one.id]), one.id in chosen))
    return made


def _carried(fields: MultiDict[str, str]) -> list[tuple[str, str]]:
    """What a form of the page carries along besides its own fields."""
    names = (*CARRIED, "guardian")
    return [(name, one) for name in names for one in fields.getlist(name) if one]


def _class_on(terms: Terms, born_on: date, day: date) -> str:
    """The name of the class for the child's age on that day; empty for none."""
    fitting = classes_at(terms.classes, max(0, months_on(born_on, day)), day)
    return fitting[0].name if fitting else ""


def _held(card: FamilyCard, planned: Planned | None) -> object:
    """Until when the shown places are held for the family; None: not; False: cannot be."""
    if planned is None or not planned.plan.booked or not planned.keeps:
        return False
    if not planned.hold_ids:
        return None
    held = own_hold(db.session(), card.guardian.account_id, own_facility())
    is_this = held is not None and held.expires_at > clock.now() and (
        kept_runs(db.session(), held.id) == runs_of(claims_of(planned))
    )  # fmt: skip
    return held.expires_at if held is not None and is_this else None
