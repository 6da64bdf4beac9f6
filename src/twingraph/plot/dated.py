"""The dated and the undated activities of what a picture or page is about, a page at a time.

Sub-selects are read once and joined by hashing, so that a page of very many is found as fast as
they are counted; and only years are compared, since engines keep small numbers in their indexes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twingraph.plot.asking import Scope

_DATED = "{ SELECT ?activity ?year WHERE { ?activity tg:latestStart ?year } }"
_UNDATED = "{ SELECT ?activity WHERE { ?activity a tg:UndatedActivity } }"


def find_dated(scope: Scope, page: int, size: int) -> list[str]:
    """The activities of a page, in the order of the years by which they had begun."""
    within = f"{{ SELECT ?activity WHERE {{ {scope.pattern} }} }}" if scope.name else ""
    rows = scope.rows(
        "?activity ?year",
        f"{within} {_DATED}",
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
        f"{within} ?activity a tg:UndatedActivity .",
        end=f"LIMIT {size} OFFSET {(page - 1) * size}",
    )
    return [str(activity) for (activity,) in rows]


def count_activities(scope: Scope) -> int:
    """How many activities there are."""
    return _count(scope, scope.pattern)


def count_undated(scope: Scope) -> int:
    """How many of them have no time."""
    within = f"{{ SELECT ?activity WHERE {{ {scope.pattern} }} }}" if scope.name else ""
    return _count(scope, f"{within} {_UNDATED}")


def _count(scope: Scope, pattern: str) -> int:
    [(number,)] = scope.rows("(COUNT(DISTINCT ?activity) AS ?number)", pattern)
    return int(number)
