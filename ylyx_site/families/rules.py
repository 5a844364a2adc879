"""Rules of families: limits, what dates and numbers must say, what is avoided. Pure."""

import re
from collections.abc import Collection
from datetime import date, timedelta

from ylyx_site.families.errors import (
    BornInTheFuture,
    BornTooLongAgo,
    NotGrown,
    NumberSaysOtherBirth,
    NumberSaysOtherSex,
    TooManyAvoids,
    TooOld,
)
from ylyx_site.shared.ages import months_on
from ylyx_site.shared.identifiers import EARLIEST_BIRTH, IdNumber, Sex

# Changes with every change of the words in templates/families/_consent.html.
CONSENT_VERSION = "child-2026-11-22"
# The same for templates/families/_elder_consent.html.
ELDER_CONSENT_VERSION = "elder-2026-11"

MOST_CHILDREN = 10
MOST_ELDERS = 10
MOST_REQUESTS = 10
REQUESTS_WITHIN = timedelta(days=1)
REQUEST_AFTER_REQUEST = timedelta(seconds=60)
REQUEST_LASTS = timedelta(minutes=30)
GROWN_MONTHS = 18 * 12
MOST_AVOIDS = 12
LONGEST_AVOID = 12
MOST_INVITATIONS = 5
INVITATION_LASTS = timedelta(days=1)
MOST_WRONG_CODES = 10
WRONG_CODES_WITHIN = timedelta(hours=1)
OLDEST_MONTHS = 72
LONGEST_NOTE = 500


def check_birth(born_on: date, today: date) -> None:
    """Refuse a birth in the future, and a child from the day after the sixth birthday on."""
    if born_on > today:
        raise BornInTheFuture(field="born_on")
    if months_on(born_on, today - timedelta(days=1)) >= OLDEST_MONTHS:
        raise TooOld(field="born_on")


def check_number(number: IdNumber, born_on: date, sex: Sex | None) -> None:
    """Refuse an ID number that says another birth date or another sex; no sex agrees with any."""
    if number.born_on != born_on:
        raise NumberSaysOtherBirth(field="id_number")
    if sex is not None and number.sex != sex:
        raise NumberSaysOtherSex(field="id_number")


def may_withdraw(consent_by: int, live_guardians: Collection[int], actor_id: int) -> bool:
    """Whoever gave the consent may withdraw it; once that guardian has left, any other may."""
    return actor_id == consent_by or consent_by not in live_guardians


def check_elder_birth(born_on: date, today: date) -> None:
    """Refuse a birth in the future, before 1900, and whoever is not grown up."""
    if born_on > today:
        raise BornInTheFuture(field="born_on")
    if born_on < EARLIEST_BIRTH:
        raise BornTooLongAgo(field="born_on")
    if months_on(born_on, today) < GROWN_MONTHS:
        raise NotGrown(field="born_on")


def avoid_words(text: str) -> tuple[str, ...]:
    """What somebody avoids, word by word, each once: 「鱼、香菜，花生」 gives three.

    Raises `TooManyAvoids` past 12 words, or a word past 12 characters.
    """
    words = tuple(dict.fromkeys(filter(None, re.split(r"[、,，;；。\s]+", text))))
    if len(words) > MOST_AVOIDS or any(len(word) > LONGEST_AVOID for word in words):
        raise TooManyAvoids(field="avoids", most=MOST_AVOIDS, longest=LONGEST_AVOID)
    return words
