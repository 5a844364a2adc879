"""Figures as JSON lines: the median of per-round ratios, with the rates that they come from."""

import json
import statistics
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

Rate = Callable[[], float]


class Rounds(NamedTuple):
    """What each round measured, ours and the raw one, per second."""

    ours: list[float]
    raw: list[float]

    @property
    def ratios(self) -> list[float]:
        return [ours / raw for ours, raw in zip(self.ours, self.raw, strict=True)]


def interleaved(ours: Rate, raw: Rate, rounds: int) -> Rounds:
    """Measure both in turn, after one turn that does not count: machines are noisy."""
    ours(), raw()
    pairs = [(ours(), raw()) for _ in range(rounds)]
    return Rounds([one for one, _ in pairs], [one for _, one in pairs])


def show_ratio(
    figure: str, what: str, rounds: Rounds, *, hold: float, aim: float, raw: str = "raw",
) -> None:  # fmt: skip
    """Print one ratio with its bounds; `hold` and `aim` are those of the page on performance.

    `raw` names what ours is compared with.
    """
    ratios = rounds.ratios
    show(
        figure,
        what,
        ratio=round(statistics.median(ratios), 3),
        min=round(min(ratios), 3),
        max=round(max(ratios), 3),
        hold=hold,
        aim=aim,
        ours_per_s=whole(rounds.ours),
        **{f"{raw}_per_s": whole(rounds.raw)},
    )


def show(figure: str, what: str, **values: Any) -> None:
    """Print one figure as a line of JSON."""
    line = {"figure": figure, **values, "what": what}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def whole(rates: Sequence[float]) -> list[int]:
    """Rates without their decimals."""
    return [round(rate) for rate in rates]


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which `part` (0..1) of them lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]
