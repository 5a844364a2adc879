"""Who pays what of care, line by line: before booking, and on the ticket."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ylyx_site.benefits.words import payer_words, why_not_words
from ylyx_site.childcare.policy import Planned
from ylyx_site.childcare.queries.benefits import PaidLine
from ylyx_site.shared.language import gettext as _


class BenefitRow(NamedTuple):
    """A benefit over all days: `fen` in all, `times` how many days of care it was given for."""

    title: str
    payer: str
    clause: str
    times: int
    fen: int


@dataclass(frozen=True, slots=True)
class Paying:
    """What others pay, why others do not, and what is left for the family, in fen."""

    rows: tuple[BenefitRow, ...]
    why_not: tuple[tuple[str, str], ...]
    pay_fen: int


def paying_of(planned: Planned | None) -> Paying:
    """The figures of a plan."""
    if planned is None:
        return Paying((), (), 0)
    lines = [line for one in planned.quotes for line in one.lines]
    return Paying(rows_of(lines), _why_not(planned), planned.pay_fen)


def rows_of(lines: Iterable[PaidLine]) -> tuple[BenefitRow, ...]:
    """Lines of the same benefit together, in the order of the first of each."""
    rows: dict[tuple[str, str], BenefitRow] = {}
    for one in lines:
        payer = payer_words(one.payer)
        before = rows.get((one.title, payer), BenefitRow(one.title, payer, one.clause, 0, 0))
        rows[one.title, payer] = before._replace(times=before.times + 1, fen=before.fen + one.fen)
    return tuple(rows.values())


def _why_not(planned: Planned) -> tuple[tuple[str, str], ...]:
    """Each reason once, though it may hold for many days; siblings by name."""
    names = {one.id: one.name for one in planned.children}
    found: dict[tuple[str, str], None] = {}
    for quote in planned.quotes:
        for one in quote.not_given:
            title = one.title
            if len(names) > 1:
                title = _("%(name)s：%(title)s", name=names[quote.person_id or 0], title=title)
            found[title, why_not_words(one.reason, one.apply)] = None
    return tuple(found)
