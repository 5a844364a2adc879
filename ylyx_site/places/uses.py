"""What is taken from a limit that is made at first use. Pure."""

from dataclasses import dataclass
from datetime import date

CounterKey = tuple[str, date]  # name (at most 80 characters), first day of the period


@dataclass(frozen=True, slots=True)
class Use:
    """`count` uses (or fen) of a counter that may reach `limit`."""

    name: str
    period_start: date
    limit: int
    count: int = 1

    @property
    def key(self) -> CounterKey:
        """Whose limit, in which period."""
        return self.name, self.period_start
