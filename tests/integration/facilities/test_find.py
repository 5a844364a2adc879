"""Finding facilities, and what of them the public may see."""

import pytest
from sqlalchemy.orm import Session

from tests.integration.facilities.making import MONDAY, a_code, now, register
from ylyx_site.facilities import errors, queries, service
from ylyx_site.facilities.kinds import FacilityKind, Filing, Nature
from ylyx_site.facilities.queries import Page
from ylyx_site.facilities.service import DivisionWish, NewFacility
from ylyx_site.shared.refusals import NotFound

NURSERY, CANTEEN = FacilityKind.NURSERY, FacilityKind.CANTEEN
LONGSHUI = ("500111100", "龙水镇")


def names(page: Page) -> list[str]:
    return [row.name for row in page.rows]


def a_district(session: Session) -> dict[str, int]:
    """Four nurseries, one of them suspended, and a canteen."""
    return {
        "jinxing": register(session, "金星托育中心", number=1, at=(29.70, 105.70)),
        "beijie": register(session, "北街幼儿园", number=2, nature=Nature.KINDERGARTEN),
        "longshui": register(
            session, "Sunny小太阳", number=3, filing=Filing.IN_FILING, town=LONGSHUI,
            at=(29.71, 105.70),
        ),
        "gone": register(session, "金星旧园", number=4, filing=Filing.SUSPENDED),
        "canteen": register(session, "宏声社区服务站", number=5, kind=CANTEEN),
    }  # fmt: skip


def test_list_is_by_town_then_name_without_the_suspended(session: Session) -> None:
    a_district(session)
    page = queries.find(session, NURSERY, today=MONDAY)
    assert names(page) == ["北街幼儿园", "金星托育中心", "Sunny小太阳"]
    assert page.total == 3
    assert [row.town for row in page.rows] == ["棠香街道", "棠香街道", "龙水镇"]
    assert [row.is_booked_online for row in page.rows] == [True, True, False]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("金星", ["金星托育中心"]),
        ("jxty", ["金星托育中心"]),
        ("JXTY", ["金星托育中心"]),
        ("jinxing", ["金星托育中心"]),
        ("ＳＵＮＮＹ", ["Sunny小太阳"]),
        ("龙水", ["Sunny小太阳"]),
        ("lsz", ["Sunny小太阳"]),
        ("龙水 太阳", ["Sunny小太阳"]),
        ("龙水 金星", []),
        ("没有这一家", []),
        ("%", []),
        ("_", []),
        ("'", []),
        ("\\", []),
        ("'; DROP TABLE facility; --", []),
        ("饭堂", []),
    ],
)
def test_search(session: Session, q: str, expected: list[str]) -> None:
    a_district(session)
    assert names(queries.find(session, NURSERY, today=MONDAY, q=q)) == expected


@pytest.mark.parametrize("q", ["托管", "托儿所", "幼托", "宝宝屋", "一老一小"])
def test_other_names_of_a_nursery_find_all_of_them(session: Session, q: str) -> None:
    a_district(session)
    assert queries.find(session, NURSERY, today=MONDAY, q=q).total == 3


@pytest.mark.parametrize("q", ["老年食堂", "饭堂", "助老食堂", "长者饭堂", "助餐点", "长者食堂"])
def test_other_names_of_a_canteen_find_it(session: Session, q: str) -> None:
    a_district(session)
    assert names(queries.find(session, CANTEEN, today=MONDAY, q=q)) == ["宏声社区服务站"]


def test_town_and_district_narrow_the_list(session: Session) -> None:
    a_district(session)

    def found(code: str) -> list[str]:
        return names(queries.find(session, NURSERY, today=MONDAY, division_code=code))

    assert found("500111100") == ["Sunny小太阳"]
    assert len(found("500111")) == 3
    assert found("500112") == []


def test_nearest_first_and_those_without_a_position_last(session: Session) -> None:
    a_district(session)
    page = queries.find(session, NURSERY, today=MONDAY, near=(29.711, 105.70))
    assert names(page) == ["Sunny小太阳", "金星托育中心", "北街幼儿园"]
    assert [row.away_m for row in page.rows] == [111, 1223, None]


@pytest.mark.parametrize("near", [None, (29.7, 105.7)])
def test_pages_hold_everything_once(session: Session, near: tuple[float, float] | None) -> None:
    made = {register(session, f"托育{n}", number=n, at=(29.7, 105.7)) for n in range(7)}
    pages = [
        queries.find(session, NURSERY, today=MONDAY, near=near, page=n, size=3) for n in (1, 2, 3)
    ]
    assert [len(page.rows) for page in pages] == [3, 3, 1]
    assert {row.id for page in pages for row in page.rows} == made
    assert [(page.total, page.has_next) for page in pages] == [(7, True), (7, True), (7, False)]
    assert queries.find(session, NURSERY, today=MONDAY, near=near, page=9, size=3).rows == ()


def test_row_tells_the_registered_places_of_the_day(session: Session) -> None:
    nursery = register(session)
    assert [row.places for row in queries.find(session, NURSERY, today=MONDAY).rows] == [None]
    service.set_registered_places(session, nursery, 49, MONDAY, actor_id=None, now=now())
    assert [row.places for row in queries.find(session, NURSERY, today=MONDAY).rows] == [49]


def test_suspended_facility_does_not_exist_for_the_public(session: Session) -> None:
    made = a_district(session)
    with pytest.raises(NotFound):
        queries.public_facility(session, made["gone"])
    assert queries.facility_of(session, made["gone"]).name == "金星旧园"
    assert queries.public_facility(session, made["longshui"]).town == "龙水镇"
    with pytest.raises(NotFound):
        queries.facility_of(session, 10**9)


def test_renamed_town_is_found_by_its_new_name(session: Session) -> None:
    a_district(session)
    service.set_division(session, DivisionWish("500111100", "龙水新镇"), actor_id=None, now=now())
    assert names(queries.find(session, NURSERY, today=MONDAY, q="龙水新镇")) == ["Sunny小太阳"]
    assert [town.name for town in queries.divisions(session)] == ["棠香街道", "龙水新镇"]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"division_code": "500999"}, errors.UnknownDivision),
        ({"nature": Nature.STATION}, errors.NatureDoesNotFit),
        ({"name": "园"}, errors.NameMissing),
        ({"address": ""}, errors.AddressMissing),
        ({"about": "长" * 401}, errors.AboutTooLong),
        ({"latitude": 29.7}, errors.PositionOutside),
        ({"latitude": 91.0, "longitude": 105.0}, errors.PositionOutside),
        ({"credit_code": a_code(1)}, errors.CreditCodeTaken),
    ],
)
def test_facility_that_cannot_be_is_not_registered(
    session: Session, changed: dict[str, object], refusal: type[Exception]
) -> None:
    register(session, number=1)
    facts: dict[str, object] = {
        "kind": NURSERY, "nature": Nature.CENTRE, "name": "另一家托育",
        "credit_code": a_code(9), "filing": Filing.FILED, "division_code": "500111001",
        "address": "南街 1 号", "telephone": "13800000001",
    }  # fmt: skip
    with pytest.raises(refusal):
        service.register_facility(
            session,
            NewFacility(**(facts | changed)),
            actor_id=None,
            now=now(),  # type: ignore[arg-type]
        )
