"""What a child's dates and number must say."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from ylyx_site.families.errors import (
    BornInTheFuture,
    NumberSaysOtherBirth,
    NumberSaysOtherSex,
    TooOld,
)
from ylyx_site.families.rules import (
    CONSENT_VERSION,
    check_birth,
    check_number,
    may_withdraw,
)
from ylyx_site.shared.identifiers import Sex, id_number

TODAY = date(2026, 11, 23)
GIRL = id_number("500111202503101021", TODAY)


@pytest.mark.parametrize("born_on", [TODAY, date(2020, 11, 23), date(2024, 2, 29)])
def test_born_today_and_on_the_sixth_birthday_is_a_child(born_on: date) -> None:
    check_birth(born_on, TODAY)


def test_a_birth_date_in_the_future_is_refused_at_its_field() -> None:
    with pytest.raises(BornInTheFuture) as refused:
        check_birth(date(2026, 11, 24), TODAY)
    assert refused.value.field == "born_on"


@pytest.mark.parametrize("born_on", [date(2020, 11, 22), date(1926, 11, 23)])
def test_past_the_sixth_birthday_is_refused_at_its_field(born_on: date) -> None:
    with pytest.raises(TooOld) as refused:
        check_birth(born_on, TODAY)
    assert refused.value.field == "born_on"


@pytest.mark.parametrize("sex", [None, Sex.female])
def test_a_number_that_agrees_is_taken(sex: Sex | None) -> None:
    check_number(GIRL, date(2025, 3, 10), sex)


def test_a_number_of_another_birth_date_or_sex_is_refused() -> None:
    with pytest.raises(NumberSaysOtherBirth):
        check_number(GIRL, date(2025, 3, 11), Sex.female)
    with pytest.raises(NumberSaysOtherSex):
        check_number(GIRL, date(2025, 3, 10), Sex.male)


@pytest.mark.parametrize(
    ("giver", "live", "actor", "may"),
    [(1, {1, 2}, 1, True), (1, {1, 2}, 2, False), (1, {2, 3}, 2, True)],
)
def test_the_giver_of_a_consent_withdraws_it(
    giver: int, live: set[int], actor: int, *, may: bool
) -> None:
    assert may_withdraw(giver, live, actor) is may


def test_the_words_of_the_consent_change_only_with_their_version(root: Path) -> None:
    words = (root / "templates/families/_consent.html").read_bytes()
    known = {"child-2026-11": "c1bac38f9f73200a", "child-2026-11-22": "32a4d8e4a5ad8ae4"}
    assert known[CONSENT_VERSION] == hashlib.sha256(words).hexdigest()[:16]
