"""What is asked for, as values."""

from dataclasses import dataclass
from datetime import date

from ylyx_site.handover.kinds import BlockReason, PaperSeen

MOST_ADULTS = 8
MOST_BLOCKS = 5
MOST_CODES = 5  # of one child for one day
MOST_TRIES = 5  # wrong ones for one code
DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class AdultWish:
    """An adult to be authorised; both days included, without `valid_to` until it is ended."""

    child_id: int
    name: str
    relation: str
    phone: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class CodeWish:
    """A code for one day, to be brought by somebody of this name."""

    child_id: int
    day: date
    name: str


@dataclass(frozen=True, slots=True)
class BlockWish:
    """Somebody who must not take the child; staff know the person by name and looks.

    Guardians give a reason, the head names the paper that was seen.
    """

    child_id: int
    name: str
    looks: str
    phone: str | None = None
    reason: BlockReason | None = None
    paper: PaperSeen | None = None
    number: str = ""
