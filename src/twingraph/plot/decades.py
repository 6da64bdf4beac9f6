"""How many activities were under way in each decade."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from twingraph.draw.decades import Decade, draw_decades
from twingraph.plot.asking import values, without_series

if TYPE_CHECKING:
    from twingraph.plot.asking import Scope

_COUNTED: Final = (
    "?node tg:activitiesUnderWay ?number . ?node tg:firstYear ?decade . FILTER(?number > 0)"
)


def plot_decades(scope: Scope) -> str:
    """The picture as SVG: certain activities as `activities-by-decade` counts them, and above them
    those that were only possibly under way."""
    decades, undated = count_decades(scope)
    about = scope.about(
        scope.say("Activities by decade", "Aktivitäten nach Jahrzehnten")
        + (f": {scope.name}" if scope.name else ""),
        scope.say(
            "An activity counts in each decade in which it was under way",
            "Eine Aktivität zählt in jedem Jahrzehnt, in dem sie im Gang war",
        ),
        (),
    )
    return draw_decades(about, decades, undated)


def count_decades(scope: Scope) -> tuple[list[Decade], int]:
    """The decades in which there was something, in order, and the number of undated activities.

    A series is left out in a decade in which one of its editions counts.
    """
    editions = scope.editions()
    possible = _read(scope, "$within", "possiblyActiveIn")
    if scope.name:
        certain = _read(scope, "$within", "activeIn")
        counts = {year: len(without_series(certain[year], editions)) for year in certain}
    else:  # the graph knows the number for all, so only what may be possible is read
        some = set(editions).union(*possible.values())
        certain = _read(scope, values("activity", some), "activeIn")
        counts = dict(scope.rows("?decade ?number", _COUNTED))
    found = []
    for decade in sorted(counts.keys() | possible.keys()):
        either = without_series(certain[decade] | possible[decade], editions)
        found.append(Decade(decade, counts.get(decade, 0), len(either - certain[decade])))
    [(undated,)] = scope.rows(
        "(COUNT(DISTINCT ?activity) AS ?number)", "$within ?activity a tg:UndatedActivity ."
    )
    return found, undated


def _read(scope: Scope, activities: str, predicate: str) -> defaultdict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for activity, decade in scope.rows(
        "?activity ?decade",
        f"{activities} ?activity tg:{predicate} ?year . ?year tg:inDecade ?node . "
        "?node tg:firstYear ?decade .",
    ):
        found[decade].add(activity)
    return found
