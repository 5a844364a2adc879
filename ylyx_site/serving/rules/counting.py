"""Figures above the list. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from ylyx_site.facilities.kinds import Serving
from ylyx_site.serving.kinds import SERVED, HandedHow


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are to be served, have been, were not there; `at_counter` still wait here."""

    ordered: int
    served: int
    nobody: int
    at_counter: int

    @property
    def waiting(self) -> int:
        """Who has got nothing yet."""
        return self.ordered - self.served


def count(rows: Iterable[tuple[HandedHow | None, Serving]]) -> Counts:
    """Add up the list."""
    ordered = served = nobody = at_counter = 0
    for how, serving in rows:
        ordered += 1
        served += how in SERVED
        nobody += how is HandedHow.NOBODY
        at_counter += how not in SERVED and serving is not Serving.DELIVERY
    return Counts(ordered, served, nobody, at_counter)
