"""Refusals of benefits."""

from collections.abc import Sequence
from dataclasses import dataclass

from ylyx_site.shared.refusals import N_, Refusal


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a table of a file: `where` like `[[rule]] 2 (code) › who`."""

    where: str
    sentence: str
    value: str = ""

    @property
    def values(self) -> dict[str, object]:
        """What the sentence's placeholders stand for."""
        return {"where": self.where, "value": self.value}


class BadRules(Refusal):
    """A file that cannot be imported; `problems` names every table, and nothing was changed."""

    sentence = N_("规则没有导入，文件里有 %(num)d 处要改。改好以后再导入一次。")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(num=len(problems))
        self.problems = tuple(problems)


class NotThePerson(Refusal):
    """A benefit that is counted needs to know whose it is."""

    sentence = N_("这项优惠要按人计次，请先选择用餐的人。")
