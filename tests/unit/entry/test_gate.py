"""What keeps a child from being checked in."""

from datetime import date, timedelta

import pytest

from ylyx_site.entry.kinds import Lack, PaperKind
from ylyx_site.entry.rules.gate import (
    Case,
    EntryTerms,
    Filed,
    Record,
    back_on,
    check_due,
    lacks,
    months_after,
)

HOUSE, OTHER = 1, 2
MONDAY = date(2026, 11, 23)
TERMS = EntryTerms()


def filed(kind: PaperKind, dated_on: date = date(2026, 11, 2), **facts: object) -> Filed:
    """A confirmed paper."""
    told = {"facility_id": None, "valid_until": None, "case_id": None} | facts
    return Filed(kind=kind, dated_on=dated_on, **told)  # type: ignore[arg-type] as said


AGREEMENT = filed(PaperKind.AGREEMENT, facility_id=HOUSE)
CHECK = filed(PaperKind.HEALTH_CHECK)
VACCINES = filed(PaperKind.VACCINATION, valid_until=date(2026, 12, 31))
ALL = (AGREEMENT, CHECK, VACCINES)


def missing(*papers: Filed, day: date = MONDAY, house: int = HOUSE, **facts: object) -> list[Lack]:
    """What a child with these papers lacks."""
    return list(lacks(Record(papers, **facts), house, day, TERMS))  # type: ignore[arg-type] as said


def test_a_child_without_papers_lacks_all_of_them() -> None:
    assert missing() == [Lack.AGREEMENT, Lack.HEALTH_CHECK, Lack.VACCINATION]


def test_a_child_with_all_papers_may_come_in() -> None:
    assert missing(*ALL) == []


def test_the_agreement_is_with_one_nursery_and_the_others_with_the_child() -> None:
    assert missing(*ALL, house=OTHER) == [Lack.AGREEMENT]


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 1, 1)])
def test_vaccinations_are_in_order_to_their_last_day(day: date) -> None:
    found = missing(*ALL, day=day, last_there=date(2026, 12, 1))
    assert found == ([] if day.year == 2026 else [Lack.VACCINATION])


def test_a_deferral_stands_for_the_vaccinations_until_its_day() -> None:
    deferral = filed(PaperKind.DEFERRAL, valid_until=MONDAY)
    assert missing(AGREEMENT, CHECK, deferral) == []
    late = MONDAY + timedelta(days=1)
    assert missing(AGREEMENT, CHECK, deferral, day=late) == [Lack.VACCINATION]


def test_a_paper_of_tomorrow_does_not_count_today() -> None:
    tomorrow = filed(PaperKind.HEALTH_CHECK, MONDAY + timedelta(days=1))
    assert missing(AGREEMENT, VACCINES, tomorrow) == [Lack.HEALTH_CHECK]


@pytest.mark.parametrize(
    ("last_there", "found"),
    [
        (date(2026, 8, 23), []),
        (date(2026, 8, 22), [Lack.HEALTH_CHECK_AGAIN]),
        (None, [Lack.HEALTH_CHECK_AGAIN]),
    ],
)
def test_three_months_away_from_any_nursery_ask_for_a_new_check(
    last_there: date | None, found: list[Lack]
) -> None:
    old = filed(PaperKind.HEALTH_CHECK, date(2026, 3, 1))
    assert missing(AGREEMENT, old, VACCINES, last_there=last_there) == found
    assert missing(AGREEMENT, old, CHECK, VACCINES, last_there=last_there) == []


def test_the_months_are_the_districts() -> None:
    old = filed(PaperKind.HEALTH_CHECK, date(2026, 9, 1))
    record = Record((AGREEMENT, old, VACCINES), last_there=date(2026, 9, 22))
    assert lacks(record, HOUSE, MONDAY, EntryTerms(away_months=2)) == (Lack.HEALTH_CHECK_AGAIN,)
    assert lacks(record, HOUSE, MONDAY, TERMS) == ()
    assert check_due(record, MONDAY, TERMS) == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("day", "needs_paper", "found"),
    [
        (date(2026, 11, 22), True, []),
        (date(2026, 11, 23), True, [Lack.AWAY, Lack.RETURN]),
        (date(2026, 12, 6), False, [Lack.AWAY]),
        (date(2026, 12, 7), False, []),
        (date(2026, 12, 7), True, [Lack.RETURN]),
    ],
)
def test_an_illness_keeps_away_for_its_days_and_until_its_paper(
    day: date, needs_paper: bool, found: list[Lack]
) -> None:
    case = Case(7, MONDAY, back_on(MONDAY, 14), needs_paper)
    assert missing(*ALL, day=day, cases=(case,)) == found


def test_the_paper_of_another_illness_does_not_help() -> None:
    case = Case(7, date(2026, 11, 1), date(2026, 11, 15), needs_paper=True)
    other, own = (filed(PaperKind.RETURN, case_id=one) for one in (6, 7))
    assert missing(*ALL, other, cases=(case,)) == [Lack.RETURN]
    assert missing(*ALL, own, cases=(case,)) == []


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), -1, date(2026, 11, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_end_with_the_month(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then
