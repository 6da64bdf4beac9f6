"""Places for the nodes of a network: linked ones near each other, all apart, labels free."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Place = tuple[float, float]
    Links = Mapping[tuple[int, int], float]  # two nodes -> how strongly they are linked, to 1

_TURNS: Final = 400
_GOLDEN: Final = math.pi * (3 - math.sqrt(5))
_GRAVITY: Final = 1.3
_FIRST_STEP: Final = 0.12
_PASSES: Final = 300
_TOUCHING: Final = 1e-6


def place_nodes(number: int, links: Links) -> list[Place]:
    """A place from 0, 0 to 1, 1 for each node, by the forces of Fruchterman and Reingold.

    Nodes begin on a spiral, not at random: the same network is always drawn alike. T. Fruchterman,
    E. Reingold: Graph drawing by force-directed placement, Software 21 (1991), pp. 1129-1164.

    >>> (a, b, c) = place_nodes(3, {(0, 1): 1.0})
    >>> math.dist(a, b) < math.dist(a, c)
    True
    """
    places = [
        (math.sqrt(i + 0.5) * math.cos(i * _GOLDEN), math.sqrt(i + 0.5) * math.sin(i * _GOLDEN))
        for i in range(number)
    ]
    spread = math.sqrt(max(number, 1))
    places = [(x / spread, y / spread) for x, y in places]
    ideal = 1.3 / spread
    for turn in range(_TURNS):
        step = _FIRST_STEP * (1 - turn / _TURNS)
        places = _move(places, _forces(places, links, ideal), step)
    return _fill_square(places)


def _forces(places: Sequence[Place], links: Links, ideal: float) -> list[list[float]]:
    forces = [[-x * _GRAVITY, -y * _GRAVITY] for x, y in places]
    for i, (x, y) in enumerate(places):
        for j in range(i):
            away_x, away_y = x - places[j][0], y - places[j][1]
            apart = max(math.hypot(away_x, away_y), 1e-6)
            push = ideal**2 / apart**2
            forces[i][0] += away_x * push
            forces[i][1] += away_y * push
            forces[j][0] -= away_x * push
            forces[j][1] -= away_y * push
    for (i, j), weight in links.items():
        to_x, to_y = places[j][0] - places[i][0], places[j][1] - places[i][1]
        pull = math.hypot(to_x, to_y) / ideal * (0.4 + weight)
        forces[i][0] += to_x * pull
        forces[i][1] += to_y * pull
        forces[j][0] -= to_x * pull
        forces[j][1] -= to_y * pull
    return forces


def _move(places: Sequence[Place], forces: Sequence[Sequence[float]], step: float) -> list[Place]:
    moved = []
    for (x, y), (to_x, to_y) in zip(places, forces, strict=True):
        length = math.hypot(to_x, to_y)
        share = min(length, step) / length if length else 0
        moved.append((x + to_x * share, y + to_y * share))
    return moved


def _fill_square(places: Sequence[Place]) -> list[Place]:
    xs, ys = [x for x, _ in places], [y for _, y in places]
    left, top = min(xs, default=0), min(ys, default=0)
    width, height = max(xs, default=0) - left or 1, max(ys, default=0) - top or 1
    return [((x - left) / width, (y - top) / height) for x, y in places]


def part_boxes(middles: Sequence[Place], sizes: Sequence[Place], bounds: Place) -> list[Place]:
    """The middles of boxes, moved until no box overlaps another, as far as there is room.

    A box stays within `bounds` (width, height); it is moved the shorter way.

    >>> part_boxes([(50, 50), (52, 50)], [(10, 4), (10, 4)], (100, 100))
    [(50, 48.0), (52, 52.0)]
    """
    found = list(middles)
    for _ in range(_PASSES):
        is_moved = False
        for i in range(len(found)):
            for j in range(i):
                if (by := _overlap(found[i], sizes[i], found[j], sizes[j])) is not None:
                    is_moved = True
                    found[i] = (found[i][0] + by[0], found[i][1] + by[1])
                    found[j] = (found[j][0] - by[0], found[j][1] - by[1])
            (x, y), (width, height) = found[i], sizes[i]
            found[i] = (
                min(max(x, width / 2), bounds[0] - width / 2),
                min(max(y, height / 2), bounds[1] - height / 2),
            )
        if not is_moved:
            break
    return found


def _overlap(one: Place, size: Place, other: Place, other_size: Place) -> Place | None:
    """Half the way by which the first box leaves the second, or None where they are apart."""
    x, y = one[0] - other[0], one[1] - other[1]
    over_x = (size[0] + other_size[0]) / 2 - abs(x)
    over_y = (size[1] + other_size[1]) / 2 - abs(y)
    if min(over_x, over_y) <= _TOUCHING:
        return None
    if over_x < over_y:
        return (math.copysign(over_x / 2, x), 0)
    return (0, math.copysign(over_y / 2, y))
