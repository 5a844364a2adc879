"""Samples of food, 留样 [餐饮服务食品安全操作规范, 2018, 7.9]. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LEAST_GRAMS, MOST_GRAMS = 125, 2000
COLDEST, WARMEST = 0, 80  # tenths of a degree
KEPT = timedelta(hours=48)
REMIND_AFTER = 60  # minutes after serving began


@dataclass(frozen=True, slots=True)
class SampleWish:
    """Samples of some dishes: (dish, grams, box) each, in a refrigerator of `tenths` degrees."""

    dishes: tuple[tuple[int, int, str], ...]
    tenths: int


def may_dispose(taken_at: datetime, now: datetime) -> bool:
    """Whether the 48 hours are over."""
    return now >= taken_at + KEPT
