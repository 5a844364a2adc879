"""What is asked for, as values."""

from dataclasses import dataclass
from datetime import date, datetime

from ylyx_site.entry.kinds import PaperKind, ReturnReason, Source


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes at a nursery, and when."""

    facility_id: int
    actor_id: int
    now: datetime


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """Which paper of a child: an agreement with a nursery, a return after a case, or neither."""

    child_id: int
    kind: PaperKind
    facility_id: int | None = None
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What staff read on a paper; version and the signing guardian's handle on agreements."""

    dated_on: date
    valid_until: date | None = None
    version: str = ""
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """An upload goes back."""

    paper_id: int
    reason: ReturnReason


@dataclass(frozen=True, slots=True)
class CaseWish:
    """A child has fallen ill with a disease of the district's table."""

    child_id: int
    disease_id: int
    fell_ill_on: date
    source: Source


@dataclass(frozen=True, slots=True)
class DiseaseWish:
    """A row of the table; `id` None is a new one."""

    id: int | None
    name: str
    days: int
    needs_paper: bool


@dataclass(frozen=True, slots=True)
class TermsWish:
    """A district's figures, both in months."""

    away_months: int
    keep_months: int
