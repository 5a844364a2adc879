"""Money: whole fen, read strictly, divided without losing one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ylyx_site.shared.money import as_typed, fen_from_text, in_capitals, share, yuan


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "¥0.00"),
        (5, "¥0.05"),
        (1250, "¥12.50"),
        (100_000_000, "¥1,000,000.00"),
        (-1, "−¥0.01"),
        (-1000, "−¥10.00"),
        (-1050, "−¥10.50"),
    ],
)
def test_fen_are_shown_as_yuan(fen: int, text: str) -> None:
    assert yuan(fen) == text


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("12", 1200),
        ("12.5", 1250),
        ("12.05", 1205),
        ("0.01", 1),
        ("１２．５０", 1250),
        ("¥12.50", 1250),
        ("￥12.50", 1250),
        (" 12.50 元 ", 1250),
        ("007", 700),
        ("1000000", 100_000_000),
        ("1000000.00", 100_000_000),
        ("1,000", 100_000),
        ("¥1,000,000.00", 100_000_000),
    ],
)
def test_an_amount_is_read_as_typed(text: str, fen: int) -> None:
    assert fen_from_text(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "元",
        "-1",
        "+1",
        "−1",
        "1e3",
        "nan",
        "inf",
        "0x10",
        "1_000",
        "1,00",
        "1,0000",
        ",000",
        "12,5",
        "1.234",
        "1.",
        ".5",
        "1000000.01",
        "999999999",
        "9999999999999999999999",
        "12²",
        "٣",
        "一",
        "12.50\n13",
        "1 2",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="金额"):
        fen_from_text(text)


@given(st.integers(0, 100_000_000))
def test_an_amount_shown_is_read_back(fen: int) -> None:
    assert fen_from_text(yuan(fen)) == fen_from_text(as_typed(fen)) == fen


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (200, [1, 1, 1], [67, 67, 66]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (10, [1, 0, 3], [3, 0, 7]),
        (10, [1, 3, 3], [2, 4, 4]),
        (0, [2, 1], [0, 0]),
        (7, [5], [7]),
    ],
)
def test_a_sum_is_divided_by_largest_remainder(
    total: int, weights: list[int], parts: list[int]
) -> None:
    assert share(total, weights) == parts


@given(
    st.integers(-(10**9), 10**9),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any),
)
def test_parts_add_up_and_none_is_a_fen_away_from_its_due(total: int, weights: list[int]) -> None:
    parts = share(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part * sum(weights) - total * weight) < sum(weights)
        for part, weight in zip(parts, weights, strict=True)
    )


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_a_sum_is_not_divided_among_nobody(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="Weights"):
        share(100, weights)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (50_000, "人民币伍佰元整"),
        (22_505, "人民币贰佰贰拾伍元零伍分"),
        (22_550, "人民币贰佰贰拾伍元伍角整"),
        (1_234_567, "人民币壹万贰仟叁佰肆拾伍元陆角柒分"),
        (10_050_000, "人民币壹拾万零伍佰元整"),
        (10_005_00, "人民币壹万零伍元整"),
        (100_100_000, "人民币壹佰万壹仟元整"),
        (2_005_000_00, "人民币贰佰万伍仟元整"),
        (1_010_00, "人民币壹仟零壹拾元整"),
        (7, "人民币柒分"),
        (70, "人民币柒角整"),
        (0, "人民币零元整"),
        (-1_000, "负人民币壹拾元整"),
    ],
)
def test_a_receipt_says_the_sum_in_capitals(fen: int, text: str) -> None:
    assert in_capitals(fen) == text
