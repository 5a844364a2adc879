"""The tables of the demo district as values. Pure.

Names of towns and the sums of places and children are published (大足区, 2023); everything else
is invented. Positions are approximate: the middle of a town and some hundred metres around it.
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ylyx_site.facilities.kinds import Filing, Nature, Tariff
from ylyx_site.families.kinds import Group, Relation, Texture

DATA = Path(__file__).parent / "data"
DISTRICT, DISTRICT_NAME = "500111", "大足区"


@dataclass(frozen=True, slots=True)
class Town:
    """A town or street: nine digits, degrees."""

    code: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Nursery:
    """A nursery: places and enrolled children as published, prices in fen, `closes` a minute.

    `crowded`: all enrolled children come every day. `closed_in`: shut on the n-th working day
    from today on.
    """

    name: str
    town: str
    nature: Nature
    filing: Filing
    places: int
    children: int
    square_metres: int
    is_inclusive: bool
    closes: str
    opens_on_saturday: bool
    is_crowded: bool
    closed_in: int | None
    prices: dict[Tariff, int]
    address: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Station:
    """A community station for older people; `code` is its community's, twelve digits."""

    code: str
    community: str
    has_canteen: bool
    seats: int
    address: str
    latitude: float
    longitude: float

    @property
    def name(self) -> str:
        """What stands over the door."""
        return self.community + ("老年食堂" if self.has_canteen else "养老服务站")


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody with a password; `place` is a facility's name or a division code."""

    phone: str
    name: str
    role: str
    place: str


@dataclass(frozen=True, slots=True)
class CastChild:
    """A child of the cast, so many completed months and days old today."""

    phone: str
    relation: Relation
    name: str
    sex: str
    months: int
    days: int
    nursery: str


@dataclass(frozen=True, slots=True)
class CastElder:
    """An elder of the cast, so many years and days old when joining; bound to `phone`'s account.

    `diet` are words parted by spaces; the address is in the community `division`.
    """

    phone: str
    relation: Relation
    name: str
    sex: str
    years: int
    days: int
    own_phone: str
    diet: str
    texture: Texture
    avoids: str
    division: str
    street: str
    building: str
    floor: str
    door: str
    note: str
    group: Group
    evidence: str


@dataclass(frozen=True, slots=True)
class CastBooking:
    """Care booked for a child of the cast on the n-th working day from today, or before it."""

    child: str
    half: str
    working_day: int


@dataclass(frozen=True, slots=True)
class Rostered:
    """Somebody of the named centre, in a class or in none; the health certificate's days left."""

    phone: str
    name: str
    job: str
    class_name: str
    certificate_days: int


@dataclass(frozen=True, slots=True)
class Names:
    """What names are put together from."""

    surnames: str
    boys: list[str]
    girls: list[str]
    fathers: list[str]
    mothers: list[str]


def towns() -> list[Town]:
    """The 27 towns and streets."""
    return [
        Town(row["code"], row["name"], float(row["latitude"]), float(row["longitude"]))
        for row in _rows("towns")
    ]


@lru_cache(maxsize=1)
def nurseries() -> list[Nursery]:
    """The 48 nurseries: 33 kindergartens and 15 others, four of these still in filing."""
    return [_nursery(row) for row in _rows("nurseries")]


def stations() -> list[Station]:
    """The 100 stations, 24 of which run a canteen."""
    return [
        Station(
            row["code"], row["community"], bool(row["canteen"]), int(row["seats"] or 0),
            row["address"], float(row["latitude"]), float(row["longitude"]),
        )
        for row in _rows("stations")
    ]  # fmt: skip


def cast() -> list[CastMember]:
    """Who signs in with the demo password."""
    return [CastMember(**row) for row in _rows("cast")]


def cast_children() -> list[CastChild]:
    """The children of those who sign in."""
    return [
        CastChild(
            row["phone"], Relation(row["relation"]), row["name"], row["sex"],
            int(row["months"]), int(row["days"]), row["nursery"],
        )
        for row in _rows("cast_children")
    ]  # fmt: skip


def cast_elders() -> list[CastElder]:
    """The elders of those who sign in."""
    return _elders("cast_elders")


def round_elders() -> list[CastElder]:
    """Those on the courier's round, in its order; entered by the clerk, on paper."""
    return _elders("round_elders")


def _elders(table: str) -> list[CastElder]:
    return [
        CastElder(
            **row
            | {
                "relation": Relation(row["relation"]),
                "years": int(row["years"]),
                "days": int(row["days"]),
                "texture": Texture(row["texture"]),
                "group": Group(row["group"]),
            }
        )
        for row in _rows(table)
    ]


def cast_bookings() -> list[CastBooking]:
    """What those who sign in have booked."""
    return [
        CastBooking(row["child"], row["half"], int(row["working_day"]))
        for row in _rows("cast_bookings")
    ]


@lru_cache(maxsize=1)
def roster() -> list[Rostered]:
    """The people of the named centre."""
    return [
        Rostered(
            row["phone"], row["name"], row["job"], row["class"], int(row["certificate_days"])
        )
        for row in _rows("roster")
    ]  # fmt: skip


def names() -> Names:
    """The parts of invented names."""
    return Names(**tomllib.loads((DATA / "names.toml").read_text("utf-8")))


def _nursery(row: dict[str, str]) -> Nursery:
    return Nursery(
        name=row["name"],
        town=row["town"],
        nature=Nature(row["nature"]),
        filing=Filing(row["filing"]),
        places=int(row["places"]),
        children=int(row["children"]),
        square_metres=int(row["square_metres"]),
        is_inclusive=row["inclusive"] == "yes",
        closes=row["closes"],
        opens_on_saturday=bool(row["saturday"]),
        is_crowded=bool(row["crowded"]),
        closed_in=int(row["closed_in"]) if row["closed_in"] else None,
        prices={tariff: int(row[tariff.value]) * 100 for tariff in Tariff},
        address=row["address"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
    )


def _rows(name: str) -> list[dict[str, Any]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
