"""The demo district adds up to the published figures of 大足区, exactly."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
import sqlalchemy as sa
from flask import Flask

from ylyx_site.facilities.kinds import FacilityKind, Filing, Nature
from ylyx_site.facilities.models import Division, Facility, Opening, RegisteredPlaces
from ylyx_site.meals.models import CanteenTerms
from ylyx_site.shared.db import db
from ylyx_site.shared.identifiers import credit_code

pytestmark = pytest.mark.slow
KINDERGARTEN = Facility.nature == Nature.KINDERGARTEN


def sums(*wanted: sa.ColumnElement[bool]) -> tuple[int, int, int]:
    """How many nurseries, their places and their children."""
    row = db.session.execute(
        sa.select(
            sa.func.count(),
            sa.func.sum(RegisteredPlaces.places),
            sa.func.sum(Facility.enrolled_reported),
        )
        .join(RegisteredPlaces, RegisteredPlaces.facility_id == Facility.id)
        .where(Facility.kind == FacilityKind.NURSERY, *wanted)
    ).one()
    return row[0], row[1], row[2]


def test_sums_equal_the_published_figures(district: Flask) -> None:
    assert sums() == (48, 1727, 1234)
    assert sums(KINDERGARTEN) == (33, 891, 873)
    assert sums(~KINDERGARTEN) == (15, 836, 361)
    assert sums(~KINDERGARTEN, Facility.filing == Filing.FILED)[:2] == (11, 641)
    assert sums(KINDERGARTEN, Facility.filing == Filing.FILED)[0] == 33
    assert sums(Facility.filing == Filing.IN_FILING)[:2] == (4, 195)
    assert sums(Facility.name == "金星托育中心")[:2] == (1, 49)


def test_use_is_the_published_share(district: Flask) -> None:
    _, places, children = sums()
    share = Decimal(children * 100) / places
    assert share.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("71.45")


def test_the_centre_that_is_named_is_as_published(district: Flask) -> None:
    centre = db.session.execute(
        sa.select(Division.name, Facility.about)
        .join(Division, Division.code == Facility.division_code)
        .where(Facility.name == "金星托育中心")
    ).one()
    assert centre.name == "棠香街道"
    assert centre.about == ("示例数据。建筑面积 1,846 平方米，按月龄分班，有午睡室和户外活动场地。")


def test_a_hundred_stations_of_which_24_run_a_canteen(district: Flask) -> None:
    stations = sa.select(Facility.id).where(
        Facility.kind == FacilityKind.CANTEEN, Facility.nature == Nature.STATION
    )
    open_ones = set(
        db.session.scalars(
            sa.select(Opening.facility_id).where(Opening.facility_id.in_(stations)).distinct()
        )
    )
    open_ones -= set(
        db.session.scalars(
            sa.select(CanteenTerms.facility_id).where(CanteenTerms.supplied_by.is_not(None))
        )
    )  # meal points, to which a canteen brings lunch
    named = stations.where(Facility.name.endswith("老年食堂"))
    assert len(db.session.scalars(stations).all()) == 100
    assert set(db.session.scalars(named)) == open_ones
    assert len(open_ones) == 24


def test_district_has_its_27_towns(district: Flask) -> None:
    names = list(
        db.session.scalars(sa.select(Division.name).where(sa.func.length(Division.code) == 9))
    )
    assert len(set(names)) == len(names) == 27
    assert sum(name.endswith("街道") for name in names) == 6
    assert sum(name.endswith("镇") for name in names) == 21


def test_facilities_have_valid_codes_and_say_that_they_are_examples(district: Flask) -> None:
    facilities = list(db.session.scalars(sa.select(Facility)))
    codes = [one.credit_code for one in facilities]
    assert [credit_code(code) for code in codes] == codes
    assert {code[8:11] for code in codes} == {"DEM"}
    assert len(facilities) == 148
    assert len(set(codes)) == 148
    assert len({one.name for one in facilities}) == 148
    assert len({one.telephone for one in facilities}) == 148
    assert {one.telephone[:6] for one in facilities} == {"023437"}
    assert {one.about[:4] for one in facilities} == {"示例数据"}
