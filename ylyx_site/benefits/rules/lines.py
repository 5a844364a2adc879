"""What a quote says, and what is kept of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ylyx_site.benefits.kinds import Payer
from ylyx_site.benefits.rules.reasons import Reason
from ylyx_site.facilities.kinds import Meal
from ylyx_site.families.kinds import Group


@dataclass(frozen=True, slots=True)
class Line:
    """What one rule gives; `version` is the rule's `valid_from`."""

    code: str
    version: date
    payer: Payer
    title: str
    clause: str
    fen: int


@dataclass(frozen=True, slots=True)
class NotGiven:
    """A rule of this place or of the person's home that gives nothing, why, and how to apply."""

    code: str
    payer: Payer
    title: str
    clause: str
    reason: Reason
    apply: str


@dataclass(frozen=True, slots=True)
class Lapsed:
    """Evidence that has run out and would have given `fen` more: which, and its last day."""

    groups: tuple[Group, ...]
    last: date
    fen: int


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A line as whoever orders stores it."""

    code: str
    version: date
    fen: int


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to a person on a day: enough to claim it, to give it up and to audit it."""

    person_id: int | None
    day: date
    meal: Meal | None
    lines: tuple[GivenLine, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A price and who pays it. Always `benefit_fen + pay_fen == total_fen`, none negative.

    `price_fen` is what benefits look at; goods of `beyond_fen` besides are paid in full. `lapsed`:
    what the person would have had but for evidence that ran out; None mostly.
    """

    price_fen: int
    fee_fen: int
    lines: tuple[Line, ...]
    not_given: tuple[NotGiven, ...]
    person_id: int | None
    day: date
    meal: Meal | None
    beyond_fen: int = 0
    lapsed: Lapsed | None = None

    @property
    def goods_fen(self) -> int:
        """All goods, those beyond one person's portion too."""
        return self.price_fen + self.beyond_fen

    @property
    def total_fen(self) -> int:
        """Goods and delivery fee."""
        return self.goods_fen + self.fee_fen

    @property
    def benefit_fen(self) -> int:
        """The sum of the lines: at most the price of the goods."""
        return sum(line.fen for line in self.lines)

    @property
    def pay_fen(self) -> int:
        """What the person pays, delivery fee included."""
        return self.total_fen - self.benefit_fen

    @property
    def given(self) -> Given:
        """What claiming this quote takes."""
        lines = tuple(GivenLine(line.code, line.version, line.fen) for line in self.lines)
        return Given(self.person_id, self.day, self.meal, lines)


def kept_lines(quote: Quote) -> list[dict[str, Any]]:
    """The lines of a quote as values for the columns of `models.KeptLine`, in order."""
    return [
        {
            "position": position,
            "rule_code": line.code,
            "rule_version": line.version,
            "payer": line.payer,
            "title": line.title,
            "clause": line.clause,
            "fen": line.fen,
        }
        for position, line in enumerate(quote.lines)
    ]
