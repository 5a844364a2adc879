"""Who asked when, was answered when and what; and whether some order of it all is legal.

The argument is by intervals, for one kind of care on one day with `capacity` places. A yes holds
its place at least from its answer to the asking of its cancellation, and at most from its asking to
the answer of its cancellation (for ever, where the outcome is unknown). Then, whatever order the
database chose:

- never oversold (P1): at no moment do more than `capacity` hold a place *at least* then;
- never refused in vain (P2): for each 满 there is a moment between asking and answer at which
  `capacity` others hold a place *at most* then.

Both are necessary, so a right site never fails; a site that breaks either shows it in the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Event:
    """One form of one client, all its sendings: asked, answered, and what came of it.

    `deed` is `book` or `cancel`, `outcome` `yes`, `full` or `unknown`; `code` the booking's.
    """

    client: int
    deed: str
    asked: float
    answered: float
    outcome: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a booking holds its place: surely and possibly, by the clock of the clients."""

    sure_from: float
    sure_until: float
    maybe_from: float
    maybe_until: float


def stays(events: Iterable[Event]) -> list[Stay]:
    """The stay of each booking that was told yes, or of which nobody knows."""
    events = list(events)
    ends = {one.code: one for one in events if one.deed == "cancel"}
    found = []
    for one in events:
        if one.deed != "book" or one.outcome == "full":
            continue
        end = ends.get(one.code) if one.code else None
        sure_from = one.answered if one.outcome == "yes" else inf
        is_over = end is not None and end.outcome == "yes"
        found.append(
            Stay(
                sure_from=sure_from,
                sure_until=end.asked if end else inf,
                maybe_from=one.asked,
                maybe_until=end.answered if end and is_over else inf,
            )
        )
    return found


def illegal(events: Iterable[Event], capacity: int) -> list[str]:
    """What no order of the operations explains; empty when some order may."""
    events = list(events)
    held = stays(events)
    wrong = []
    for moment in sorted({one.sure_from for one in held if one.sure_from < inf}):
        surely = sum(one.sure_from <= moment < one.sure_until for one in held)
        if surely > capacity:
            wrong.append(f"oversold: {surely} of {capacity} at {moment:.3f}")
    return wrong + [
        f"refused in vain: client {one.client} at {one.asked:.3f}"
        for one in events
        if one.outcome == "full" and not _was_full(one, held, capacity)
    ]


def _was_full(event: Event, held: list[Stay], capacity: int) -> bool:
    """Whether enough others may have held a place at some moment of the call."""
    moments = [event.asked, *(one.maybe_from for one in held)]
    return any(
        sum(one.maybe_from <= moment <= one.maybe_until for one in held) >= capacity
        for moment in moments
        if event.asked <= moment <= event.answered
    )


def unexplained(events: Iterable[Event], live: set[str], made: set[str]) -> list[str]:
    """What the final rows do not explain: a yes that was lost, an effect nobody asked for (P3, P5).

    `live` are the codes that stand at the end, `made` all codes ever made.
    """
    events = list(events)
    cancelled = {one.code for one in events if one.deed == "cancel" and one.outcome == "yes"}
    doubtful = {one.code for one in events if one.deed == "cancel" and one.outcome == "unknown"}
    yes = {one.code for one in events if one.deed == "book" and one.outcome == "yes"}
    unknown = sum(one.deed == "book" and one.outcome == "unknown" for one in events)
    wrong = [f"lost: {code}" for code in sorted(yes - cancelled - doubtful - live)]
    wrong += [f"came back: {code}" for code in sorted(cancelled & live)]
    if len(made - yes) > unknown:
        wrong.append(f"{len(made - yes)} bookings that nobody was told of, {unknown} unknown")
    return wrong
