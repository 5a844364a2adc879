"""A child's sheet of a month: the same value for the desk, the family, the table and the paper."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from ylyx_site.benefits.kinds import Payer
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.fees.kinds import Came
from ylyx_site.fees.rules.lines import Benefit, DayLine


class Correction(NamedTuple):
    """What a month that was closed should have cost more (or less, negative), as is known now."""

    about_month: str
    fen: int


class Sums(NamedTuple):
    """A sheet, or several, by kind of money; all add up to `total`."""

    care: int
    back: int
    benefit: int
    meal: int
    meal_back: int
    late: int
    month: int
    correction: int

    @property
    def total(self) -> int:
        """What the family pays."""
        return sum(self)


@dataclass(frozen=True, slots=True)
class Own:
    """What a month costs of itself: its days and the fixed sum."""

    days: tuple[DayLine, ...]
    month_fen: int

    @property
    def fen(self) -> int:
        """All of it."""
        return sum(one.fen for one in self.days) + self.month_fen


@dataclass(frozen=True, slots=True)
class Sheet:
    """A child's month at a nursery, in fen. `paid_fen`: receipts less refunds."""

    child_id: int
    child: str
    month: str
    own: Own
    corrections: tuple[Correction, ...]
    paid_fen: int
    is_closed: bool

    @property
    def days(self) -> tuple[DayLine, ...]:
        """Day by day."""
        return self.own.days

    @property
    def sums(self) -> Sums:
        """By kind of money."""
        days = self.own.days
        return Sums(
            sum(one.care_fen for one in days), sum(one.back_fen for one in days),
            sum(one.benefit_fen for one in days), sum(one.meal_fen for one in days),
            sum(one.meal_back_fen for one in days), sum(one.late_fen for one in days),
            self.own.month_fen, sum(one.fen for one in self.corrections),
        )  # fmt: skip

    @property
    def total_fen(self) -> int:
        """What the month costs the family."""
        return self.sums.total

    @property
    def due_fen(self) -> int:
        """What is still to be paid; negative when it is to be given back."""
        return self.total_fen - self.paid_fen

    @property
    def late_minutes(self) -> int:
        """Minutes after the booked end, those that cost nothing too."""
        return sum(one.late_minutes for one in self.own.days)

    def count(self, *came: Came) -> int:
        """How many days went so."""
        return sum(one.came in came for one in self.own.days)

    @property
    def benefits(self) -> list[tuple[Payer, str, int, int]]:
        """(payer, title, times, fen) of each benefit, in the order of their first day."""
        found: dict[tuple[Payer, str], list[int]] = defaultdict(list)
        for day in self.own.days:
            for one in day.benefits:
                found[one.payer, one.title].append(one.fen)
        return [(*key, len(fens), -sum(fens)) for key, fens in found.items()]


def added_up(sheets: Iterable[Sheet]) -> Sums:
    """All sheets together."""
    rows = [one.sums for one in sheets]
    return Sums(*(sum(row[kind] for row in rows) for kind in range(len(Sums._fields))))


def packed(own: Own) -> str:
    """A month's days as JSON, for a month that is closed."""
    return json.dumps(asdict(own), ensure_ascii=False, default=str)


def unpacked(body: str) -> Own:
    """What `packed` wrote."""
    read = json.loads(body)
    return Own(tuple(_day(one) for one in read["days"]), read["month_fen"])


def _day(read: dict[str, Any]) -> DayLine:
    benefits = tuple(
        Benefit(Payer(one["payer"]), one["title"], one["fen"]) for one in read["benefits"]
    )
    kinds = {"kind": CareKind(read["kind"]), "came": Came(read["came"]), "benefits": benefits}
    return DayLine(**{**read, **kinds, "day": date.fromisoformat(read["day"])})
