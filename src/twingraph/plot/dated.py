"""The dated and the undated activities of what a picture or page is about, a page at a time.

Of a few, each is looked up. Of more, the first pages are read from the first years in which enough
are to be expected; for a later one it is counted how many began in each year, so that only the
years of the page are read. Sub-selects are joined by hashing: the engine keeps one in memory and
reads the other as far as it needs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from twingraph.plot.asking import Scope
from twingraph.store.read import Build

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TIMED: Final = "?activity ?year"
_STARTED: Final = "?activity tg:latestStart ?year"
_OF_STAGES: Final = "?partnership tg:stage ?activity"  # which have times as well
_UNDATED: Final = "?activity a tg:UndatedActivity"
_FEW: Final = 500  # activities of which to look each up is faster than to read those of all
_MARGIN: Final = 3  # times as many as a page has are expected of the years that are read for it
_EARLY: Final = 5  # pages that are read so
_FIRST: Final = 500  # activities a page, among which the undated are looked for at first
_LISTED: Final = 20_000  # activities of which those without a time may be listed beforehand
_KEPT: Final = 256  # queries of which the numbers are kept, at most a hundred each

# Activities without a time that were listed beforehand, by the pattern of what they are of.
_lists: Final[WeakKeyDictionary[Build, dict[str, list[str]]]] = WeakKeyDictionary()

Row = tuple[str, int]  # an activity, and the year by which it had begun


class Part(NamedTuple):
    """A page of the dated, or of the undated, and how many of them there are.

    `number` is None where they are not counted, but there is another page after this one.
    """

    activities: list[str]
    number: int | None


def find_dated(
    scope: Scope, page: int, size: int, number: int, *, is_counted: bool = False
) -> Part:
    """A page of the dated activities, by the years by which they had begun.

    `number` is that of all in question, dated or not. They are counted if that is asked for, and
    where it takes no time. A series is none of them, but its editions are.
    """
    start = (page - 1) * size
    if scope.is_narrow and number <= _FEW:
        rows = _in_order(_rows(scope, f"{scope.pattern} {_STARTED}"))
        return Part(_names(rows[start : start + size]), len(rows))
    if scope.is_narrow and page <= _EARLY and not is_counted:
        rows = _guess(scope, start, size + 1, number)
        if len(rows) > size:
            return Part(_names(rows[:size]), None)
    counts = count_by_year(scope)
    return Part(_names(_read_page(scope, counts, start, size)), sum(counts.values()))


def count_by_year(scope: Scope) -> Mapping[int, int]:
    """How many of the activities had begun by each year and not before, the first year first."""
    if scope.is_narrow:
        return _count(scope, f"{_all(scope.pattern)} {_all(_STARTED, _TIMED)}")
    stages = _count(scope, f"{_all(_OF_STAGES)} {_all(_STARTED, _TIMED)}")
    counts = _count(scope, _STARTED)
    return {year: counts[year] - stages.get(year, 0) for year in counts}


def _count(scope: Scope, pattern: str) -> dict[int, int]:
    select = "?year (COUNT(?activity) AS ?number)"
    asked = (select, pattern, "?year", "ORDER BY ?year")
    if isinstance(scope.target, Build):
        rows = _keep_counts(scope.target, *asked)
    else:
        rows = scope.rows(*asked, is_distinct=False)
    return {int(year): int(number) for year, number in rows}


def _ask(build: Build, *asked: str) -> list[tuple[Any, ...]]:
    return Scope(build, "").rows(*asked, is_distinct=False)


# A build stays as it is. What takes long to count is not driven out by the many lists that are told
# by one number.
_keep_counts: Final = lru_cache(maxsize=_KEPT)(_ask)
_keep_number: Final = lru_cache(maxsize=_KEPT)(_ask)


def _guess(scope: Scope, start: int, size: int, number: int) -> list[Row]:
    """The dated activities of a page, if there are so many in the first years, as is likely."""
    counts = count_by_year(Scope(scope.target, ""))
    share = number / max(1, sum(counts.values()))
    years: list[int] = []
    expected = 0.0
    for year, count in counts.items():
        years.append(year)
        expected += count * share
        if expected >= (start + size) * _MARGIN:
            break
    return _read_years(scope, years, start, size)


def _read_page(scope: Scope, counts: Mapping[int, int], start: int, size: int) -> list[Row]:
    """The activities of a page, of which is known how many there are in each year."""
    years: list[int] = []
    skipped = passed = 0
    for year, count in counts.items():
        if passed + count <= start:
            skipped += count
        elif passed < start + size:
            years.append(year)
        passed += count
    return _read_years(scope, years, start - skipped, size) if years else []


def _read_years(scope: Scope, years: list[int], start: int, size: int) -> list[Row]:
    """So many of the activities that had begun by the years and not before."""
    chosen = f"VALUES ?year {{ {' '.join(map(str, years))} }} {_STARTED}"
    if scope.is_narrow:
        chosen = _among(scope, chosen, "?year")
    else:
        chosen = f"{chosen} FILTER NOT EXISTS {{ {_OF_STAGES} }}"
    if len(years) == 1:
        return _rows(scope, chosen, f"LIMIT {size} OFFSET {start}")
    return _in_order(_rows(scope, chosen))[start : start + size]


def _rows(scope: Scope, pattern: str, end: str = "") -> list[Row]:
    rows = scope.rows(_TIMED, pattern, end=end, is_distinct=False)
    return [(str(activity), int(year)) for activity, year in rows]


def _all(pattern: str, select: str = "?activity") -> str:
    return f"{{ SELECT {select} WHERE {{ {pattern} }} }}"


def _among(scope: Scope, pattern: str, bound: str) -> str:
    """The SPARQL of those activities of which a pattern says something, in the order of all.

    A join would have the order of either side, as the engine sees fit, and might repeat on a page
    what stood on another.
    """
    said = f"OPTIONAL {_all(pattern, f'?activity {bound}')}"
    return f"{_all(scope.pattern)} {said} FILTER(BOUND({bound}))"


def _in_order(rows: Iterable[Row]) -> list[Row]:
    """By the year; those of a year as they come. Each once, should several graphs tell of it."""
    return sorted(dict.fromkeys(rows), key=lambda row: row[1])


def _names(rows: Iterable[Row]) -> list[str]:
    return [activity for activity, _ in rows]


def find_series(scope: Scope, number: int) -> list[str]:
    """The series of a few activities, of which the editions are among the dated; of many, none."""
    if not scope.is_narrow or number > _FEW:
        return []
    return sorted(_find(scope, f"{scope.pattern} ?activity tg:hasEdition ?edition", ""))


def find_undated(scope: Scope, page: int, size: int, number: int) -> Part:
    """A page of the activities without a time, in the order of the store; `number` as above."""
    start = (page - 1) * size
    end = f"LIMIT {size + 1} OFFSET {start}"  # one more, to know whether there is another page
    if scope.is_narrow and number <= _FEW:
        pattern = f"{scope.pattern} {_UNDATED}"
        return Part(_find(scope, pattern, end)[:size], _number(scope, pattern))
    if (listed := _find_listed(scope)) is not None:
        return Part(listed[start : start + size], len(listed))
    pattern = _seek_undated(scope)
    found = _find_first(scope, page, end) if scope.is_narrow and page <= _EARLY else []
    if len(found) <= size:
        found = _find(scope, pattern, end)
    if len(found) > size:
        return Part(found[:size], None)
    return Part(found, start + len(found) if found else _number(scope, pattern))


def list_undated(scope: Scope, number: int) -> None:
    """List all activities without a time, so that each page of them is there at once; of many none.

    `number` is that of all in question. A municipality's are worth it, of which any page takes half
    as long as all of them.
    """
    if isinstance(scope.target, Build) and number <= _LISTED:
        found = _find(scope, _seek_undated(scope), "")
        _lists.setdefault(scope.target, {})[scope.pattern] = found


def _find_listed(scope: Scope) -> list[str] | None:
    known = _lists.get(scope.target) if isinstance(scope.target, Build) else None
    return None if known is None else known.get(scope.pattern)


def _seek_undated(scope: Scope) -> str:
    """The SPARQL of those without a time, in the order of all.

    Activities that stand in one index of the store come in its order from whichever side they are
    joined, and a join is faster. A municipality has them from one partnership after another, which
    a join would not keep.
    """
    if not scope.is_narrow:
        return _UNDATED
    joined = f"{_all(scope.pattern)} {_all(_UNDATED)}"
    if scope.partnership or scope.institution or scope.topic:
        return joined
    return _among(scope, f"{joined} BIND(true AS ?is)", "?is")


def _find_first(scope: Scope, page: int, end: str) -> list[str]:
    """Those without a time among the first activities."""
    first = f"{_all(scope.pattern)[:-1]} LIMIT {_FIRST * page} }}"
    return _find(scope, f"{first} FILTER EXISTS {{ {_UNDATED} }}", end)


def _find(scope: Scope, pattern: str, end: str) -> list[str]:
    return [str(activity) for (activity,) in scope.rows("?activity", pattern, end=end)]


def _number(scope: Scope, pattern: str) -> int:
    asked = ("(COUNT(?activity) AS ?number)", pattern)
    if isinstance(scope.target, Build):
        [(number,)] = _keep_number(scope.target, *asked)
    else:
        [(number,)] = scope.rows(*asked, is_distinct=False)
    return int(number)


def count_activities(scope: Scope) -> int:
    """How many activities there are."""
    # What leads from a thing to its activities is derived, so it stands in one graph alone.
    return _number(scope, scope.pattern if scope.is_narrow else _each_once(scope.pattern))


def _each_once(pattern: str) -> str:
    return f"{{ SELECT DISTINCT ?activity WHERE {{ {pattern} }} }}"
