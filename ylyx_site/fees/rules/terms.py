"""A nursery's own table: late minutes, meal money, what is given back, a fixed sum a month.

No national text sets any of it; a nursery writes its own, from a day on.
"""

from dataclasses import dataclass
from datetime import date, timedelta

HALF_PAST_EIGHT = 510
HALF_PAST_ELEVEN = 690


@dataclass(frozen=True, slots=True)
class Terms:
    """The table in force; minutes are of the day, sums are fen, shares are of a hundred.

    Late: nothing up to `late_grace` minutes after the booked end; over it `late_step_fen` for each
    started `late_step` minutes, counted from the booked end. `meal_fen` is charged for a day whose
    booked hours hold `meal_minute`. Told by `told_minute` of the day `told_days_before` days
    before: the meal and `told_back` percent of the care are given back; told later or not at all:
    `untold_back` percent of the care and no meal. `month_fen` is charged, whole, in each month in
    which the child came at least once.
    """

    from_day: date = date.min
    late_grace: int = 0
    late_step: int = 30
    late_step_fen: int = 0
    meal_fen: int = 0
    meal_minute: int = HALF_PAST_ELEVEN
    told_days_before: int = 0
    told_minute: int = HALF_PAST_EIGHT
    told_back: int = 100
    untold_back: int = 0
    month_fen: int = 0

    def late_fen(self, minutes: int) -> int:
        """What so many minutes after the booked end cost."""
        if minutes <= self.late_grace:
            return 0
        return -(-minutes // self.late_step) * self.late_step_fen

    def is_in_time(self, day: date, told: tuple[date, int]) -> bool:
        """Whether an absence on `day` was told in time: until the minute itself, not after it."""
        return told <= (day - timedelta(days=self.told_days_before), self.told_minute)


UNSET = Terms()  # what holds while a nursery has set nothing: absence told by 08:30 costs nothing
