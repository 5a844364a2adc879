"""What a clerk asks for, as forms hand it over. Pure."""

from dataclasses import dataclass, field
from datetime import date

from ylyx_site.counter.kinds import PaperKind
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.elder_wishes import GroupWish, PaperElder
from ylyx_site.families.kinds import Diet, Relation, Texture
from ylyx_site.families.wishes import ChildWish


@dataclass(frozen=True, slots=True)
class Meeting:
    """Somebody whom the desk does not know; `words` is the whole number that was told."""

    person_id: int
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is on the telephone of a nursery: a guardian (`handle`) of a child that it knows."""

    facility_id: int
    child_id: int
    handle: str


@dataclass(frozen=True, slots=True)
class Filing:
    """A paper to be filed; `photo` is what `shared.pictures.redrawn` gave, or None."""

    kind: PaperKind
    number: str
    photo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class NewElder:
    """The short form of a new elder; without `street` meals are eaten or fetched."""

    elder: PaperElder
    diet: tuple[Diet, ...]
    texture: Texture
    avoids: tuple[str, ...]
    division_code: str = ""
    street: str = ""
    building: str = ""
    floor: str = ""
    door: str = ""
    note: str = ""
    photo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class NewFamily:
    """The short form of a family without an account: a guardian, a child, a consent on paper."""

    guardian: str
    phone: str = field(repr=False)
    child: ChildWish
    paper: str
    photo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """A mark on a week's sheet: 0 is the usual, 1 and up a set by its number on the sheet."""

    person_id: int
    day: date
    mark: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A week's sheet of one meal. `serving`: by person; `shown_fen`: what it cost as shown.

    `only_possible`: order what can be, though some of the marks cannot.
    """

    meal: Meal
    cells: tuple[Cell, ...]
    serving: tuple[tuple[int, Serving], ...]
    shown_fen: int | None = None
    only_possible: bool = False


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A group to be kept; `group_id`: the one that is set right, None: a new one."""

    person_id: int
    group_id: int | None
    wish: GroupWish


@dataclass(frozen=True, slots=True)
class GroupEnd:
    """A group that ends with `last`, that day included."""

    person_id: int
    group_id: int
    last: date


@dataclass(frozen=True, slots=True)
class Binding:
    """An account that may act for an elder from now on, by a paper."""

    person_id: int
    account_phone: str
    relation: Relation
    filing: Filing


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The elder ends a binding (`handle`), or withdraws everything (empty), by a paper."""

    person_id: int
    handle: str
    filing: Filing
