"""Refusals of the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass

from ylyx_site.shared.refusals import N_, Refusal


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line of a table: a sentence with `%(line)d` and `%(value)s`."""

    line: int
    sentence: str
    value: str = ""

    @property
    def values(self) -> dict[str, object]:
        """What the sentence's placeholders stand for."""
        return {"line": self.line, "value": self.value}


class BadCalendar(Refusal):
    """A table that cannot be imported; `problems` names every line, and nothing was changed."""

    sentence = N_("日历没有导入，表里有 %(num)d 处要改。改好以后再导入一次。")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(num=len(problems))
        self.problems = tuple(problems)
