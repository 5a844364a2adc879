"""What a family asks of the queue, as values."""

from dataclasses import dataclass
from datetime import date

from ylyx_site.childcare.rules.wishes import CareWish


@dataclass(frozen=True, slots=True)
class JoinWish:
    """A need: care as in a booking, at one or several nurseries.

    `care.facility_id` is not looked at. `together`: all of the days or none; siblings always are.
    """

    facility_ids: tuple[int, ...]
    care: CareWish
    together: bool = False


@dataclass(frozen=True, slots=True)
class AnswerWish:
    """The price of each day as it was shown when the offer was accepted."""

    quoted: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceWish:
    """What the head saw, and until when it counts."""

    entry_number: int
    group_id: int
    paper: str
    valid_to: date
