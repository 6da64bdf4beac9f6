"""Outlines on paper: cut to what is seen, and without the points that no eye tells apart."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


def clip(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a polygon in a box, by Sutherland and Hodgman: cut at one edge after another.

    I. E. Sutherland, G. W. Hodgman: Reentrant polygon clipping, Communications of the ACM 17
    (1974), pp. 32-42.

    >>> clip([(-2, 1), (2, 1), (2, 3), (-2, 3)], (0, 0, 9, 9))
    [(0.0, 1.0), (2, 1), (2, 3), (0.0, 3.0)]
    """
    left, top, right, bottom = box
    found = list(ring)
    for axis, edge, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        found = _cut(found, lambda p, a=axis, e=edge, s=sign: s * (p[a] - e))  # type: ignore[misc]
    return found


def _cut(ring: list[Point], depth: Callable[[Point], float]) -> list[Point]:
    """What is at a depth of no less than 0."""
    found: list[Point] = []
    if not ring:
        return found
    last, last_depth = ring[-1], depth(ring[-1])
    for point in ring:
        here = depth(point)
        if (here < 0) != (last_depth < 0):
            share = last_depth / (last_depth - here)
            x, y = (a + share * (b - a) for a, b in zip(last, point, strict=True))
            found.append((x, y))
        if here >= 0:
            found.append(point)
        last, last_depth = point, here
    return found


def simplify(points: Sequence[Point], tolerance: float) -> list[Point]:
    """The line without points that are no farther than `tolerance` from it, by Douglas and Peucker.

    D. H. Douglas, T. K. Peucker: Algorithms for the reduction of the number of points required to
    represent a digitized line, Cartographica 10 (1973), pp. 112-122.

    >>> simplify([(0, 0), (1, 0.1), (2, 0), (2, 5)], 0.5)
    [(0, 0), (2, 0), (2, 5)]
    """
    if not points:
        return []
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        (x, y), (u, v) = points[first], points[last]
        across, down = u - x, v - y
        length = hypot(across, down)
        farthest, most = 0, tolerance
        for index in range(first + 1, last):
            a, b = points[index][0] - x, points[index][1] - y
            away = abs(a * down - b * across) / length if length else hypot(a, b)
            if away > most:
                farthest, most = index, away
        if farthest:
            kept.add(farthest)
            spans += ((first, farthest), (farthest, last))
    return [points[index] for index in sorted(kept)]
