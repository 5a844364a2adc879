"""Rules of signing in: limits, lifetimes, where each role lands. Pure; time is an argument."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ylyx_site.identity.roles import STAFF, SUPERVISORS, Role


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many within so long."""

    most: int
    within: timedelta


FAILURES_OF_NUMBER = Limit(5, timedelta(minutes=15))
FAILURES_FROM_ADDRESS = Limit(30, timedelta(minutes=15))
CODE_AFTER_CODE = Limit(1, timedelta(seconds=60))
CODES_OF_NUMBER = Limit(5, timedelta(hours=1))
CODES_FROM_ADDRESS = Limit(20, timedelta(hours=1))

CODE_LIVES = timedelta(minutes=5)
CODE_TRIES = 5
FAMILY_SESSION = timedelta(days=30)
DUTY_SESSION = timedelta(hours=12)
FORGOTTEN_PASSWORD = timedelta(minutes=10)  # how long a code stands in for the old password
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128


def to_wait(limit: Limit, moments: Iterable[datetime], now: datetime) -> timedelta | None:
    """How long to wait before one more may happen; None when it may happen now.

    What lies further away than the window, on either side, does not count, and nobody waits
    longer than the window: a clock that was put back must not lock people out for hours.
    """
    near = sorted(moment for moment in moments if abs(now - moment) < limit.within)
    if len(near) < limit.most:
        return None
    return min(limit.within, near[-limit.most] + limit.within - now)


def minutes_up(wait: timedelta) -> int:
    """Whole minutes, rounded up, at least one."""
    return max(1, -(-int(wait.total_seconds()) // 60))


def is_code_fresh(sent_at: datetime, now: datetime, lives: timedelta = CODE_LIVES) -> bool:
    """Whether a code may still be used; one from the far future (clock put back) may not."""
    return abs(now - sent_at) < lives


def session_lives(*, on_duty: bool) -> timedelta:
    """A family's phone stays signed in for a month, a tablet of a nursery for a shift."""
    return DUTY_SESSION if on_duty else FAMILY_SESSION


def landing(role: Role | None) -> str:
    """Where somebody arrives after signing in."""
    if role in STAFF:
        return "/desk"
    if role in SUPERVISORS:
        return "/supervision"
    return "/admin/accounts" if role is Role.ADMINISTRATOR else "/"


# Whom the head of a house may ask in, and whose role there they may end.
MAY_INVITE = {
    Role.HEAD: (Role.CARER, Role.HEAD),
    Role.CANTEEN_MANAGER: (Role.CLERK, Role.COURIER, Role.CANTEEN_MANAGER),
}
INVITATION_LIVES = timedelta(days=7)
MOST_INVITATIONS = 20  # open ones of a house: each costs a text message


def fits_scope(role: Role, facility_id: int | None, division_code: str | None) -> bool:
    """Staff work at one facility, supervisors in one division, administrators in neither."""
    has = (facility_id is not None, division_code is not None)
    if role in STAFF:
        return has == (True, False)
    return has == ((False, True) if role in SUPERVISORS else (False, False))


def hash_token(token: str) -> str:
    """The digest under which a session's token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("MicroMessenger", "微信"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip


def device_of(user_agent: str) -> str:
    """A short name of a device for the list of sessions: `iPhone · 微信`; empty if unknown."""
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    return " · ".join(filter(None, (system, browser)))
