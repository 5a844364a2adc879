"""Checkers used by the races and by their broken variants: what is wrong, in words; empty is right.

A test that has never failed proves nothing, so each of these is also shown a broken site.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from werkzeug.test import TestResponse

Answer = TestResponse


def sold(told: Counter[str] | dict[str, int], places: int) -> list[str]:
    """After a rush for the last `places`: all sold, none twice, no error page (P1)."""
    wrong = [f"{count} × {name}" for name, count in told.items() if name not in ("yes", "full")]
    if told.get("yes", 0) != places:
        wrong.append(f"{told.get('yes', 0)} of {places} places sold")
    return wrong


def one_answer(answers: Sequence[Answer]) -> list[str]:
    """The same form sent many times: one answer (P5)."""
    told = Counter((answer.status_code, answer.location) for answer in answers)
    if len(told) == 1 and answers[0].status_code == 303:
        return []
    return [f"{count} × {answer}" for answer, count in told.items()]


def one_place_each(pairs: Iterable[tuple[Answer, Answer]]) -> list[str]:
    """Of two guardians, one is told yes and the other no (P7)."""
    told = [tuple(sorted(answer.status_code for answer in pair)) for pair in pairs]
    return [f"child {n}: {codes}" for n, codes in enumerate(told) if codes != (303, 422)]
