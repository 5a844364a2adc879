"""Telephone, ID and other numbers as people type them, checked by their standards."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ylyx_site.shared.identifiers import (
    CODE_LETTERS,
    BadIdentifier,
    IdNumber,
    Sex,
    code_from_text,
    credit_code,
    digits,
    division_code,
    id_number,
    mask_id,
    mask_phone,
    mobile,
    pretty_code,
    public_code,
    telephone,
)

TODAY = date(2026, 11, 23)
LAW_EXAMPLE = "11010519491231002X"
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _with_check(body: str) -> str:
    """Add the check character by the table in the standard, not by the library under test."""
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def _credit_with_check(body: str) -> str:
    total = sum(CREDIT_LETTERS.index(c) * pow(3, n, 31) for n, c in enumerate(body))
    return body + CREDIT_LETTERS[(31 - total % 31) % 31]


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("１３８００", "13800"),
        ("　ａＢ：．－　", "aB:.-"),
        ("\u202d13800\u202c", "13800"),
        ("12²", "12²"),
        ("٣", "٣"),
    ],
)
def test_only_full_width_forms_are_narrowed(text: str, narrow: str) -> None:
    assert digits(text) == narrow


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        " 138 1234 5678 ",
        "138-1234-5678",
        "138–1234—5678",
        "１３８１２３４５６７８",
        "＋８６　１３８１２３４５６７８",
        "+86 138 1234 5678",
        "0086-13812345678",
        "8613812345678",
        "13812345678\n",
        "\u202d13812345678\u202c",
    ],
)
def test_a_mobile_number_is_read_as_typed(text: str) -> None:
    assert mobile(text) == telephone(text) == "13812345678"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1381234567",
        "138123456789",
        "12812345678",
        "23812345678",
        "1381234567a",
        "02343700001",
        "+8513812345678",
        "١٣٨١٢٣٤٥٦٧٨",
        "13812345678,13812345679",
        "138123456⑦8",
        "138123456٧8",
    ],
)
def test_what_is_no_mobile_number_is_refused(text: str) -> None:
    with pytest.raises(BadIdentifier, match=r"^请填写 11 位手机号码.*。$"):
        mobile(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("023-43700001", "02343700001"),
        ("（023）43700001", "02343700001"),
        ("+86 23 4370 0001", "02343700001"),
        ("+86 (0)23 4370 0001", "02343700001"),
        ("010-65129988", "01065129988"),
        ("0731-58570000", "073158570000"),
    ],
)
def test_a_landline_is_read_with_its_area_code(text: str, number: str) -> None:
    assert telephone(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "43700001",
        "023-4370",
        "023-437000011",
        "023-4370000١",
        "0000-43700001",
        "12345",
        "",
        "abc",
        "0" * 40,
    ],
)
def test_what_cannot_be_called_is_refused(text: str) -> None:
    with pytest.raises(BadIdentifier, match=r"^请填写手机号码，或带区号的固定电话.*。$"):
        telephone(text)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138****5678"),
        ("02343700001", "023****0001"),
        ("073158570000", "073*****0000"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_masked_number_hides_its_middle(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (LAW_EXAMPLE, IdNumber(LAW_EXAMPLE, date(1949, 12, 31), Sex.female)),
        ("11010519491231002x", IdNumber(LAW_EXAMPLE, date(1949, 12, 31), Sex.female)),
        ("１１０１０５ 19491231 002Ｘ", IdNumber(LAW_EXAMPLE, date(1949, 12, 31), Sex.female)),
        (
            _with_check("50011120240229001"),
            IdNumber(_with_check("50011120240229001"), date(2024, 2, 29), Sex.male),
        ),
    ],
)
def test_an_id_number_tells_birth_and_sex(text: str, known: IdNumber) -> None:
    assert id_number(text, TODAY) == known


@pytest.mark.parametrize("area", ["810000", "820000", "830000", "510230", "500225"])
def test_permits_and_areas_that_are_gone_are_accepted(area: str) -> None:
    value = _with_check(area + "19900101001")
    assert id_number(value, TODAY).value == value


@pytest.mark.parametrize("born", ["20261123", "19000101", "20240229"])
def test_a_birth_date_up_to_today_is_accepted(born: str) -> None:
    value = _with_check(f"500111{born}001")
    assert f"{id_number(value, TODAY).born_on:%Y%m%d}" == born


@pytest.mark.parametrize(
    "born",
    [
        "20261124",
        "20270101",
        "18991231",
        "20230229",
        "20241301",
        "20240431",
        "20240100",
        "00000101",
    ],
)
def test_a_birth_date_that_cannot_be_is_refused(born: str) -> None:
    with pytest.raises(BadIdentifier, match="出生日期"):
        id_number(_with_check(f"500111{born}001"), TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "110105491231002",
        LAW_EXAMPLE[:-1],
        LAW_EXAMPLE + "1",
        "0" * 18,
        "X" * 18,
        "1101051949123100XX",
        "1101051949123A002X",
        "1101051949123100٢X",
    ],
)
def test_an_id_number_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(BadIdentifier, match="18 位"):
        id_number(text, TODAY)


@given(
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
    st.integers(0, 17),
    st.sampled_from("0123456789X"),
)
def test_the_check_digit_catches_every_single_change(
    born_on: date, order: int, at: int, other: str
) -> None:
    value = _with_check(f"500111{born_on:%Y%m%d}{order:03d}")
    assert id_number(value, TODAY).born_on == born_on
    if value[at] != other:
        with pytest.raises(BadIdentifier):
            id_number(value[:at] + other + value[at + 1 :], TODAY)


@pytest.mark.parametrize(
    ("value", "masked"),
    [("500111202402290011", "5001**********0011"), ("5001", "****"), ("", "")],
)
def test_a_masked_id_hides_birth_and_order(value: str, masked: str) -> None:
    assert mask_id(value) == masked


@pytest.mark.parametrize(
    "text",
    [
        "91110000600037341L",
        "91110000600037341l",
        " 9111 0000 6000 37341L ",
        "９１１１００００６０００３７３４１Ｌ",
    ],
)
def test_a_credit_code_is_read_as_typed(text: str) -> None:
    assert credit_code(text) == "91110000600037341L"


@pytest.mark.parametrize("body", ["N2500111MF0000001", "A1110000600037341", "Y1500111MA5U00001"])
def test_a_credit_code_may_begin_with_a_letter(body: str) -> None:
    assert credit_code(_credit_with_check(body)) == _credit_with_check(body)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "91110000600037341",
        "91110000600037341LL",
        "9I110000600037341L",
        "91110000S00037341L",
        "911100006000373411",
        "91110000600037342L",
        "9111A000600037341L",
        "9111000٠600037341L",
    ],
)
def test_a_credit_code_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadIdentifier, match="统一社会信用代码"):
        credit_code(text)


@given(
    st.text(CREDIT_LETTERS, min_size=9, max_size=9),
    st.integers(0, 17),
    st.sampled_from(CREDIT_LETTERS),
)
def test_the_check_of_a_credit_code_catches_every_single_change(
    organisation: str, at: int, other: str
) -> None:
    value = _credit_with_check("52500111" + organisation)
    assert credit_code(value) == value
    if value[at] != other:
        with pytest.raises(BadIdentifier):
            credit_code(value[:at] + other + value[at + 1 :])


@pytest.mark.parametrize("text", ["500111", "500111001", "500111001001", " ５００１１１ "])
def test_a_division_code_has_six_nine_or_twelve_digits(text: str) -> None:
    assert division_code(text) == digits(text)


@pytest.mark.parametrize(
    "text", ["", "50011", "5001110", "050011", "50011100100", "50011a", "50011١", "1" * 15]
)
def test_a_division_code_of_another_length_is_refused(text: str) -> None:
    with pytest.raises(BadIdentifier, match="行政区划代码"):
        division_code(text)


def test_public_codes_differ_and_hold_nothing_that_is_misread() -> None:
    codes = {public_code() for _ in range(500)}
    assert len(codes) > 490
    assert {len(code) for code in codes} == {6}
    assert not set("".join(codes)) & set("01OILUV")


@given(st.text(CODE_LETTERS, min_size=6, max_size=6))
def test_a_code_is_read_back_from_how_it_is_shown(code: str) -> None:
    assert code_from_text(pretty_code(code)) == code
    assert code_from_text(f" {pretty_code(code).lower()} ") == code


def test_a_code_is_shown_in_two_halves_and_read_in_full_width() -> None:
    assert pretty_code("7K392F") == "7K3-92F"
    assert code_from_text("７ｋ３－９２ｆ") == "7K392F"
    assert code_from_text("7k39-2faa", 8) == "7K392FAA"


@pytest.mark.parametrize("text", ["", "7K392", "7K392FF", "7K392O", "7K392_", "七K392F"])
def test_a_code_that_cannot_be_ours_is_refused(text: str) -> None:
    with pytest.raises(BadIdentifier, match="编号"):
        code_from_text(text)
