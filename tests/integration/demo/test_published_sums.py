"""The demo district adds up to the published figures of 大足区, exactly."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from ylyx_site.demo import service
from ylyx_site.facilities.kinds import FacilityKind, Filing, Nature
from ylyx_site.facilities.models import Facility, Opening, RegisteredPlaces
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.identifiers import credit_code

pytestmark = pytest.mark.slow
KINDERGARTEN = Facility.nature == Nature.KINDERGARTEN


@pytest.fixture
def district(app: Flask) -> Session:
    with transaction() as session:
        service.fill(session, now=clock.now())
    return session


def sums(session: Session, *wanted: sa.ColumnElement[bool]) -> tuple[int, int, int]:
    """How many nurseries, their places and their children."""
    row = session.execute(
        sa.select(
            sa.func.count(),
            sa.func.sum(RegisteredPlaces.places),
            sa.func.sum(Facility.enrolled_reported),
        )
        .join(RegisteredPlaces, RegisteredPlaces.facility_id == Facility.id)
        .where(Facility.kind == FacilityKind.NURSERY, *wanted)
    ).one()
    return row[0], row[1], row[2]


def test_sums_equal_the_published_figures(district: Session) -> None:
    assert sums(district) == (48, 1727, 1234)
    assert sums(district, KINDERGARTEN) == (33, 891, 873)
    assert sums(district, ~KINDERGARTEN) == (15, 836, 361)
    assert sums(district, ~KINDERGARTEN, Facility.filing == Filing.FILED)[:2] == (11, 641)
    assert sums(district, Facility.filing == Filing.IN_FILING)[:2] == (4, 195)
    assert sums(district, Facility.name == "金星托育中心")[:2] == (1, 49)


def test_use_is_the_published_share(district: Session) -> None:
    _, places, children = sums(district)
    share = Decimal(children * 100) / places
    assert share.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("71.45")


def test_a_quarter_of_the_stations_run_a_canteen(district: Session) -> None:
    stations = sa.select(Facility.id).where(Facility.kind == FacilityKind.CANTEEN)
    assert len(district.scalars(stations).all()) == 100
    with_hours = sa.select(sa.func.count(sa.distinct(Opening.facility_id))).where(
        Opening.facility_id.in_(stations)
    )
    assert district.scalar(with_hours) == 24


def test_facilities_are_valid_and_say_that_they_are_examples(district: Session) -> None:
    facilities = list(district.scalars(sa.select(Facility)))
    codes = [one.credit_code for one in facilities]
    assert [credit_code(code) for code in codes] == codes
    assert len(set(codes)) == len(facilities) == 148
    assert {one.about[:4] for one in facilities} == {"示例数据"}
    assert {one.telephone[:6] for one in facilities} == {"023437"}
    assert len({one.telephone for one in facilities}) == 148
    assert len({one.name for one in facilities}) == 148
