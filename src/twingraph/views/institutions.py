"""The rows of `institutions-since` and `institutions-started-since`, in their order."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Final

from twingraph.views.results import integer, literal, results, uri
from twingraph.views.sections import pack_numbers, unpack_numbers

if TYPE_CHECKING:
    from twingraph.views.facts import Years
    from twingraph.views.names import Named
    from twingraph.views.sections import Content, Sections

COLUMNS: Final = ("institution", "name", "activities", "firstYear", "lastYear")
# By which year a row counts: sections of the view.
UNDER_WAY: Final = "under-way"
STARTED: Final = "started"
_NEVER: Final = -1  # before any year that can be asked for


def render_institutions(named: Named) -> Sections:
    """The view of the institutions with dated activities, most activities first, then by name.

    `rows` has the rows, each followed by a comma. The other sections have a number a row: its bytes
    with the comma, the last year in which the institution had an activity certainly under way, and
    the last in which one certainly started.
    """
    iris, names, ranks = named.facts.iris, named.names, named.ranks
    dated = [(at, years) for at, years in enumerate(named.facts.years) if years is not None]
    dated.sort(key=lambda each: (-each[1][0], ranks[each[0]]))  # and as they are, by IRI
    rows = [_row(iris[at], names[at], years) for at, years in dated]
    return {
        "rows": b"".join(rows),
        "lengths": pack_numbers(map(len, rows)),
        UNDER_WAY: pack_numbers(_year(years[2]) for _, years in dated),
        STARTED: pack_numbers(_year(years[3]) for _, years in dated),
    }


def _year(year: int | None) -> int:
    return _NEVER if year is None else year


def _row(iri: str, name: str, years: Years) -> bytes:
    activities, first, last, _ = years
    row = f'"institution":{uri(iri)},"name":{literal(name)},"activities":{integer(activities)}'
    if first is not None and last is not None:
        row += f',"firstYear":{integer(first)},"lastYear":{integer(last)}'
    return f"{{{row}}},".encode()


def answer_institutions(view: Sections, since: int, by: str) -> bytes:
    """The answer: rows whose year `by` (`UNDER_WAY` or `STARTED`) is `since` or later."""
    rows = memoryview(view["rows"])
    ends = list(accumulate(unpack_numbers(view["lengths"]), initial=0))
    found: list[Content] = []
    start = 0
    for is_since, run in groupby(map(since.__le__, unpack_numbers(view[by]))):
        end = start + sum(1 for _ in run)
        if is_since:
            found.append(rows[ends[start] : ends[end]])
        start = end
    return results(COLUMNS, found)
