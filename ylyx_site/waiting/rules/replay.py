"""Running a queue's ledger again: was the published order kept?

Each offer is looked at as it was made: whoever stood further ahead and waited for an hour of what
was offered must have been skipped with a reason, in the lines just before it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ylyx_site.shared.spans import TimeSpan
from ylyx_site.waiting.kinds import Event, Skip
from ylyx_site.waiting.rules.lines import Line
from ylyx_site.waiting.rules.order import ORDINARY, Priority, Waiting, order_key


@dataclass(slots=True)
class _Stand:
    """Where an entry stands while the ledger runs."""

    waiting: Waiting
    children: int
    paused: bool = False
    offer_until: datetime | None = None
    offered: tuple[date, ...] = ()


@dataclass(slots=True)
class _Queue:
    """The queue of one facility while its ledger runs."""

    there: dict[int, _Stand] = field(default_factory=dict)
    skipped: dict[int, Skip | None] = field(default_factory=dict)
    last_at: datetime | None = None


def faults(lines: Iterable[Line]) -> list[str]:
    """What was not as the rule says, by line; empty when the order was kept."""
    queue = _Queue()
    return [
        f"line {count}: {fault}"
        for count, line in enumerate(lines, start=1)
        for fault in _step(queue, line)
    ]


def _step(queue: _Queue, line: Line) -> Iterator[str]:
    if queue.last_at is not None and line.at < queue.last_at:
        yield "earlier than the line before it"
    queue.last_at = line.at
    if line.event is Event.JOINED:
        yield from _join(queue, line)
    elif line.number not in queue.there:
        yield f"entry {line.number} is not in the queue"
    elif line.event is Event.SKIPPED:
        yield from _skip(queue, line)
        return
    else:
        yield from _move(queue, queue.there[line.number], line)
    queue.skipped.clear()


def _join(queue: _Queue, line: Line) -> Iterator[str]:
    if line.number in queue.there:
        yield f"entry {line.number} joins twice"
    elif line.span is None or not line.days:
        yield f"entry {line.number} says not what it waits for"
    else:
        waiting = Waiting(line.number, line.at, line.span, line.days)
        queue.there[line.number] = _Stand(waiting, line.children)


def _skip(queue: _Queue, line: Line) -> Iterator[str]:
    stand = queue.there[line.number]
    if line.reason is None:
        yield f"entry {line.number} is skipped without a reason"
    if line.reason is Skip.PAUSED and not stand.paused:
        yield f"entry {line.number} is skipped as paused and is not"
    if line.reason is Skip.SIBLINGS and stand.children < 2:
        yield f"entry {line.number} is skipped for siblings and has one child"
    queue.skipped[line.number] = line.reason


def _move(queue: _Queue, stand: _Stand, line: Line) -> Iterator[str]:
    if line.event is Event.OFFERED:
        yield from _offer(queue, stand, line)
    elif line.event is Event.RANKED:
        stand.waiting = _ranked(stand.waiting, line)
    elif line.event in (Event.PAUSED, Event.RESUMED):
        stand.paused = line.event is Event.PAUSED
    elif line.event in (Event.BOOKED, Event.ENDED):
        del queue.there[line.number]
    else:
        yield from _answer(stand, line)


def _offer(queue: _Queue, stand: _Stand, line: Line) -> Iterator[str]:
    if stand.paused:
        yield f"entry {line.number} is paused and is asked"
    if stand.offered:
        yield f"entry {line.number} has an offer open and is asked again"
    if line.span is None or not set(line.days) <= set(stand.waiting.days):
        yield f"entry {line.number} is offered what it does not wait for"
        return
    for number in _passed_over(queue, stand.waiting, line, line.span):
        yield f"entry {number} stood before entry {line.number} and was not asked"
    stand.offered = line.days
    stand.offer_until = datetime.fromisoformat(line.until) if line.until else None
    if stand.offer_until is None or stand.offer_until <= line.at:
        yield f"entry {line.number} is given no time to answer"


def _passed_over(queue: _Queue, me: Waiting, line: Line, span: TimeSpan) -> list[int]:
    """Who stood before and waited for an hour of it, was not skipped, and has no offer open."""
    day = line.at.date()
    mine = order_key(me, day)
    return [
        number
        for number, one in sorted(queue.there.items())
        if number not in queue.skipped
        and not one.offered
        and order_key(one.waiting, day) < mine
        and one.waiting.wants(line.days, span)
    ]


def _answer(stand: _Stand, line: Line) -> Iterator[str]:
    """Accepted, declined: the days are settled. Expired, cancelled: they are still waited for."""
    if line.event in (Event.EXPIRED, Event.CANCELLED) and not stand.offered:
        yield f"entry {line.number} has no offer that could end"
    yield from _in_time(stand, line)
    if line.event in (Event.ACCEPTED, Event.DECLINED):
        if stand.offered and set(line.days) != set(stand.offered):
            yield f"entry {line.number} answers for other days than it was offered"
        left = tuple(day for day in stand.waiting.days if day not in line.days)
        stand.waiting = replace(stand.waiting, days=left)
    stand.offered, stand.offer_until = (), None


def _in_time(stand: _Stand, line: Line) -> Iterator[str]:
    """An offer is accepted before its last moment, and runs out only then."""
    if stand.offer_until is None:
        return
    if line.event is Event.ACCEPTED and line.at >= stand.offer_until:
        yield f"entry {line.number} accepts too late"
    if line.event is Event.EXPIRED and line.at < stand.offer_until:
        yield f"entry {line.number} loses its offer before its time"


def _ranked(waiting: Waiting, line: Line) -> Waiting:
    """A priority that counts from now on; an ordinary rank takes all of them away."""
    if line.rank is None or line.rank >= ORDINARY or not line.until:
        return replace(waiting, priorities=())
    priority = Priority(line.rank, line.at.date(), date.fromisoformat(line.until))
    return replace(waiting, priorities=(*waiting.priorities, priority))
