"""What a planned meal costs, line by line, in words."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ylyx_site.benefits.words import lapsed_words, payer_words, why_not_words
from ylyx_site.meals import words
from ylyx_site.meals.policy.planning import Planned
from ylyx_site.meals.policy.pricing import PricedMeal
from ylyx_site.meals.rules.canteens import MenuLine
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.rules.planning import PlannedMeal
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.money import yuan


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A line of figures; `small` stands under its words."""

    words: str
    fen: int
    small: str = ""


@dataclass(frozen=True, slots=True)
class PersonQuote:
    """One person's meal line by line, and why other benefits do not apply.

    `lapsed`: which evidence has run out and would have made it cheaper, else empty.
    `warnings`: what of the chosen dishes the person avoids; `missing`: the diet they lack.
    """

    person_id: int
    name: str
    lines: tuple[QuoteLine, ...]
    why_not: tuple[tuple[str, str], ...]
    pay_fen: int
    already: str
    lapsed: str
    warnings: tuple[str, ...]
    missing: tuple[str, ...]


def quotes_of(planned: Planned) -> tuple[PersonQuote, ...]:
    """The quote of each person's meal, for the page."""
    return tuple(_person_quote(one) for one in planned.meals)


def _person_quote(one: PricedMeal) -> PersonQuote:
    meal, quote = one.meal, one.quote
    lines = [
        QuoteLine(_("%(name)s × %(num)d", name=part.line.name, num=part.number), part.fen)
        for part in meal.portions
    ]
    if quote.lines and quote.beyond_fen:
        lines[-1] = replace(lines[-1], small=_("补贴只算一个人的一份，多订的按原价付。"))
    lines += [
        QuoteLine(line.title, -line.fen, f"{payer_words(line.payer)} · {line.clause}")
        for line in quote.lines
    ]
    if quote.fee_fen:
        lines.append(QuoteLine(_("送餐费"), quote.fee_fen))
    why_not = tuple(
        (line.title, why_not_words(line.reason, line.apply)) for line in quote.not_given
    )
    return PersonQuote(
        meal.eater.id, meal.eater.name, tuple(lines), why_not, one.pay_fen, _already(one),
        lapsed_note(one), _of_dishes(meal, words.warnings), _of_dishes(meal, words.missing_diets),
    )  # fmt: skip


def _of_dishes(
    meal: PlannedMeal, told: Callable[[list[Eater], MenuLine], list[str]]
) -> tuple[str, ...]:
    """What is to be said of the chosen dishes for their person, each once."""
    chosen = (told([meal.eater], part.line) for part in meal.portions)
    return tuple(dict.fromkeys(word for found in chosen for word in found))


def lapsed_note(one: PricedMeal) -> str:
    """Which evidence has run out, and what it costs; empty mostly."""
    lapsed = one.quote.lapsed
    if lapsed is None:
        return ""
    groups, day = lapsed_words(lapsed)
    return _(
        "%(name)s的%(groups)s登记%(day)s到期了，少补 %(money)s。请到社区续办。",
        name=one.meal.eater.name, groups=groups, day=day, money=yuan(lapsed.fen),
    )  # fmt: skip


def _already(one: PricedMeal) -> str:
    """Who ordered this meal before, and what."""
    already = one.meal.already
    if already is None:
        return ""
    if already.is_own:
        return _(
            "您已经给%(name)s订了这一餐：%(what)s。", name=one.meal.eater.name, what=already.what
        )
    return _(
        "%(who)s已经给%(name)s订了这一餐：%(what)s。",
        who=already.who, name=one.meal.eater.name, what=already.what,
    )  # fmt: skip
