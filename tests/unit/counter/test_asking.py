"""What a clerk types into the one field."""

from datetime import date

import pytest

from ylyx_site.counter.errors import HalfANumber, TooLittleTyped
from ylyx_site.counter.rules.asking import Asked, asked_from
from ylyx_site.shared.identifiers import id_number

TODAY = date(2026, 11, 23)
NUMBER = "500111194403080027"


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("5678", Asked(tail="5678")),
        ("５６ 78", Asked(tail="5678")),
        ("82", Asked(tail="82")),
        ("139 0000 0082", Asked(phone="13900000082")),
        ("023-43700002", Asked(phone="02343700002")),
        (NUMBER, Asked(number=id_number(NUMBER, TODAY))),
        ("ZGF", Asked(pinyin="zgf")),
        ("zhou gui fang", Asked(pinyin="zhouguifang")),
        ("周桂芳", Asked(name="周桂芳")),
        (" 周 ", Asked(name="周")),
    ],
)
def test_one_field_takes_digits_names_and_pinyin(typed: str, asked: Asked) -> None:
    assert asked_from(typed, TODAY) == asked


@pytest.mark.parametrize("typed", ["", " ", "5", "·"])
def test_too_little_is_refused(typed: str) -> None:
    with pytest.raises(TooLittleTyped):
        asked_from(typed, TODAY)


@pytest.mark.parametrize("typed", ["13900", "1390000008", "500111194403080028", "99999999999"])
def test_half_a_number_finds_nobody(typed: str) -> None:
    with pytest.raises(HalfANumber):
        asked_from(typed, TODAY)


def test_only_whole_numbers_find_strangers() -> None:
    assert asked_from("13900000082", TODAY).is_whole
    assert not asked_from("0082", TODAY).is_whole
