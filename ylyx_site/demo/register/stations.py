"""Divisions and the stations for older people."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ylyx_site.demo.register.hours import SATURDAY, WORKDAYS, opening_row, since
from ylyx_site.demo.rows import insert_numbered, insert_rows
from ylyx_site.demo.rules import credit_code
from ylyx_site.demo.tables import DISTRICT, DISTRICT_NAME, Station, stations, towns
from ylyx_site.facilities.kinds import FacilityKind, Filing, Nature
from ylyx_site.facilities.models import Division, Facility, Opening
from ylyx_site.facilities.rules import search_text

OPENS, CLOSES = 390, 1110


def enter_divisions(session: Session) -> dict[str, str]:
    """Enter district, towns and communities; return their names by code."""
    places = {one.code: (one.name, one.latitude, one.longitude) for one in towns()}
    places[DISTRICT] = (DISTRICT_NAME, *places["500111001"][1:])
    places |= {one.code: (one.community, one.latitude, one.longitude) for one in stations()}
    rows = [
        {"code": code, "name": name, "latitude": latitude, "longitude": longitude}
        for code, (name, latitude, longitude) in sorted(places.items())
    ]
    insert_rows(session, Division, rows)
    return {code: name for code, (name, _, _) in places.items()}


def enter_stations(session: Session, divisions: dict[str, str], *, now: datetime) -> dict[str, int]:
    """Enter the 100 stations; the 24 with a canteen have hours. Return their ids by name."""
    rows = [_station_row(n, one, divisions, now=now) for n, one in enumerate(stations(), 1)]
    ids = insert_numbered(session, Facility, rows)
    insert_rows(session, Opening, [
        opening_row(facility_id, weekday, since(now), OPENS, CLOSES)
        for facility_id, one in zip(ids, stations(), strict=True)
        if one.has_canteen
        for weekday in (*WORKDAYS, SATURDAY)
    ])  # fmt: skip
    return {row["name"]: facility_id for row, facility_id in zip(rows, ids, strict=True)}


def _station_row(
    number: int, one: Station, divisions: dict[str, str], *, now: datetime
) -> dict[str, Any]:
    canteen = f"设老年食堂，{one.seats} 个座位，可堂食、自取和送餐。"
    names = (DISTRICT_NAME, divisions[one.code[:9]], one.community)
    return {
        "kind": FacilityKind.CANTEEN,
        "nature": Nature.STATION,
        "name": one.name,
        "credit_code": credit_code(1000 + number, public=False),
        "filing": Filing.FILED,
        "filing_number": f"500111老{number:04d}",
        "division_code": one.code,
        "address": one.address,
        "latitude": one.latitude,
        "longitude": one.longitude,
        "telephone": f"0234372{number:04d}",
        "inclusive": False,
        "about": "示例数据。" + (canteen if one.has_canteen else "不设食堂，提供居家养老服务。"),
        "search_text": search_text(one.name, FacilityKind.CANTEEN, names, one.address),
        "created_at": now,
    }
