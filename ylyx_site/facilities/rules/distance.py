"""How far away: great-circle metres between two points, and a position as a browser tells it."""

import math
import re

Position = tuple[float, float]  # latitude, longitude in degrees

_RADIUS_M = 6_371_000
_POSITION = re.compile(r"(-?\d{1,2}(?:\.\d{1,8})?),(-?\d{1,3}(?:\.\d{1,8})?)", re.ASCII)


def near_from_text(text: str | None) -> Position | None:
    """Read `29.707,105.721`; None for anything that is not a point on the earth."""
    match = _POSITION.fullmatch(text or "")
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    return (latitude, longitude) if is_on_earth(latitude, longitude) else None


def is_on_earth(latitude: float, longitude: float) -> bool:
    """Whether there is such a point."""
    return abs(latitude) <= 90 and abs(longitude) <= 180


def distance_m(one: Position, other: Position) -> int:
    """Return the metres between two points, as the crow flies (haversine), rounded."""
    (lat1, lon1), (lat2, lon2) = (map(math.radians, point) for point in (one, other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return round(2 * _RADIUS_M * math.asin(min(1.0, math.sqrt(half))))
