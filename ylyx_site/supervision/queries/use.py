"""How much of a month's places was booked, and where more was booked than may be received."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ylyx_site.places.boards import Use, use_between
from ylyx_site.places.queries import over_booked_of
from ylyx_site.places.rules import Excess, OverDay, over_days
from ylyx_site.shared.spans import DaySpan


@dataclass(frozen=True, slots=True)
class Sum:
    """Half hours booked and open (a place that is open for half an hour is 1), and those over."""

    booked: int = 0
    open: int = 0
    over: int = 0

    @property
    def percent(self) -> float | None:
        """Booked of open in per cent; None when nothing was open."""
        return 100 * self.booked / self.open if self.open else None


@dataclass(frozen=True, slots=True)
class MonthUse:
    """The ledger of some nurseries over some days."""

    uses: Mapping[tuple[int, date], Use]
    excess: Mapping[int, Sequence[Excess]]

    def total(self) -> Sum:
        """All of it."""
        return self._sum(self.uses, [one for rows in self.excess.values() for one in rows])

    def of(self, facility_id: int) -> Sum:
        """One nursery's."""
        keys = [key for key in self.uses if key[0] == facility_id]
        return self._sum(keys, self.excess.get(facility_id, ()))

    def on(self, facility_id: int, day: date) -> Sum:
        """One nursery's day."""
        keys = [key for key in self.uses if key == (facility_id, day)]
        rows = self.excess.get(facility_id, ())
        return self._sum(keys, [one for one in rows if one.day == day])

    def over(self, facility_id: int) -> list[OverDay]:
        """The rows of `Sum.over`, told by day."""
        return list(over_days(self.excess.get(facility_id, ())))

    def _sum(self, keys: Iterable[tuple[int, date]], over: Sequence[Excess]) -> Sum:
        uses = [self.uses[key] for key in keys]
        return Sum(
            sum(one.taken_half_hours for one in uses),
            sum(one.open_half_hours for one in uses),
            len(over),
        )


def month_use(session: Session, facility_ids: Sequence[int], days: DaySpan) -> MonthUse:
    """What the ledger has of these nurseries and days; two queries."""
    return MonthUse(
        use_between(session, facility_ids, days),
        over_booked_of(session, facility_ids, days.first, days.last),
    )
