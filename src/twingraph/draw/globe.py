"""The globe on paper: coasts, great circles, and the Equal Earth projection.

B. Šavrič, T. Patterson, B. Jenny: The Equal Earth map projection, International Journal of
Geographical Information Science 33 (2019), pp. 454-465.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Point = tuple[float, float]  # longitude, latitude in degrees; or x, y with y downwards
    Projection = Callable[[Point], Point]

_COASTS: Final = Path(__file__).parent / "outline" / "land.json"
MIDDLE: Final = 11.0  # the meridian in the middle: its opposite cuts the least land
_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
_ROOT: Final = math.sqrt(3) / 2
_STEP: Final = 2.0  # degrees between the points of a great circle
_CUT: Final = 180.0


def equal_earth(point: Point) -> Point:
    """A place on a map of the world; areas keep their proportions.

    >>> [round(value, 3) for value in equal_earth((MIDDLE, 0))]
    [0.0, -0.0]
    """
    long = math.radians(turn(point[0]))
    angle = math.asin(_ROOT * math.sin(math.radians(point[1])))
    squared = angle * angle
    sixth = squared**3
    a1, a2, a3, a4 = _A
    slope = a1 + 3 * a2 * squared + sixth * (7 * a3 + 9 * a4 * squared)
    x = long * math.cos(angle) / (_ROOT * slope)
    return x, -angle * (a1 + a2 * squared + sixth * (a3 + a4 * squared))


def mercator(point: Point) -> Point:
    """A place on a map of a region; shapes keep their proportions."""
    latitude = math.radians(min(max(point[1], -85.0), 85.0))
    return math.radians(turn(point[0])), -math.asinh(math.tan(latitude))


def turn(long: float) -> float:
    """The degrees east of the middle, from -180 to 180."""
    return (long - MIDDLE + _CUT) % 360 - _CUT


@cache
def read_coasts() -> tuple[tuple[Point, ...], ...]:
    """The rings of the land, each of longitudes and latitudes (outline/README.md)."""
    content = json.loads(_COASTS.read_text(encoding="utf-8"))
    unit = content["unit"]
    rings = []
    for steps in content["rings"]:
        x = y = 0
        ring = []
        for step_x, step_y in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + step_x, y + step_y
            ring.append((x * unit, y * unit))
        rings.append(tuple(ring))
    return tuple(rings)


def project_ring(ring: Sequence[Point], projection: Projection) -> list[Point]:
    """A ring of the coasts on the map; one that the map's edge cuts stays where most of it is."""
    turned = [turn(long) for long, _ in ring]
    middle = sum(turned) / len(turned)
    edge = math.copysign(_CUT - 1e-6, middle)
    found = []
    for (_, latitude), east in zip(ring, turned, strict=True):
        kept = edge if abs(east - middle) > _CUT else east
        found.append(projection((kept + MIDDLE, latitude)))
    return found


def great_circle(one: Point, other: Point) -> list[list[Point]]:
    """The shortest line between two places, in one piece or, where the map's edge cuts it, two.

    >>> [len(piece) for piece in great_circle((8.7, 49.4), (3.9, 43.6))]
    [5]
    >>> len(great_circle((140, 36), (-118, 34)))
    2
    """
    start, end = _vector(one), _vector(other)
    angle = math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(start, end, strict=True)))))
    number = max(2, math.ceil(math.degrees(angle) / _STEP))
    pieces: list[list[Point]] = [[]]
    for index in range(number + 1):
        point = _between(start, end, angle, index / number)
        if pieces[-1] and abs(turn(point[0]) - turn(pieces[-1][-1][0])) > _CUT:
            pieces.append([])
        pieces[-1].append(point)
    return pieces


def _vector(point: Point) -> tuple[float, float, float]:
    long, latitude = math.radians(point[0]), math.radians(point[1])
    across = math.cos(latitude)
    return across * math.cos(long), across * math.sin(long), math.sin(latitude)


def _between(start: tuple[float, ...], end: tuple[float, ...], angle: float, share: float) -> Point:
    """The point that is so far on the way (https://en.wikipedia.org/wiki/Slerp)."""
    whole = math.sin(angle)
    if whole < 1e-9:  # noqa: PLR2004 - the two are one, or opposite
        first, second = 1 - share, share
    else:
        first, second = math.sin((1 - share) * angle) / whole, math.sin(share * angle) / whole
    x, y, z = (first * a + second * b for a, b in zip(start, end, strict=True))
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))
