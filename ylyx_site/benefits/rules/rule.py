"""A rule of benefits as a value: who is entitled, what for, how much, how often."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ylyx_site.benefits.kinds import Payer, Period, Rounding, Service
from ylyx_site.facilities.kinds import CareKind, Meal, Serving
from ylyx_site.families.kinds import Group


class Measured(StrEnum):
    """On which price: before the other benefits, or what those applied earlier have left."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Ages:
    """Whole years on the day of the service; `to_years` not included, None without end."""

    from_years: int = 0
    to_years: int | None = None

    def hold(self, years: int) -> bool:
        """Whether somebody of that age is meant."""
        return self.from_years <= years and (self.to_years is None or years < self.to_years)


@dataclass(frozen=True, slots=True)
class Who:
    """Who is entitled; every condition that is set must hold, of `groups` any, `all_groups` every.

    Divisions are beginnings of codes (`31` a city, `440118` a district). `home` is met by either
    the 户籍 or the residence.
    """

    ages: Ages = Ages()
    groups: frozenset[Group] = frozenset()
    hukou: tuple[str, ...] = ()
    residence: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    all_groups: frozenset[Group] = frozenset()


@dataclass(frozen=True, slots=True)
class What:
    """What for; an empty set or tuple means any. `place` is where the facility lies."""

    service: Service
    meals: frozenset[Meal] = frozenset()
    servings: frozenset[Serving] = frozenset()
    care: frozenset[CareKind] = frozenset()
    place: tuple[str, ...] = ()
    facilities: frozenset[int] = frozenset()
    working_days_only: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """So much, or the whole rest of the price if that is less."""

    fen: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the price in thousandths, up to a ceiling."""

    per_mille: int
    ceiling_fen: int | None = None
    measured: Measured = Measured.AFTER


@dataclass(frozen=True, slots=True)
class Pays:
    """The person pays so much and the benefit is the rest; 0 is free of charge."""

    fen: int


@dataclass(frozen=True, slots=True)
class Case:
    """An amount, for some people, meals or prices only; of a rule's cases the first that fits.

    `from_fen`: from that price on, which is measured as the rule's `spend` is.
    """

    amount: Fixed | Share | Pays
    ages: Ages = Ages()
    groups: frozenset[Group] = frozenset()
    all_groups: frozenset[Group] = frozenset()
    meals: frozenset[Meal] = frozenset()
    servings: frozenset[Serving] = frozenset()
    from_fen: int = 0


@dataclass(frozen=True, slots=True)
class Spend:
    """The price of the goods (never the delivery fee) is `from_fen` or more, and over `above_fen`.

    `above_fen` None: no such condition; 0 asks for any price at all.
    """

    from_fen: int = 0
    above_fen: int | None = None
    measured: Measured = Measured.BEFORE


@dataclass(frozen=True, slots=True)
class Limit:
    """How often and how much in a period, for one person; None is no limit of that sort."""

    per: Period
    uses: int | None = None
    fen: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A version of a rule: in force from `valid_from` to `valid_to`, both included.

    Rules are applied by `order`; those of one order all look at the same price and stack. Of the
    rules that share a name in `best_of` only the one that gives most is given. `apply` tells the
    person how to become entitled.
    """

    code: str
    valid_from: date
    payer: Payer
    title: str
    clause: str
    what: What
    cases: tuple[Case, ...]
    valid_to: date | None = None
    apply: str = ""
    who: Who = field(default_factory=Who)
    spend: Spend = field(default_factory=Spend)
    limits: tuple[Limit, ...] = ()
    best_of: str = ""
    order: int = 1
    rounding: Rounding = Rounding.FEN_HALF_UP
