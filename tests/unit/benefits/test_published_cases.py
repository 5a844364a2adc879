"""Cases that cities published, out of their rules as data files [DOMAIN, section 5]."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.benefits.making import LUNCH, after, pay, reasons, rules_in
from ylyx_site.benefits.kinds import Payer, Service
from ylyx_site.benefits.rules import Situation, quote
from ylyx_site.benefits.rules import reasons as why
from ylyx_site.facilities.kinds import CareKind, Meal, Serving
from ylyx_site.families.kinds import Group

ZHUHAI = rules_in("zhuhai-gaoxin-2024")
IN_ZHUHAI = replace(LUNCH, place="440402008")
BEIJING = rules_in("beijing-2022")
IN_BEIJING = replace(LUNCH, place="110105001", groups=frozenset({Group.BASIC_CARE}))
ZHENGGUO = rules_in("zhengguo-2020")
AT_HOME = replace(LUNCH, hukou="440118103001", residence="440118103001", place="440118103")
PUTUO = rules_in("shanghai-putuo-2025")
IN_PUTUO = replace(LUNCH, hukou="310101", residence="310107005", place="310107", price_fen=2000)
BAOBAOWU = rules_in("shanghai-baobaowu-2024")
AN_HOUR = Situation(
    Service.CHILDCARE, LUNCH.day, age_years=1, price_fen=2500, person_id=8, place="310104",
    care=CareKind.HOURLY,
)  # fmt: skip


@pytest.mark.parametrize(
    ("price_fen", "pays_fen"), [(1200, 600), (1000, 400), (999, 999), (990, 990), (0, 0)]
)
def test_zhuhai_city_and_district_pay_three_each_from_ten_yuan(
    price_fen: int, pays_fen: int
) -> None:
    assert pay(ZHUHAI, replace(IN_ZHUHAI, price_fen=price_fen)) == pays_fen


def test_zhuhai_shows_who_pays_line_by_line() -> None:
    lines = [(line.payer, line.fen) for line in quote(ZHUHAI, IN_ZHUHAI).lines]
    assert lines == [(Payer.CITY, 300), (Payer.DISTRICT, 300)]


def test_zhuhai_never_counts_the_delivery_fee_towards_the_ten_yuan() -> None:
    delivered = replace(IN_ZHUHAI, price_fen=990, fee_fen=200, serving=Serving.DELIVERY)
    assert pay(ZHUHAI, delivered) == 1190
    assert pay(ZHUHAI, replace(delivered, price_fen=1200)) == 800


def test_zhuhai_pays_once_a_day() -> None:
    lunch = quote(ZHUHAI, IN_ZHUHAI)
    dinner = after(ZHUHAI, replace(IN_ZHUHAI, meal=Meal.DINNER), lunch)
    assert pay(ZHUHAI, dinner) == 1200
    assert set(reasons(ZHUHAI, dinner).values()) == {"每天 %(num)d 次，这一天已经享受过了。"}
    assert pay(ZHUHAI, replace(dinner, day=date(2026, 11, 25))) == 600


def test_zhuhai_pays_for_nobody_under_sixty() -> None:
    assert pay(ZHUHAI, replace(IN_ZHUHAI, age_years=59)) == 1200
    assert pay(ZHUHAI, replace(IN_ZHUHAI, age_years=60)) == 600


@pytest.mark.parametrize(
    ("price_fen", "pays_fen"), [(1800, 1300), (501, 1), (500, 500), (400, 400)]
)
def test_beijing_pays_five_only_when_the_price_exceeds_it(price_fen: int, pays_fen: int) -> None:
    assert pay(BEIJING, replace(IN_BEIJING, price_fen=price_fen)) == pays_fen


def test_beijing_pays_for_one_meal_a_day() -> None:
    situation = replace(IN_BEIJING, price_fen=1800)
    dinner = replace(situation, meal=Meal.DINNER)
    assert pay(BEIJING, dinner) == 1300
    assert pay(BEIJING, after(BEIJING, dinner, quote(BEIJING, situation))) == 1800


def test_beijing_pays_for_lunch_and_dinner_only_and_for_those_it_names() -> None:
    assert reasons(BEIJING, replace(IN_BEIJING, meal=Meal.BREAKFAST)) == {"beijing-2022": why.MEALS}
    assert reasons(BEIJING, replace(IN_BEIJING, groups=frozenset())) == {"beijing-2022": why.GROUPS}


@pytest.mark.parametrize(
    ("age", "groups", "benefit"),
    [
        (66, {Group.MINIMUM_LIVING}, 1100),
        (85, {Group.LOW_INCOME}, 1100),
        (80, set[Group](), 900),
        (79, set[Group](), 700),
        (60, {Group.LIVING_ALONE}, 700),
        (59, {Group.MINIMUM_LIVING}, 0),
    ],
)
def test_zhengguo_town_pays_by_type(age: int, groups: set[Group], benefit: int) -> None:
    situation = replace(AT_HOME, age_years=age, groups=frozenset(groups))
    assert quote(ZHENGGUO, situation).benefit_fen == benefit


@pytest.mark.parametrize(
    ("place", "pays_fen"),
    [("440118103001", 300), ("440118100", 600), ("440106001", 900), ("441900", 1200)],
)
def test_zhengguo_someone_of_eighty_pays_by_where_the_meal_is(place: str, pays_fen: int) -> None:
    assert pay(ZHENGGUO, replace(AT_HOME, age_years=82, place=place)) == pays_fen


@pytest.mark.parametrize(
    ("home", "pays_fen"),
    [("440118103", 300), ("440118100", 600), ("440106001", 900), ("500111", 1200), (None, 1200)],
)
def test_zhengguo_a_guest_of_eighty_pays_by_where_home_is(home: str | None, pays_fen: int) -> None:
    assert pay(ZHENGGUO, replace(AT_HOME, age_years=82, hukou=home, residence=home)) == pays_fen


@pytest.mark.parametrize(
    ("age", "pays_fen"), [(82, 1400), (80, 1400), (79, 1600), (60, 1600), (59, 2000)]
)
def test_putuo_discounts_first_and_then_pays_for_dining_in(age: int, pays_fen: int) -> None:
    assert pay(PUTUO, replace(IN_PUTUO, age_years=age)) == pays_fen


def test_putuo_shows_twenty_seventeen_fourteen() -> None:
    lines = quote(PUTUO, replace(IN_PUTUO, age_years=82)).lines
    assert [line.fen for line in lines] == [300, 300]


def test_putuo_gives_the_second_part_for_dining_in_for_hukou_once_a_day_from_fifteen() -> None:
    situation = replace(IN_PUTUO, age_years=82)
    assert pay(PUTUO, replace(situation, serving=Serving.PICK_UP)) == 1700
    assert pay(PUTUO, replace(situation, hukou="330106")) == 1700
    assert pay(PUTUO, replace(situation, hukou=None)) == 1700
    assert pay(PUTUO, after(PUTUO, situation, quote(PUTUO, situation))) == 1700
    assert pay(PUTUO, replace(situation, price_fen=1764)) == 1764 - 265  # 14.99 is left
    assert pay(PUTUO, replace(situation, price_fen=1765)) == 1765 - 265 - 300  # 15.00 is left


def test_putuo_discounts_for_its_residents_only() -> None:
    elsewhere = replace(IN_PUTUO, age_years=82, residence="310101")
    assert pay(PUTUO, elsewhere) == 1700


def test_baobaowu_twelve_hours_are_free_and_the_thirteenth_is_paid() -> None:
    situation, paid = AN_HOUR, []
    for _ in range(13):
        made = quote(BAOBAOWU, situation)
        paid.append(made.pay_fen)
        situation = after(BAOBAOWU, situation, made)
    assert paid == [0] * 12 + [2500]
    assert pay(BAOBAOWU, replace(situation, day=date(2027, 1, 1))) == 0
    assert pay(BAOBAOWU, replace(situation, person_id=9)) == 0


def test_baobaowu_is_for_hourly_care() -> None:
    assert pay(BAOBAOWU, replace(AN_HOUR, care=CareKind.HALF_DAY)) == 2500


def test_cities_do_not_mix() -> None:
    every = [*ZHUHAI, *BEIJING, *ZHENGGUO, *PUTUO, *BAOBAOWU, *rules_in("dazu-demo")]
    assert pay(every, IN_ZHUHAI) == 600
    assert pay(every, replace(IN_BEIJING, price_fen=1800)) == 1300
    assert pay(every, replace(IN_PUTUO, age_years=82)) == 1400
