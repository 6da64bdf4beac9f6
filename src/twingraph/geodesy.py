"""Distances on the globe."""

from __future__ import annotations

import math
from typing import Final

_EARTH: Final = 6371.0  # kilometres


def distance(lat: float, long: float, other_lat: float, other_long: float) -> float:
    """The kilometres between two places on a sphere (haversine).

    >>> round(distance(49.41, 8.69, 49.49, 8.47))
    18
    """
    here, there = math.radians(lat), math.radians(other_lat)
    across = math.sin(math.radians(other_long - long) / 2) ** 2
    along = math.sin((there - here) / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(along + math.cos(here) * math.cos(there) * across))
