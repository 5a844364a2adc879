"""A child's papers as pages show them: one line for each paper that is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ylyx_site.entry.kinds import LASTING, Lack, PaperKind, PaperState
from ylyx_site.entry.queries.diseases import CaseFacts
from ylyx_site.entry.queries.papers import PaperFacts
from ylyx_site.entry.rules.gate import EntryTerms, Record, lacks

LACKS_OF = {
    PaperKind.AGREEMENT: {Lack.AGREEMENT},
    PaperKind.HEALTH_CHECK: {Lack.HEALTH_CHECK, Lack.HEALTH_CHECK_AGAIN},
    PaperKind.VACCINATION: {Lack.VACCINATION},
}


@dataclass(frozen=True, slots=True)
class Line:
    """A paper that is asked for: what counts now, what was sent since, what is missing.

    `until` is the last day on which it still counts, as far as that is known.
    """

    kind: PaperKind
    confirmed: PaperFacts | None
    sent: PaperFacts | None  # waiting, or sent back, later than what counts
    lack: Lack | None
    until: date | None = None
    facility_id: int | None = None
    case: CaseFacts | None = None


def lines_of(
    papers: Sequence[PaperFacts],
    houses: Sequence[int],
    record: Record,
    day: date,
    terms: Mapping[int, EntryTerms],
) -> list[Line]:
    """Lines for health check, vaccination, and the agreement with each of the nurseries.

    `papers` are latest first. Without a nursery there are only the lines of the child itself.
    """
    first = houses[0] if houses else 0
    missing = lacks(record, first, day, terms.get(first, EntryTerms()))
    made = [
        _line(papers, PaperKind.HEALTH_CHECK, missing),
        _line(papers, PaperKind.VACCINATION, missing),
    ]
    for house in houses:
        found = lacks(record, house, day, terms.get(house, EntryTerms()))
        made.append(_line(papers, PaperKind.AGREEMENT, found, facility_id=house))
    return made


def returns_of(papers: Sequence[PaperFacts], cases: Sequence[CaseFacts], day: date) -> list[Line]:
    """A line for each illness that still keeps the child away, or waits for its paper."""
    found = []
    for case in cases:
        line = _line(papers, PaperKind.RETURN, (), case=case)
        if day < case.back_on or (case.needs_paper and line.confirmed is None):
            found.append(line)
    return found


def _line(
    papers: Sequence[PaperFacts],
    kind: PaperKind,
    missing: Sequence[Lack],
    *,
    facility_id: int | None = None,
    case: CaseFacts | None = None,
) -> Line:
    kinds = LASTING if kind in LASTING else {kind}
    case_id = case.id if case else None
    ours = [
        one
        for one in papers
        if one.kind in kinds and one.facility_id == facility_id and one.case_id == case_id
    ]
    confirmed = next((one for one in ours if one.state is PaperState.CONFIRMED), None)
    newest = ours[0] if ours and ours[0].state is not PaperState.CONFIRMED else None
    lack = next((one for one in missing if one in LACKS_OF.get(kind, ())), None)
    until = confirmed.valid_until if confirmed else None
    return Line(kind, confirmed, newest, lack, until, facility_id, case)
