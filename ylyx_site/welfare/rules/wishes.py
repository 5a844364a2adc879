"""What is asked for, as values."""

from dataclasses import dataclass
from datetime import datetime

from ylyx_site.welfare.kinds import Outcome, StepKind


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes at a canteen, and when."""

    facility_id: int
    actor_id: int
    now: datetime


@dataclass(frozen=True, slots=True)
class StepWish:
    """A step that was taken, and whether somebody was reached."""

    kind: StepKind
    reached: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeWish:
    """How it ended."""

    outcome: Outcome
    words: str = ""


@dataclass(frozen=True, slots=True)
class TermsWish:
    """So many minutes after serving a meal counts as not collected."""

    facility_id: int
    minutes: int
