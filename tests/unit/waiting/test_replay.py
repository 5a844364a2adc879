"""A queue's ledger run again: kept, or bent, and where."""

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ylyx_site.shared.spans import TimeSpan
from ylyx_site.waiting.kinds import Event, Skip
from ylyx_site.waiting.rules.lines import BadLedger, Line, read, written
from ylyx_site.waiting.rules.replay import faults

AT = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY, NEXT = date(2026, 11, 24), date(2026, 11, 25)
MORNING, WHOLE = TimeSpan(450, 720), TimeSpan(450, 1050)


def at(minute: int, number: int, event: Event, **more: object) -> Line:
    """A line so many minutes after eight."""
    return Line(AT + timedelta(minutes=minute), number, event, **more)  # type: ignore[arg-type]


def joined(minute: int, number: int, span: TimeSpan = WHOLE, *days: date) -> Line:
    """Somebody joins."""
    return at(minute, number, Event.JOINED, days=days or (DAY,), span=span, children=1, rank=100)


def offered(minute: int, number: int, span: TimeSpan = WHOLE, *days: date) -> Line:
    """Somebody is asked."""
    until = (AT + timedelta(minutes=minute + 240)).isoformat()
    return at(minute, number, Event.OFFERED, days=days or (DAY,), span=span, until=until)


GOOD = [
    joined(0, 1),
    joined(1, 2),
    joined(2, 3),
    at(3, 1, Event.PAUSED),
    at(4, 1, Event.SKIPPED, reason=Skip.PAUSED),
    offered(4, 2),
    at(5, 2, Event.DECLINED, days=(DAY,)),
    at(5, 2, Event.ENDED),
    at(6, 1, Event.RESUMED),
    offered(7, 1),
    at(8, 1, Event.ACCEPTED, days=(DAY,)),
    at(8, 1, Event.BOOKED),
    offered(9, 3),
    at(250, 3, Event.EXPIRED),
]


def test_an_order_that_was_kept_has_no_faults() -> None:
    assert faults(GOOD) == []
    assert read("".join(written(GOOD))) == GOOD


def test_somebody_asked_before_their_turn_is_a_fault() -> None:
    assert faults([joined(0, 1), joined(1, 2), offered(2, 2)]) == [
        "line 3: entry 1 stood before entry 2 and was not asked"
    ]


def test_other_hours_and_other_days_are_not_passed_over() -> None:
    others = [joined(0, 1, TimeSpan(720, 1050)), joined(0, 2, WHOLE, NEXT), joined(1, 3, MORNING)]
    assert faults([*others, offered(2, 3, MORNING)]) == []


def test_whoever_has_an_offer_open_is_not_passed_over() -> None:
    both = [joined(0, 1), joined(1, 2), joined(2, 3)]
    assert faults([*both, offered(3, 1), offered(3, 2)]) == []
    assert faults([*both, offered(3, 1), at(243, 1, Event.EXPIRED), offered(243, 2)]) == [
        "line 6: entry 1 stood before entry 2 and was not asked"
    ]


def test_a_priority_goes_first_as_long_as_it_counts() -> None:
    ranked = at(2, 2, Event.RANKED, rank=10, until="2026-11-23")
    both = [joined(0, 1), joined(1, 2), ranked]
    assert faults([*both, offered(3, 2)]) == []
    tomorrow = 24 * 60
    assert faults([*both, offered(tomorrow, 2)]) == [
        "line 4: entry 1 stood before entry 2 and was not asked"
    ]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([joined(0, 1), joined(0, 1)], "line 2: entry 1 joins twice"),
        ([joined(1, 1), joined(0, 2)], "line 2: earlier than the line before it"),
        ([offered(0, 1)], "line 1: entry 1 is not in the queue"),
        ([joined(0, 1), offered(1, 1), offered(2, 1)],
         "line 3: entry 1 has an offer open and is asked again"),
        ([joined(0, 1), at(1, 1, Event.PAUSED), offered(2, 1)],
         "line 3: entry 1 is paused and is asked"),
        ([joined(0, 1), offered(1, 1, WHOLE, NEXT)],
         "line 2: entry 1 is offered what it does not wait for"),
        ([joined(0, 1), at(1, 1, Event.SKIPPED)], "line 2: entry 1 is skipped without a reason"),
        ([joined(0, 1), at(1, 1, Event.SKIPPED, reason=Skip.PAUSED)],
         "line 2: entry 1 is skipped as paused and is not"),
        ([joined(0, 1), offered(1, 1), at(241, 1, Event.ACCEPTED, days=(DAY,))],
         "line 3: entry 1 accepts too late"),
        ([joined(0, 1), at(1, 1, Event.SKIPPED, reason=Skip.SIBLINGS)],
         "line 2: entry 1 is skipped for siblings and has one child"),
        ([joined(0, 1), offered(1, 1), at(240, 1, Event.EXPIRED)],
         "line 3: entry 1 loses its offer before its time"),
        ([joined(0, 1), offered(1, 1), at(2, 1, Event.ACCEPTED, days=(NEXT,))],
         "line 3: entry 1 answers for other days than it was offered"),
        ([joined(0, 1), at(1, 1, Event.OFFERED, days=(DAY,), span=WHOLE)],
         "line 2: entry 1 is given no time to answer"),
        ([joined(0, 1), at(1, 1, Event.EXPIRED)],
         "line 2: entry 1 has no offer that could end"),
    ],
)  # fmt: skip
def test_each_bend_is_named(lines: list[Line], fault: str) -> None:
    assert faults(lines) == [fault]


def test_every_line_that_is_taken_away_or_changed_is_noticed() -> None:
    rows = list(written(GOOD))
    for index in range(1, len(rows) - 1):
        with pytest.raises(BadLedger):
            read("".join(rows[:index] + rows[index + 1 :]))
    for index, line in enumerate(GOOD, start=1):
        bent = list(rows)
        moved = replace(line, at=line.at - timedelta(minutes=1))
        bent[index] = list(written([*GOOD[: index - 1], moved]))[index].rpartition(",")[0]
        bent[index] += "," + rows[index].rpartition(",")[2]
        with pytest.raises(BadLedger):
            read("".join(bent))


def test_yesterdays_file_is_the_beginning_of_todays() -> None:
    whole = "".join(written(GOOD))
    assert whole.startswith("".join(written(GOOD[:9])))


@pytest.mark.parametrize("text", ["", "a,b\n", "line,at\n1,2\n", "\ufeffline"])
def test_what_is_no_ledger_is_said(text: str) -> None:
    with pytest.raises(BadLedger):
        read(text)


@pytest.mark.parametrize(
    "cells",
    ["1,x,1,joined,,,,,,", "1,2026-11-23,1,flew,,,,,,", "1,2026-11-23,1,joined,x,,,,,"],
)
def test_a_cell_that_cannot_be_is_said(cells: str) -> None:
    check = hashlib.sha256("\x1f".join(("", *cells.split(","))).encode()).hexdigest()[:16]
    header = next(written([]))
    with pytest.raises(BadLedger, match="line 1"):
        read(f"{header}{cells},{check}\n")
