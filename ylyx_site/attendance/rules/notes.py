"""What a carer tells the family of a day, as a value."""

import json
from dataclasses import dataclass

from ylyx_site.attendance.errors import ImpossibleTemperature, NothingWritten
from ylyx_site.attendance.kinds import Area, Ate, Mood, Slept
from ylyx_site.attendance.rules.health import HIGHEST_TENTHS, LOWEST_TENTHS


@dataclass(frozen=True, slots=True)
class NoteWish:
    """Any of it may be left out, not all; the temperature in tenths of a degree."""

    ate: Ate | None = None
    slept: Slept | None = None
    mood: Mood | None = None
    tenths: int | None = None
    areas: tuple[Area, ...] = ()
    words: str = ""


def refuse_note(wish: NoteWish) -> None:
    """Raise `NothingWritten`, or `ImpossibleTemperature`."""
    if wish == NoteWish():
        raise NothingWritten
    if wish.tenths is not None and not LOWEST_TENTHS <= wish.tenths <= HIGHEST_TENTHS:
        raise ImpossibleTemperature


def packed(wish: NoteWish) -> str:
    """The note as JSON, to be sealed: how a child slept and how warm it was is health data."""
    return json.dumps(
        {"ate": wish.ate, "slept": wish.slept, "mood": wish.mood, "tenths": wish.tenths,
         "areas": wish.areas, "words": wish.words},
        ensure_ascii=False,
    )  # fmt: skip


def unpacked(text: str) -> NoteWish:
    """What `packed` wrote."""
    read = json.loads(text)
    return NoteWish(
        Ate(read["ate"]) if read["ate"] else None,
        Slept(read["slept"]) if read["slept"] else None,
        Mood(read["mood"]) if read["mood"] else None,
        read["tenths"], tuple(map(Area, read["areas"])), read["words"],
    )  # fmt: skip
