"""A day of care as it went, and what it costs. Whole fen, exact."""

from dataclasses import dataclass
from datetime import date

from ylyx_site.attendance.rules.standing import late_minutes
from ylyx_site.benefits.kinds import Payer
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.fees.kinds import Came
from ylyx_site.fees.rules.terms import Terms


@dataclass(frozen=True, slots=True)
class Benefit:
    """What somebody else pays of a day."""

    payer: Payer
    title: str
    fen: int


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A day that was booked and is over, or on which the child came or was told to stay away.

    `arrived`, `left` are minutes of the day; `told` when an absence was told, (day, minute).
    """

    child_id: int
    day: date
    kind: CareKind
    half: str
    starts: int
    ends: int
    price_fen: int
    benefits: tuple[Benefit, ...] = ()
    arrived: int | None = None
    left: int | None = None
    is_forgotten: bool = False
    is_absent: bool = False
    told: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class DayLine:
    """What a day costs; sums that come off are negative, so that all of them add up."""

    day: date
    kind: CareKind
    half: str
    starts: int
    ends: int
    came: Came
    arrived: int | None
    left: int | None
    is_forgotten: bool
    late_minutes: int
    care_fen: int
    back_fen: int
    benefits: tuple[Benefit, ...]
    meal_fen: int
    meal_back_fen: int
    late_fen: int

    @property
    def benefit_fen(self) -> int:
        """What others pay, not positive."""
        return -sum(one.fen for one in self.benefits)

    @property
    def fen(self) -> int:
        """What the family pays for the day."""
        return (
            self.care_fen + self.back_fen + self.benefit_fen
            + self.meal_fen + self.meal_back_fen + self.late_fen
        )  # fmt: skip


def line_of(facts: DayFacts, terms: Terms) -> DayLine:
    """What a day costs under the table of its day.

    Who did not come gets no public benefit, whatever was booked. A check-out that was forgotten
    costs no late minutes: nobody knows when the child left.
    """
    came = came_of(facts, terms)
    is_here = came is Came.CAME
    late = late_minutes(facts.ends, facts.left, is_forgotten=facts.is_forgotten)
    meal = terms.meal_fen if facts.starts <= terms.meal_minute < facts.ends else 0
    return DayLine(
        facts.day, facts.kind, facts.half, facts.starts, facts.ends, came,
        facts.arrived, facts.left, facts.is_forgotten, late,
        care_fen=facts.price_fen,
        back_fen=-percent(facts.price_fen, _back(came, terms)),
        benefits=facts.benefits if is_here else (),
        meal_fen=meal,
        meal_back_fen=-meal if came is Came.TOLD else 0,
        late_fen=terms.late_fen(late),
    )  # fmt: skip


def came_of(facts: DayFacts, terms: Terms) -> Came:
    """How the day went."""
    if facts.is_absent:
        in_time = facts.told is not None and terms.is_in_time(facts.day, facts.told)
        return Came.TOLD if in_time else Came.TOLD_LATE
    return Came.NOT_COME if facts.arrived is None else Came.CAME


def percent(fen: int, share: int) -> int:
    """So many of a hundred, half a fen up."""
    return (fen * share + 50) // 100


def _back(came: Came, terms: Terms) -> int:
    shares = {Came.CAME: 0, Came.TOLD: terms.told_back}
    return shares.get(came, terms.untold_back)
