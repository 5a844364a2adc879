"""How the demo district is made up. Pure: the same seed gives the same people."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum.cn import uscc

from ylyx_site.facilities.kinds import ClassKind, Nature
from ylyx_site.facilities.rules import CLASS_RULES
from ylyx_site.shared.identifiers import CODE_LETTERS
from ylyx_site.shared.money import share
from ylyx_site.shared.spans import DaySpan

NAMES_OF_KINDS = {
    ClassKind.INFANT: "乳儿班",
    ClassKind.YOUNGER: "托小班",
    ClassKind.OLDER: "托大班",
    ClassKind.MIXED: "混合班",
}
NUMBERS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """A class that a nursery has: ages in months, `to_months` not included."""

    kind: ClassKind
    name: str
    from_months: int
    to_months: int
    children_per_carer: int
    children: int

    @property
    def ages(self) -> range:
        """Months of age that the class takes."""
        return range(self.from_months, self.to_months)


def dice(what: str) -> Random:
    """The same dice every time, others for each purpose."""
    return Random(f"ylyx demo: {what}")  # noqa: S311 invented data, no secret


def credit_code(number: int, *, public: bool) -> str:
    """A valid code that is plainly invented: DEM and a number where a register has its own."""
    body = f"{'12' if public else '52'}500111DEM{number:06d}"
    return body + uscc.calc_check_digit(body)


def class_plans(nature: Nature, places: int) -> list[ClassPlan]:
    """The classes of a nursery; their caps add up to its places and keep to the standard."""
    if nature is Nature.KINDERGARTEN:
        older = places if places <= 20 else -(-places * 11 // 20)
        parts = {ClassKind.OLDER: older, ClassKind.MIXED: places - older}
    else:
        infants = min(10, places * 4 // 25 + 1)
        younger = (places - infants) * 9 // 20
        rest = places - infants - younger
        parts = {ClassKind.INFANT: infants, ClassKind.YOUNGER: younger, ClassKind.OLDER: rest}
    return [plan for kind, part in parts.items() if part for plan in _split(kind, part)]


def _split(kind: ClassKind, children: int) -> list[ClassPlan]:
    """As few classes as the standard allows, of nearly the same size."""
    rule = CLASS_RULES[kind]
    count = -(-children // rule.children)
    return [
        ClassPlan(
            kind,
            NAMES_OF_KINDS[kind] if count == 1 else f"{NAMES_OF_KINDS[kind]}（{NUMBERS[n]}）",
            rule.from_months, rule.to_months, rule.children_per_carer, part,
        )
        for n, part in enumerate(share(children, [1] * count))
    ]  # fmt: skip


def birth_days(months: range, days: DaySpan) -> list[date]:
    """Every birth date of a child who is so many months old on all of these days."""
    youngest = months_before(days.first, months.start)
    oldest = months_before(days.last, months.stop)
    return [oldest + timedelta(days=n) for n in range(1, (youngest - oldest).days + 1)]


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of its month if that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def public_codes(throws: Random, count: int) -> list[str]:
    """As many different codes of six letters and digits."""
    codes: dict[str, None] = {}
    while len(codes) < count:
        codes["".join(throws.choices(CODE_LETTERS, k=6))] = None
    return list(codes)
