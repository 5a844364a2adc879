"""What is asked for elders, as forms hand it over. Pure."""

from dataclasses import dataclass
from datetime import date

from ylyx_site.families.kinds import Diet, Group, Relation, Texture
from ylyx_site.shared.identifiers import IdNumber


@dataclass(frozen=True, slots=True)
class ElderWish:
    """An elder for whom an account wants to act; `phone` is the elder's own mobile number."""

    name: str
    born_on: date
    relation: Relation
    phone: str
    id_number: IdNumber | None = None


@dataclass(frozen=True, slots=True)
class SelfWish:
    """An elder who acts in person; the telephone is that of the account."""

    name: str
    born_on: date
    text_version: str


@dataclass(frozen=True, slots=True)
class PaperWish:
    """A binding by a paper that the elder signed and a clerk saw; `paper` is its file number.

    `account_phone` is that of whoever is to act, `phone` the elder's own, a landline too.
    """

    name: str
    born_on: date
    relation: Relation
    account_phone: str
    paper: str
    phone: str | None = None
    id_number: IdNumber | None = None


@dataclass(frozen=True, slots=True)
class PaperElder:
    """An elder without an account, by a paper that a clerk saw; `paper` is its file number."""

    name: str
    born_on: date
    paper: str
    phone: str | None = None
    id_number: IdNumber | None = None


@dataclass(frozen=True, slots=True)
class GroupWish:
    """What an elder is recognised as, by which document, from and to (both included)."""

    group: Group
    evidence: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class DivisionsChange:
    """户籍 and 居住地 as they are to be: codes of 6, 9 or 12 digits, of any city; None: unknown."""

    person_id: int
    hukou: str | None
    residence: str | None


@dataclass(frozen=True, slots=True)
class AgreementWish:
    """The code that an elder told, for this request."""

    request_id: int
    code: str


@dataclass(frozen=True, slots=True)
class DietChange:
    """How an elder eats, as it is to be."""

    person_id: int
    diet: tuple[Diet, ...]
    texture: Texture
    avoids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddressChange:
    """Where meals are brought to; `note` is for the door."""

    person_id: int
    division_code: str
    street: str
    building: str = ""
    floor: str = ""
    door: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BindingWish:
    """Something about who acts for an elder; `handle` as in `GuardianFacts`, empty: all."""

    deed: str
    person_id: int
    handle: str = ""
