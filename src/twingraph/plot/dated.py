"""The dated and the undated activities of what a picture or page is about, a page at a time.

A few are looked up one by one. Of many, sub-selects are read once and joined by hashing, so that a
page of very many is found as fast as they are counted; and only years are compared, since engines
keep small numbers in their indexes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from twingraph.plot.asking import Scope

_DATED: Final = "?activity tg:latestStart ?year"
_UNDATED: Final = "?activity a tg:UndatedActivity"
_FEW: Final = 1500  # activities of which to look each up is faster than to read those of all


def find_dated(scope: Scope, page: int, size: int, number: int) -> list[str]:
    """The activities of a page, in the order of the years by which they had begun.

    `number` is that of all activities in question, dated or not.
    """
    rows = scope.rows(
        "?activity ?year",
        _join(scope, number, "?activity ?year", _DATED),
        end=f"ORDER BY ?year LIMIT {size} OFFSET {(page - 1) * size}",
        is_distinct=False,
    )
    activities = f"{scope.target.mint.base}activity/"  # stages of partnerships have times as well
    found = dict.fromkeys(str(activity) for activity, _ in rows)
    return [iri for iri in found if iri.startswith(activities)]


def find_undated(scope: Scope, page: int, size: int) -> list[str]:
    """The activities without a time of a page, in the order of the store."""
    within = scope.pattern if scope.name else ""
    rows = scope.rows(
        "?activity",
        f"{within} {_UNDATED}",
        end=f"LIMIT {size} OFFSET {(page - 1) * size}",
    )
    return [str(activity) for (activity,) in rows]


def count_activities(scope: Scope) -> int:
    """How many activities there are."""
    return _count(scope, scope.pattern)


def count_undated(scope: Scope, number: int) -> int:
    """How many of so many have no time."""
    return _count(scope, _join(scope, number, "?activity", _UNDATED))


def _join(scope: Scope, number: int, select: str, pattern: str) -> str:
    """The SPARQL of the activities in question, so many, with what a pattern says of them."""
    if not scope.name:
        return pattern
    if number <= _FEW:
        return f"{scope.pattern} {pattern}"
    within = f"{{ SELECT ?activity WHERE {{ {scope.pattern} }} }}"
    return f"{within} {{ SELECT {select} WHERE {{ {pattern} }} }}"


def _count(scope: Scope, pattern: str) -> int:
    [(number,)] = scope.rows("(COUNT(DISTINCT ?activity) AS ?number)", pattern)
    return int(number)
