"""Classes, hours, prices, opening, distance and search: what they decide."""

from dataclasses import dataclass
from datetime import date

import pytest

from ylyx_site.calendar.rules import DayKind
from ylyx_site.facilities.kinds import (
    CareKind,
    ClassKind,
    ClosureKind,
    FacilityKind,
    Nature,
    Tariff,
)
from ylyx_site.facilities.policy import ShutDays, coming_closures
from ylyx_site.facilities.rules import (
    CARE_HOURS,
    ClassRule,
    Closing,
    DayOpening,
    Shut,
    care_span,
    class_rule,
    day_opening,
    distance_m,
    in_force,
    near_from_text,
    price_fen,
    search_keys,
    search_text,
)
from ylyx_site.shared.spans import TimeSpan

DAY = date(2026, 11, 24)
USUAL, SHORT = TimeSpan(450, 1050), TimeSpan(480, 720)
TRAINING = Closing(ClosureKind.OWN, "老师培训")


@dataclass(frozen=True)
class Row:
    from_day: date
    value: int


OLD, NEW, COMING = Row(date(2026, 1, 1), 1), Row(DAY, 2), Row(date(2026, 12, 1), 3)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), OLD),
        (date(2026, 11, 23), OLD),
        (DAY, NEW),
        (date(2026, 11, 30), NEW),
        (date(2026, 12, 1), COMING),
    ],
)
def test_the_latest_row_begun_is_in_force(day: date, expected: Row | None) -> None:
    assert in_force([COMING, OLD, NEW], day) == expected


def test_nothing_is_in_force_without_rows() -> None:
    assert in_force([], DAY) is None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ClassKind.INFANT, ClassRule(6, 12, 10, 3)),
        (ClassKind.YOUNGER, ClassRule(12, 24, 15, 5)),
        (ClassKind.OLDER, ClassRule(24, 36, 20, 7)),
        (ClassKind.MIXED, ClassRule(18, 36, 18, 5)),
    ],
)
def test_classes_follow_the_standard(kind: ClassKind, expected: ClassRule) -> None:
    assert class_rule(Nature.CENTRE, kind) == expected


@pytest.mark.parametrize("kind", list(ClassKind))
def test_a_home_takes_five_of_any_age(kind: ClassKind) -> None:
    assert class_rule(Nature.HOME, kind) == ClassRule(0, 36, 5, 3)


@pytest.mark.parametrize(
    ("kind", "half", "expected"),
    [
        (CareKind.FULL_DAY, "", TimeSpan(450, 1050)),
        (CareKind.HALF_DAY, "am", TimeSpan(450, 720)),
        (CareKind.HALF_DAY, "pm", TimeSpan(720, 1050)),
        (CareKind.TEMPORARY, "", TimeSpan(450, 1050)),
        (CareKind.TEMPORARY, "pm", TimeSpan(720, 1050)),
        (CareKind.HOURLY, "", None),
    ],
)
def test_span_of_care(kind: CareKind, half: str, expected: TimeSpan | None) -> None:
    assert care_span(CARE_HOURS, kind, half) == expected


def test_half_day_care_without_a_half_is_a_bug() -> None:
    with pytest.raises(ValueError, match="am or pm"):
        care_span(CARE_HOURS, CareKind.HALF_DAY, "")


PRICES = {
    Tariff.FULL_DAY: 6800,
    Tariff.HALF_DAY: 3800,
    Tariff.HOUR: 1201,
    Tariff.TEMPORARY_DAY: 8000,
    Tariff.TEMPORARY_HALF: 4500,
}


@pytest.mark.parametrize(
    ("kind", "half", "minutes", "fen"),
    [
        (CareKind.FULL_DAY, "", 600, 6800),
        (CareKind.HALF_DAY, "am", 270, 3800),
        (CareKind.HOURLY, "", 60, 1201),
        (CareKind.HOURLY, "", 30, 601),  # 600.5 rounded half up
        (CareKind.HOURLY, "", 90, 1802),  # 1801.5
        (CareKind.HOURLY, "", 240, 4804),
        (CareKind.TEMPORARY, "", 600, 8000),
        (CareKind.TEMPORARY, "pm", 330, 4500),
    ],
)
def test_price_of_a_day_of_care(kind: CareKind, half: str, minutes: int, fen: int) -> None:
    assert price_fen(PRICES, kind, half, minutes) == fen


@pytest.mark.parametrize("kind", list(CareKind))
def test_what_has_no_price_is_not_offered(kind: CareKind) -> None:
    assert price_fen({}, kind, "am", 60) is None


def test_free_care_is_offered() -> None:
    assert price_fen({Tariff.HOUR: 0}, CareKind.HOURLY, "", 60) == 0


@pytest.mark.parametrize(
    ("kind", "usual", "weekend", "closing", "expected"),
    [
        (DayKind.working_day, USUAL, None, None, DayOpening(DAY, USUAL)),
        (DayKind.working_day, None, None, None, DayOpening(DAY, None, Shut.WEEKLY)),
        (DayKind.weekend, None, None, None, DayOpening(DAY, None, Shut.WEEKLY)),
        (DayKind.weekend, USUAL, None, None, DayOpening(DAY, USUAL)),
        (DayKind.weekend, None, SHORT, None, DayOpening(DAY, None, Shut.WEEKLY)),
        (DayKind.holiday, USUAL, SHORT, None, DayOpening(DAY, None, Shut.HOLIDAY)),
        (DayKind.working_weekend, None, None, None, DayOpening(DAY, None, Shut.WORKING_WEEKEND)),
        (DayKind.working_weekend, None, SHORT, None, DayOpening(DAY, SHORT)),
        (DayKind.working_weekend, USUAL, SHORT, None, DayOpening(DAY, SHORT)),
        (DayKind.working_weekend, USUAL, None, None, DayOpening(DAY, USUAL)),
        (DayKind.working_day, USUAL, None, TRAINING,
         DayOpening(DAY, None, Shut.OWN, "老师培训")),
        (DayKind.holiday, USUAL, None, TRAINING, DayOpening(DAY, None, Shut.HOLIDAY)),
        (DayKind.working_day, USUAL, None, Closing(ClosureKind.EMERGENCY, "停水"),
         DayOpening(DAY, None, Shut.EMERGENCY, "停水")),
    ],
)  # fmt: skip
def test_opening_of_a_day(
    kind: DayKind,
    usual: TimeSpan | None,
    weekend: TimeSpan | None,
    closing: Closing | None,
    expected: DayOpening,
) -> None:
    assert day_opening(DAY, kind, usual, weekend, closing) == expected


def test_closures_run_over_a_weekend_as_one() -> None:
    days = [
        DayOpening(date(2026, 11, 27), None, Shut.OWN, "培训"),
        DayOpening(date(2026, 11, 28), None, Shut.WEEKLY),
        DayOpening(date(2026, 11, 29), None, Shut.WEEKLY),
        DayOpening(date(2026, 11, 30), None, Shut.OWN, "培训"),
        DayOpening(date(2026, 12, 1), USUAL),
        DayOpening(date(2026, 12, 2), None, Shut.OWN, "培训"),
        DayOpening(date(2026, 12, 3), None, Shut.EMERGENCY, "停水"),
    ]
    assert coming_closures(days) == [
        ShutDays(date(2026, 11, 27), date(2026, 11, 30), Shut.OWN, "培训"),
        ShutDays(date(2026, 12, 2), date(2026, 12, 2), Shut.OWN, "培训"),
        ShutDays(date(2026, 12, 3), date(2026, 12, 3), Shut.EMERGENCY, "停水"),
    ]


def test_a_degree_of_latitude_is_111_km() -> None:
    assert distance_m((29.0, 105.7), (30.0, 105.7)) == pytest.approx(111_195, abs=1)
    assert distance_m((29.7, 105.7), (29.7, 105.7)) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("29.707,105.721", (29.707, 105.721)),
        ("-12.5,-70", (-12.5, -70.0)),
        ("", None),
        (None, None),
        ("nan,nan", None),
        ("91,10", None),
        ("10,181", None),
        ("２9.7,105.7", None),
        ("29.7,105.7\n", None),
        ("29.7;105.7", None),
    ],
)
def test_position_from_a_cookie(text: str | None, expected: tuple[float, float] | None) -> None:
    assert near_from_text(text) == expected


@pytest.mark.parametrize("word", ["金星", "jxty", "jinxing", "棠香", "txjd", "托管", "北街1号"])
def test_search_text_holds_what_people_type(word: str) -> None:
    text = search_text("金星托育中心", FacilityKind.NURSERY, ["大足区", "棠香街道"], "北街 1 号")
    assert word in text


def test_search_text_of_a_canteen_knows_the_other_names() -> None:
    text = search_text("宏声社区食堂", FacilityKind.CANTEEN, [])
    known = ["老年食堂", "饭堂", "助老食堂", "长者饭堂", "助餐点", "长者食堂"]
    assert [word for word in known if word not in text] == []


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("  金星 JXTY ", ["金星", "jxty"]),
        ("ＪＸ", ["jx"]),
        ("", []),
        ("a\x00b", ["a", "b"]),
        ("金" * 10_000, ["金" * 40]),
        ("一 二 三 四 五 六 七", ["一", "二", "三", "四", "五"]),
    ],
)
def test_keys_of_a_query(query: str, keys: list[str]) -> None:
    assert search_keys(query) == keys
