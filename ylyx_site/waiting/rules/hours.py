"""How long a family has to answer an offer. Minutes of a day in Shanghai, 0..1439.

Between 21:00 and 07:30 nothing is sent and no time to answer passes [DOMAIN 3].
"""

from ylyx_site.notices.rules import DAY, QUIET_FROM, QUIET_TO

DAYTIME = QUIET_FROM - QUIET_TO
LEAST_MINUTES = 15  # an offer that cannot be answered for so long helps nobody


def wait_for_day(minute: int) -> int:
    """Minutes until something may be sent; 0 by day."""
    if minute >= QUIET_FROM:
        return DAY - minute + QUIET_TO
    return max(0, QUIET_TO - minute)


def time_to_answer(minute: int, wanted: int) -> int:
    """Minutes from `minute` until `wanted` minutes of day time have passed."""
    passed = wait_for_day(minute)
    left_today = QUIET_FROM - (minute + passed) % DAY
    while wanted > left_today:
        passed += left_today + DAY - DAYTIME
        wanted -= left_today
        left_today = DAYTIME
    return passed + wanted
