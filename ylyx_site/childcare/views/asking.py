"""Reading who and when from an address; what is wrong becomes a sentence, never a crash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import request
from sqlalchemy.orm import Session

from ylyx_site.childcare.views.choices import Chip
from ylyx_site.families.queries import PersonFacts, children_of
from ylyx_site.identity.visitor import visitor
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import Value, address
from ylyx_site.shared.ages import months_on
from ylyx_site.shared.forms import day_from_text
from ylyx_site.shared.identifiers import row_number
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import minute_from_text
from ylyx_site.shared.words import age_words

FURTHEST = timedelta(days=366)
USUAL_MONTHS = 18


@dataclass(frozen=True, slots=True)
class Age:
    """Whose age is meant: a child of the family's, or so many months. `months` on the day."""

    months: int
    child_id: int | None = None
    name: str = ""


def asked_day(text: str | None, otherwise: date, errors: list[str]) -> date:
    """The day of the address; `otherwise` when none is given or it cannot be (with a sentence)."""
    if not text:
        return otherwise
    try:
        day = day_from_text(text)
    except ValueError as bad:
        errors.append(str(bad))
        return otherwise
    if day < clock.today():
        errors.append(_("这一天已经过去了。请选今天以后的日子。"))
        return otherwise
    if day > clock.today() + FURTHEST:
        errors.append(_("这一天太远了，还不能约。请选近一点的日子。"))
        return otherwise
    return day


def asked_minute(text: str, errors: list[str]) -> int | None:
    """A time of day in minutes; nothing for an empty field."""
    try:
        return minute_from_text(text) if text.strip() else None
    except ValueError as bad:
        sentence = _(str(bad))
        if sentence not in errors:
            errors.append(sentence)
        return None


def own_children(session: Session) -> list[PersonFacts]:
    """The visitor's children, the oldest first; one query, none for whoever is not signed in."""
    account_id = visitor().account_id
    return children_of(session, account_id) if account_id else []


def asked_age(own: Sequence[PersonFacts], day: date, errors: list[str]) -> Age:
    """`child=` of the family's own (404 for others'), or `age_months=`, or the first child's."""
    child_id = request.args.get("child", type=row_number)
    if child_id is not None:
        for child in own:
            if child.id == child_id:
                return _age_of(child, day)
        raise NotFound
    text = request.args.get("age_months")
    if text:
        return Age(_months(text, errors))
    return _age_of(own[-1], day) if own else Age(USUAL_MONTHS)


def _age_of(child: PersonFacts, day: date) -> Age:
    return Age(max(0, months_on(child.born_on, day)), child.id, child.name)


def _months(text: str, errors: list[str]) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= 72:
        return int(text)
    errors.append(_("请用月数填孩子的年龄，例如 20。"))
    return USUAL_MONTHS


def ages_to_choose(
    own: Sequence[PersonFacts], age: Age, path: str, fields: Mapping[str, Value]
) -> tuple[Chip, ...]:
    """The family's children, or three ages for whoever is not signed in or has none."""
    if own:
        return tuple(
            Chip(
                child.name,
                address(path, **{**fields, "child": child.id, "age_months": None}),
                child.id == age.child_id,
                age_words(max(0, months_on(child.born_on, clock.today()))),
            )
            for child in own
        )
    groups = ((9, _("半岁到1岁")), (18, _("1岁到2岁")), (30, _("2岁到3岁")))
    return tuple(
        Chip(
            label,
            address(path, **{**fields, "child": None, "age_months": months}),
            months // 12 == age.months // 12,
        )
        for months, label in groups
    )
