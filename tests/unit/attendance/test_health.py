"""What follows from a check at the door."""

import pytest

from ylyx_site.attendance.errors import ImpossibleTemperature, RecheckNeedsTemperature
from ylyx_site.attendance.kinds import Result, Symptom
from ylyx_site.attendance.rules.health import result_of

OK, RECHECK, ISOLATED = Result


@pytest.mark.parametrize(
    ("tenths", "symptoms", "before", "result"),
    [
        (None, (), None, OK),
        (None, (), OK, OK),
        (372, (), None, OK),
        (373, (), None, RECHECK),
        (372, (), RECHECK, OK),
        (373, (), RECHECK, ISOLATED),
        (372, (), ISOLATED, OK),
        (365, (Symptom.RASH,), None, RECHECK),
        (None, (Symptom.RASH,), OK, RECHECK),
        (365, (Symptom.RASH,), RECHECK, ISOLATED),
        (340, (), None, OK),
        (429, (), None, RECHECK),
    ],
)
def test_from_37_3_or_anything_seen_it_is_not_all_right(
    tenths: int | None, symptoms: tuple[Symptom, ...], before: Result | None, result: Result
) -> None:
    assert result_of(tenths, symptoms, before) is result


@pytest.mark.parametrize("before", [RECHECK, ISOLATED])
def test_a_recheck_needs_a_temperature(before: Result) -> None:
    with pytest.raises(RecheckNeedsTemperature):
        result_of(None, (), before)


@pytest.mark.parametrize("tenths", [0, 339, 430, 999])
def test_nobody_has_such_a_temperature(tenths: int) -> None:
    with pytest.raises(ImpossibleTemperature):
        result_of(tenths, (), None)
