"""What follows from a check at the door [托育机构管理规范(试行)]: 37.3 °C, or anything seen."""

from collections.abc import Collection

from ylyx_site.attendance.errors import ImpossibleTemperature, RecheckNeedsTemperature
from ylyx_site.attendance.kinds import Result, Symptom

FEVER_TENTHS = 373
LOWEST_TENTHS, HIGHEST_TENTHS = 340, 429


def result_of(tenths: int | None, symptoms: Collection[Symptom], before: Result | None) -> Result:
    """The result of a check after the latest `before` it (None: the first of the day).

    `tenths` of a degree may be left out only while nothing was wrong. Something wrong asks for a
    recheck; something wrong again means apart from the others until the guardian comes.
    """
    troubled = before not in (None, Result.OK)
    if tenths is None and troubled:
        raise RecheckNeedsTemperature
    if tenths is not None and not LOWEST_TENTHS <= tenths <= HIGHEST_TENTHS:
        raise ImpossibleTemperature
    if not symptoms and (tenths is None or tenths < FEVER_TENTHS):
        return Result.OK
    return Result.ISOLATED if troubled else Result.RECHECK
