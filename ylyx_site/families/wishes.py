"""What families ask for, as their forms hand it over. Pure."""

from dataclasses import dataclass
from datetime import date

from ylyx_site.families.kinds import EndingReason, Relation
from ylyx_site.shared.identifiers import IdNumber, Sex


@dataclass(frozen=True, slots=True)
class ChildWish:
    """A child to be added, with the consent that came with it (`text_version`)."""

    name: str
    born_on: date
    relation: Relation
    text_version: str
    sex: Sex | None = None
    id_number: IdNumber | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChildChange:
    """A child's record as it is to be. `id_number` None keeps the number that is there."""

    child_id: int
    name: str
    born_on: date
    relation: Relation
    sex: Sex | None = None
    id_number: IdNumber | None = None
    forget_id_number: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class InvitationWish:
    """An invitation of another guardian of this child."""

    child_id: int


@dataclass(frozen=True, slots=True)
class JoinWish:
    """An invitation's code, and what whoever enters it is to the child."""

    code: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class GuardianWish:
    """Something about another guardian; `handle` as in `GuardianFacts`."""

    deed: str
    child_id: int
    handle: str
    reason: EndingReason | None = None


@dataclass(frozen=True, slots=True)
class WithdrawalWish:
    """The consent for this child is withdrawn."""

    child_id: int
