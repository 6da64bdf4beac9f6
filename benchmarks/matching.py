"""The best pairs of what is expected and what was found: a matching of greatest weight."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Ranks = tuple[int, ...]


def best_pairs(ranks: Sequence[Sequence[Ranks | None]]) -> list[tuple[int, int]]:
    """Pairs (row, column) so that the sum of first ranks is greatest, then of the second, and on.

    Each row and column is in one pair at most; None is for two that never pair. All ranks are of
    one length, not negative, and have at least one that is not 0.

    >>> best_pairs([[(1, 0), (1, 1)], [None, (1, 1)]])
    [(0, 0), (1, 1)]
    """
    if not ranks or not ranks[0]:
        return []
    height, width = len(ranks), len(ranks[0])
    greatest = max((max(each) for row in ranks for each in row if each), default=0)
    base = greatest * min(height, width) + 1
    side = max(height, width)
    weights = [[0] * side for _ in range(side)]
    for number, row in enumerate(ranks):
        for column, each in enumerate(row):
            weights[number][column] = _as_number(each or (), base)
    columns = _assign(weights)
    return [
        (row, columns[row])
        for row in range(height)
        if columns[row] < width and ranks[row][columns[row]]
    ]


def _as_number(ranks: Ranks, base: int) -> int:
    number = 0
    for rank in ranks:
        number = number * base + rank
    return number


def _assign(weights: Sequence[Sequence[int]]) -> list[int]:
    """The column of each row of a square table, so that the sum is greatest."""
    assignment = _Assignment(weights)
    for row in range(1, len(weights) + 1):
        assignment.add(row)
    columns = [0] * len(weights)
    for column, row in enumerate(assignment.row_of[1:]):
        columns[row - 1] = column
    return columns


class _Assignment:
    """The Hungarian method, a row at a time; rows and columns count from 1, and 0 is none.

    After https://cp-algorithms.com/graph/hungarian-algorithm.html, with weights for costs.
    """

    def __init__(self, weights: Sequence[Sequence[int]]) -> None:
        size = len(weights) + 1
        self.row_of = [0] * size
        self._weights = weights
        self._columns = range(1, size)
        self._of_row, self._of_column = [0] * size, [0] * size  # the potentials

    def add(self, row: int) -> None:
        """Give a row a column, and others another one where that is better."""
        self.row_of[0], column = row, 0
        slack = dict.fromkeys(self._columns, math.inf)
        came_from: dict[int, int] = {}
        reached = [0]
        while self.row_of[column]:
            current = self.row_of[column]
            for each in slack:
                free = -self._weights[current - 1][each - 1]
                free -= self._of_row[current] + self._of_column[each]
                if free < slack[each]:
                    slack[each], came_from[each] = free, column
            column = min(slack, key=lambda each: slack[each])
            self._move(int(slack[column]), reached, slack)
            del slack[column]
            reached.append(column)
        while column:
            self.row_of[column] = self.row_of[came_from[column]]
            column = came_from[column]

    def _move(self, delta: int, reached: Sequence[int], slack: dict[int, float]) -> None:
        for each in reached:
            self._of_row[self.row_of[each]] += delta
            self._of_column[each] -= delta
        for each in slack:
            slack[each] -= delta
