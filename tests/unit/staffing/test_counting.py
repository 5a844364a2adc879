"""Who counts for the ratio, and how many carers children need."""

from datetime import date

import pytest

from ylyx_site.shared.spans import TimeSpan
from ylyx_site.staffing.kinds import CertificateKind, Job, ShiftKind
from ylyx_site.staffing.rules.counting import (
    Duty,
    Paper,
    carers_by_slot,
    carers_needed,
    counts_for_ratio,
    ends_soon,
    room,
    runs_of,
)

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 22)
VALID = Paper(CertificateKind.HEALTH, date(2026, 1, 1), date(2026, 12, 31))
ENDED_YESTERDAY = Paper(CertificateKind.HEALTH, date(2025, 11, 23), SUNDAY)
ENDS_TODAY = Paper(CertificateKind.HEALTH, date(2025, 11, 24), MONDAY)
BEGINS_TOMORROW = Paper(CertificateKind.HEALTH, date(2026, 11, 24), date(2027, 11, 23))


def test_twelve_of_the_younger_and_one_of_the_older_need_four_carers() -> None:
    assert carers_needed(12, 5) + carers_needed(1, 7) == 4
    assert carers_needed(13, 5) == 3  # over the sum it would have been 3: rounding is per class


@pytest.mark.parametrize(
    ("children", "ratio", "carers"),
    [(0, 5, 0), (1, 5, 1), (5, 5, 1), (6, 5, 2), (15, 5, 3), (3, 3, 1), (4, 3, 2), (20, 7, 3)],
)
def test_carers_are_rounded_up(children: int, ratio: int, carers: int) -> None:
    assert carers_needed(children, ratio) == carers


@pytest.mark.parametrize(
    ("papers", "counts"),
    [
        ([], False),
        ([VALID], True),
        ([ENDED_YESTERDAY], False),
        ([ENDS_TODAY], True),
        ([BEGINS_TOMORROW], False),
        ([ENDED_YESTERDAY, VALID], True),
        ([Paper(CertificateKind.CARER, date(2020, 1, 1), date(2030, 1, 1))], False),
    ],
)
def test_a_carer_counts_on_the_days_of_the_health_certificate(
    papers: list[Paper], counts: bool
) -> None:
    assert counts_for_ratio(Job.CARER, ShiftKind.DUTY, papers, MONDAY) is counts


@pytest.mark.parametrize("job", [job for job in Job if job is not Job.CARER])
def test_heads_nurses_cooks_and_guards_never_count(job: Job) -> None:
    assert not counts_for_ratio(job, ShiftKind.DUTY, [VALID], MONDAY)


@pytest.mark.parametrize("kind", [ShiftKind.TRAINING, ShiftKind.LEAVE])
def test_whoever_is_in_training_or_on_leave_does_not_count(kind: ShiftKind) -> None:
    assert not counts_for_ratio(Job.CARER, kind, [VALID], MONDAY)


def test_a_class_holds_what_its_cap_and_its_carers_allow() -> None:
    assert [room(15, carers, 5) for carers in range(5)] == [0, 5, 10, 15, 15]


def test_carers_are_counted_by_half_hour_and_class() -> None:
    duties = [
        Duty(1, 7, MONDAY, TimeSpan(480, 600), True),
        Duty(2, 7, MONDAY, TimeSpan(540, 660), True),
        Duty(3, 7, MONDAY, TimeSpan(480, 660), False),
        Duty(4, 8, MONDAY, TimeSpan(480, 510), True),
        Duty(5, None, MONDAY, TimeSpan(480, 510), True),
    ]
    counted = carers_by_slot(duties)
    assert counted == {
        (7, MONDAY): {16: 1, 17: 1, 18: 2, 19: 2, 20: 1, 21: 1},
        (8, MONDAY): {16: 1},
    }
    assert runs_of(counted[7, MONDAY]) == [(16, 18, 1), (18, 20, 2), (20, 22, 1)]


def test_a_break_cuts_a_run() -> None:
    assert runs_of({16: 1, 17: 1, 20: 1}) == [(16, 18, 1), (20, 21, 1)]


@pytest.mark.parametrize(
    ("last", "soon"),
    [
        (date(2026, 11, 22), False), (date(2026, 11, 23), True), (date(2026, 12, 23), True),
        (date(2026, 12, 24), False),
    ],
)  # fmt: skip
def test_a_certificate_that_ends_within_thirty_days_is_flagged(last: date, soon: bool) -> None:
    paper = Paper(CertificateKind.HEALTH, date(2026, 1, 1), last)
    assert ends_soon([paper], CertificateKind.HEALTH, MONDAY) is soon
    renewed = Paper(CertificateKind.HEALTH, last, date(2027, 12, 1))
    assert not ends_soon([paper, renewed], CertificateKind.HEALTH, MONDAY)
