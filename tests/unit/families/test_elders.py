"""Rules of elders: who is one, and what is avoided."""

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest

from ylyx_site.families import rules
from ylyx_site.families.errors import BornInTheFuture, BornTooLongAgo, NotGrown, TooManyAvoids
from ylyx_site.shared.refusals import Refusal

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("born_on", [date(1900, 1, 1), date(1944, 2, 29), date(2008, 11, 23)])
def test_whoever_is_grown_up_may_eat(born_on: date) -> None:
    rules.check_elder_birth(born_on, TODAY)


@pytest.mark.parametrize(
    ("born_on", "refusal"),
    [
        (TODAY + timedelta(days=1), BornInTheFuture),
        (date(1899, 12, 31), BornTooLongAgo),
        (date(2008, 11, 24), NotGrown),
    ],
)
def test_a_birth_date_that_cannot_be(born_on: date, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        rules.check_elder_birth(born_on, TODAY)
    assert refused.value.field == "born_on"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        (" 、，", ()),
        ("鱼、香菜，花生 鱼；\n虾", ("鱼", "香菜", "花生", "虾")),
        ("peanut butter", ("peanut", "butter")),
        ("、".join(f"菜{n}" for n in range(12)), tuple(f"菜{n}" for n in range(12))),
        ("十二个字的一样菜一样菜啊", ("十二个字的一样菜一样菜啊",)),
    ],
)
def test_what_is_avoided_word_by_word(text: str, words: tuple[str, ...]) -> None:
    assert rules.avoid_words(text) == words


@pytest.mark.parametrize(
    "text", ["、".join(f"菜{n}" for n in range(13)), "十三个字的一样菜一样菜啊啊"]
)
def test_a_list_without_end_is_refused(text: str) -> None:
    with pytest.raises(TooManyAvoids):
        rules.avoid_words(text)


def test_the_words_of_the_consent_change_only_with_their_version(root: Path) -> None:
    words = (root / "templates/families/_elder_consent.html").read_bytes()
    known = {"elder-2026-11": "0a0d8a5664a25ceb"}
    assert known[rules.ELDER_CONSENT_VERSION] == hashlib.sha256(words).hexdigest()[:16]
