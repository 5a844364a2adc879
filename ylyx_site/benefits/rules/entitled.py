"""Whether a rule concerns a situation, and why it does not apply."""

from collections.abc import Collection, Iterator
from enum import StrEnum

from ylyx_site.benefits.rules import reasons
from ylyx_site.benefits.rules.reasons import Reason, because
from ylyx_site.benefits.rules.rule import Ages, Case, Measured, Rule
from ylyx_site.benefits.rules.situation import Situation
from ylyx_site.facilities.kinds import CareKind, Meal, Serving
from ylyx_site.families.kinds import Group
from ylyx_site.shared.money import yuan
from ylyx_site.shared.spans import DaySpan


def within(code: str | None, prefixes: tuple[str, ...]) -> bool:
    """Whether a division lies in one of these; without any, always."""
    return not prefixes or (code is not None and code.startswith(prefixes))


def concerns(rule: Rule, situation: Situation) -> bool:
    """Whether the person should hear of the rule at all: it is of this place, or of their home."""
    if rule.what.service != situation.service:
        return False
    if within(situation.place, rule.what.place):
        return True
    who = rule.who
    return bool(who.hukou or who.residence or who.home) and not any(_home(rule, situation))


def may_give(rule: Rule, care: CareKind, at: tuple[int, str], days: DaySpan) -> bool:
    """Whether the rule could give anything to anybody for this care: `at` is facility and division.

    Whoever books asks this first: where no rule could, there is nobody to be asked about.
    """
    facility_id, place = at
    begins = rule.valid_from <= days.last
    ends = rule.valid_to is not None and rule.valid_to < days.first
    here = not rule.what.facilities or facility_id in rule.what.facilities
    is_meant = begins and not ends and here and _among(care, rule.what.care)
    return is_meant and within(place, rule.what.place)


def why_not(rule: Rule, situation: Situation) -> Reason | None:
    """The first condition that is not met, the price and the limits aside; None if all are."""
    return next(_conditions(rule, situation), None)


def case_for(rule: Rule, situation: Situation, rest_fen: int) -> Case | Reason:
    """The first amount of the rule that fits, or why none does."""
    fen = _spent(rule, situation.price_fen, rest_fen)
    of_meal = [case for case in _own_cases(rule, situation) if _fits_meal(case, situation)]
    if not of_meal:
        return _of_no_meal(_own_cases(rule, situation))
    least = min(case.from_fen for case in of_meal)
    fitting = (case for case in of_meal if case.from_fen <= fen)
    return next(fitting, None) or because(reasons.SPEND_FROM, yuan=yuan(least))


def _own_cases(rule: Rule, situation: Situation) -> list[Case]:
    """The amounts for such a person."""
    return [
        case
        for case in rule.cases
        if (not case.groups or case.groups & situation.groups)
        and case.all_groups <= situation.groups
        and case.ages.hold(situation.age_years)
    ]


def _fits_meal(case: Case, situation: Situation) -> bool:
    return _among(situation.meal, case.meals) and _among(situation.serving, case.servings)


def _of_no_meal(cases: list[Case]) -> Reason:
    """For which meals there is an amount, or for which ways of serving."""
    meals = frozenset[Meal]().union(*(case.meals for case in cases))
    servings = frozenset[Serving]().union(*(case.servings for case in cases))
    if meals:
        return because(reasons.MEALS, meals=_in_order(meals))
    return because(reasons.SERVINGS, servings=_in_order(servings))


def _spent(rule: Rule, price_fen: int, rest_fen: int) -> int:
    return price_fen if rule.spend.measured == Measured.BEFORE else rest_fen


def why_spend(rule: Rule, price_fen: int, rest_fen: int) -> Reason | None:
    """What is missing of the minimum spend; the rest is what earlier benefits have left."""
    spend, fen = rule.spend, _spent(rule, price_fen, rest_fen)
    if fen < spend.from_fen:
        return because(reasons.SPEND_FROM, yuan=yuan(spend.from_fen))
    if spend.above_fen is not None and fen <= spend.above_fen:
        return because(reasons.SPEND_ABOVE, yuan=yuan(spend.above_fen))
    return None


def _conditions(rule: Rule, situation: Situation) -> Iterator[Reason]:
    yield from _home(rule, situation)
    yield from _person(rule, situation)
    yield from _service(rule, situation)


def _home(rule: Rule, situation: Situation) -> Iterator[Reason]:
    hukou, residence, who = situation.hukou, situation.residence, rule.who
    if not within(hukou, who.hukou):
        yield because(reasons.HUKOU_UNKNOWN if hukou is None else reasons.HUKOU)
    if not within(residence, who.residence):
        yield because(reasons.RESIDENCE_UNKNOWN if residence is None else reasons.RESIDENCE)
    if not within(hukou, who.home) and not within(residence, who.home):
        unknown = hukou is None and residence is None
        yield because(reasons.HOME_UNKNOWN if unknown else reasons.HOME)


def _person(rule: Rule, situation: Situation) -> Iterator[Reason]:
    if rule.who.groups and not rule.who.groups & situation.groups:
        yield _groups(rule.who.groups, situation)
    if missing := rule.who.all_groups - situation.groups:
        yield _all_groups(rule.who.all_groups, missing, situation)
    if not rule.who.ages.hold(situation.age_years):
        yield _ages(rule.who.ages)
    if not _own_cases(rule, situation):
        yield because(reasons.NO_CASE)


def _groups(groups: frozenset[Group], situation: Situation) -> Reason:
    """Which groups it is for; of somebody whose evidence ran out, which one and when."""
    return _lapsed(groups, situation) or because(reasons.GROUPS, groups=_in_order(groups))


def _all_groups(
    groups: frozenset[Group], missing: frozenset[Group], situation: Situation
) -> Reason:
    return _lapsed(missing, situation) or because(reasons.ALL_GROUPS, groups=_in_order(groups))


def _lapsed(groups: frozenset[Group], situation: Situation) -> Reason | None:
    ended = [(last, group) for group, last in situation.lapsed if group in groups]
    if not ended:
        return None
    last, group = max(ended)
    return because(reasons.LAPSED, groups=(group,), day=last)


def _ages(ages: Ages) -> Reason:
    if ages.to_years is None:
        return because(reasons.AGE_FROM, first=ages.from_years)
    if ages.from_years == 0:
        return because(reasons.AGE_UNDER, end=ages.to_years)
    return because(reasons.AGE_BETWEEN, first=ages.from_years, last=ages.to_years - 1)


def _service(rule: Rule, situation: Situation) -> Iterator[Reason]:
    what = rule.what
    if not within(situation.place, what.place):
        yield because(reasons.PLACE)
    if what.facilities and situation.facility_id not in what.facilities:
        yield because(reasons.FACILITY)
    if not _among(situation.meal, what.meals):
        yield because(reasons.MEALS, meals=_in_order(what.meals))
    if not _among(situation.serving, what.servings):
        yield because(reasons.SERVINGS, servings=_in_order(what.servings))
    if not _among(situation.care, what.care):
        yield because(reasons.CARE, care=_in_order(what.care))
    if what.working_days_only and not situation.is_working_day:
        yield because(reasons.WORKING_DAYS)


def _among(kind: StrEnum | None, kinds: Collection[StrEnum]) -> bool:
    return not kinds or kind in kinds


def _in_order(kinds: Collection[StrEnum]) -> tuple[StrEnum, ...]:
    """As the kind lists them: breakfast before lunch."""
    return tuple(one for one in type(next(iter(kinds))) if one in kinds)
