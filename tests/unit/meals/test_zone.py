"""The cut-off is Shanghai's, whatever the zone of the server."""

import os
import subprocess
import sys

SCRIPT = """
from datetime import date, timedelta
from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.rules.canteens import CanteenFacts, MealFacts, is_past
from ylyx_site.shared.spans import TimeSpan
facts = MealFacts(Meal.LUNCH, TimeSpan(660, 780), 0, 540)
canteen = CanteenFacts(1, "", "", "", "", "", None, None, 1, False, 0, (), {Meal.LUNCH: facts})
day = date(2026, 11, 24)
cutoff = cutoffs_of(canteen, [(day, Meal.LUNCH)])[day, Meal.LUNCH]
before = cutoff - timedelta(microseconds=1)
print(cutoff.isoformat(), is_past(cutoff, before), is_past(cutoff, cutoff))
"""


def test_nine_oclock_is_nine_oclock_in_shanghai_on_a_server_in_new_york() -> None:
    done = subprocess.run(  # noqa: S603 a script of our own
        [sys.executable, "-c", SCRIPT], env=os.environ | {"TZ": "America/New_York"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["2026-11-24T01:00:00+00:00", "False", "True"]
