"""How a child's age and class read."""

from datetime import date

import pytest

from ylyx_site.families.words import age_on, birthday, class_on, sex_words

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born_on", "age", "class_"),
    [
        (date(2026, 11, 23), "不满1个月", "满 6 个月可以入托"),
        (date(2026, 5, 24), "5个月", "满 6 个月可以入托"),
        (date(2026, 5, 23), "6个月", "乳儿班"),
        (date(2025, 11, 24), "11个月", "乳儿班"),
        (date(2025, 11, 23), "1岁", "托小班"),
        (date(2024, 11, 24), "1岁11个月", "托小班"),
        (date(2024, 11, 23), "2岁", "托大班"),
        (date(2023, 11, 24), "2岁11个月", "托大班"),
        (date(2023, 11, 23), "3岁", "满 3 岁，可以上幼儿园"),
    ],
)
def test_age_and_class_turn_on_the_birthday(born_on: date, age: str, class_: str) -> None:
    assert (age_on(born_on, TODAY), class_on(born_on, TODAY)) == (age, class_)


def test_birthday_and_sex_in_words() -> None:
    assert birthday(date(2025, 3, 5)) == "2025年3月5日"
    assert [sex_words(letter) for letter in ("f", "m", "")] == ["女", "男", "没有填"]
