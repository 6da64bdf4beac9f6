"""Where labels stand beside their marks: clear of each other, and of lines as far as may be."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.draw.outlines import Box, Point

    Line = tuple[Point, Point]

_GAP: Final = 3.0  # pixels between a mark and its label
_PASSES: Final = 4
_CROSSED: Final = 8.0  # what a pixel of a line in a label weighs, in pixels that labels share
_MOST: Final = 150  # labels that are tried at all sides; of more, all stand below


class Label(NamedTuple):
    """A label's box, and which end of its lines is where: a `text-anchor` of SVG."""

    box: Box
    anchor: str

    @property
    def x(self) -> float:
        """Where its lines are anchored."""
        left, _, right, _ = self.box
        return {"start": left, "middle": (left + right) / 2, "end": right}[self.anchor]


class Mark(NamedTuple):
    """A mark, and the width and height of its label."""

    middle: Point
    radius: float
    size: Point

    def sides(self) -> tuple[Label, ...]:
        """Where its label may stand: below, above, to the right, to the left."""
        (x, y), away = self.middle, self.radius + _GAP
        width, height = self.size
        left, top = x - width / 2, y - height / 2
        return (
            Label((left, y + away, left + width, y + away + height), "middle"),
            Label((left, y - away - height, left + width, y - away), "middle"),
            Label((x + away, top, x + away + width, top + height), "start"),
            Label((x - away - width, top, x - away, top + height), "end"),
        )

    @property
    def box(self) -> Box:
        """The square around the mark itself."""
        (x, y), radius = self.middle, self.radius
        return x - radius, y - radius, x + radius, y + radius


def place_labels(marks: Sequence[Mark], lines: Sequence[Line], bounds: Box) -> list[Label]:
    """A label for each mark, at the side where the fewest pixels of others and of lines are.

    >>> above = ((0, 0), (0, 50))  # a line down from the mark
    >>> [label] = place_labels([Mark((0, 0), 5, (40, 10))], [above], (-99, -99, 99, 99))
    >>> label.box[3] < 0
    True
    """
    chosen = [mark.sides()[0] for mark in marks]
    if len(marks) > _MOST:
        return chosen
    alone = [[_weigh_alone(side, lines, bounds) for side in mark.sides()] for mark in marks]
    for _ in range(_PASSES):
        before = list(chosen)
        for index, mark in enumerate(marks):
            others = [label.box for at, label in enumerate(chosen) if at != index]
            others += [other.box for at, other in enumerate(marks) if at != index]
            weights = [
                weight + sum(_share(side.box, other) for other in others)
                for side, weight in zip(mark.sides(), alone[index], strict=True)
            ]
            chosen[index] = mark.sides()[weights.index(min(weights))]
        if chosen == before:
            break
    return chosen


def _weigh_alone(label: Label, lines: Sequence[Line], bounds: Box) -> float:
    left, top, right, bottom = label.box
    if left < bounds[0] or top < bounds[1] or right > bounds[2] or bottom > bounds[3]:
        return math.inf
    return _CROSSED * sum(_length_within(line, label.box) for line in lines)


def _share(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def _length_within(line: Line, box: Box) -> float:
    """How much of a line is in a box (Y.-D. Liang, B. A. Barsky, ACM Transactions on Graphics 3
    (1984), pp. 1-22)."""
    (x, y), (u, v) = line
    first, last = 0.0, 1.0
    for step, low, high in ((u - x, box[0] - x, box[2] - x), (v - y, box[1] - y, box[3] - y)):
        if step == 0:
            if low > 0 or high < 0:
                return 0.0
            continue
        near, far = sorted((low / step, high / step))
        first, last = max(first, near), min(last, far)
    return max(0.0, last - first) * math.dist((x, y), (u, v))
