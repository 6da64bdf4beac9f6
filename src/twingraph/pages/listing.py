"""Lists of all resources of a kind, in pages: few by name, many with the busiest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph.pages.activities import list_activities
from twingraph.pages.links import KINDS
from twingraph.pages.paging import PAGE, check_page, count_pages, cut, read_paging
from twingraph.pages.render import render
from twingraph.pages.topics_tree import topics_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.pages.view import Shown, View

_FEW: Final = 500  # resources that are listed by name; to sort more takes too long


@dataclass(frozen=True, slots=True)
class _Kind:
    """The class of a kind, and what says how busy one is: a property to count, or with a number."""

    name: str
    counted: str = ""
    numbered: str = ""


_KINDS: Final = {
    "partnerships": _Kind("Partnership", counted="hasActivity"),
    "municipalities": _Kind("Municipality", counted="hasPartnership"),
    "institutions": _Kind("Institution", numbered="datedActivities"),
    "years": _Kind("Year"),
    "sources": _Kind("Source"),
}
_COUNTED: Final = {
    "partnerships": (("activity", "Aktivität"), ("activities", "Aktivitäten")),
    "municipalities": (("partnership", "Partnerschaft"), ("partnerships", "Partnerschaften")),
    "institutions": (
        ("dated activity", "datierte Aktivität"),
        ("dated activities", "datierte Aktivitäten"),
    ),
}


class Listed(NamedTuple):
    """A resource in a list, and how busy it is, in words."""

    shown: Shown
    told: str = ""


def listing_page(view: View, kind: str, values: Mapping[str, str] = {}) -> str:
    """A page of the list of a kind, a key of `KINDS`; of topics the tree.

    :raises QueryError: if `page` or `undated` is no number, or there is no such page.
    """
    paging = read_paging(values)
    if kind == "topics":
        return topics_page(view)
    title = view.say(*KINDS[kind])
    if kind == "activities":
        activities = list_activities(view, paging)
        return render("activities.html", view, title=title, activities=activities)
    number = _count(view, f"?resource a tg:{_KINDS[kind].name}")
    check_page("page", paging.page, count_pages(number))
    if number <= _FEW:
        entries = list(cut(_list_by_name(view, kind), paging.page))
    else:
        entries = list_busiest(view, kind, paging.page, PAGE)
    return render(
        "listing.html",
        view,
        title=title,
        number=number,
        is_by_name=number <= _FEW,
        entries=entries,
        ids=_tell_namesakes(view, entries),
        page=paging.page,
        pages=count_pages(number),
    )


def _tell_namesakes(view: View, entries: list[Listed]) -> dict[str, str]:
    """By IRI the ids of those that are called as another of the page is."""
    names = Counter(each.shown.text for each in entries)
    several = (each.shown.title for each in entries if names[each.shown.text] > 1)
    return {iri: view.shorten(iri) for iri in several}


def _list_by_name(view: View, kind: str) -> list[Listed]:
    numbers = {}
    if kind in _COUNTED:
        rows = view.rows(f"SELECT ?resource ?number WHERE {{ {_ranking(_KINDS[kind])} }}")
        numbers = {str(iri): int(number) for iri, number in rows}
    found = view.rows(f"SELECT DISTINCT ?resource WHERE {{ ?resource a tg:{_KINDS[kind].name} }}")
    shown = view.resources(str(iri) for (iri,) in found)
    return [Listed(each, _tell(view, kind, numbers.get(each.title, 0))) for each in shown]


def list_busiest(view: View, kind: str, page: int, size: int) -> list[Listed]:
    """A page of the busiest of a kind; after the last of them, those that do nothing."""
    chosen = _KINDS[kind]
    start = (page - 1) * size
    ranked = view.rows(
        f"SELECT ?resource ?number WHERE {{ {_ranking(chosen)} }} "
        f"ORDER BY DESC(?number) LIMIT {size} OFFSET {start}"
    )
    entries = {str(iri): int(number) for iri, number in ranked}
    if len(entries) < size:
        property_ = chosen.counted or chosen.numbered
        busy = _count(view, f"?resource tg:{property_} ?any") if property_ else 0
        idle = f"FILTER NOT EXISTS {{ ?resource tg:{property_} ?any }}" if property_ else ""
        rest = view.rows(
            f"SELECT ?resource WHERE {{ ?resource a tg:{chosen.name} {idle} }} "
            f"LIMIT {size - len(entries)} OFFSET {max(0, start - busy)}"
        )
        entries.update((str(iri), 0) for (iri,) in rest)
    return [
        Listed(view.resource(iri), _tell(view, kind, number)) for iri, number in entries.items()
    ]


def _ranking(kind: _Kind) -> str:
    """The SPARQL of `?resource` and how busy it is, `?number`."""
    if kind.numbered:
        return f"?resource tg:{kind.numbered} ?number"
    if not kind.counted:
        return "VALUES (?resource ?number) { }"
    return (
        "{ SELECT ?resource (COUNT(?other) AS ?number) WHERE { "
        f"?resource tg:{kind.counted} ?other }} GROUP BY ?resource }}"
    )


def _count(view: View, pattern: str) -> int:
    [(number,)] = view.rows(f"SELECT (COUNT(DISTINCT ?resource) AS ?number) WHERE {{ {pattern} }}")
    return int(number)


def _tell(view: View, kind: str, number: int) -> str:
    return view.count(number, *_COUNTED[kind]) if kind in _COUNTED else ""
