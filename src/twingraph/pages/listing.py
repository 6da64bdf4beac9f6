"""Lists of all resources of a kind, in pages: few by name, many with the busiest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph import vocab
from twingraph.pages.activities import list_activities
from twingraph.pages.links import KINDS
from twingraph.pages.namesakes import tell_namesakes
from twingraph.pages.paging import PAGE, check_page, count_pages, cut, read_paging
from twingraph.pages.ranking import KINDS as RANKED
from twingraph.pages.ranking import count_all, find_busiest, rank
from twingraph.pages.render import render
from twingraph.pages.topics_tree import topics_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.pages.view import Shown, View

_FEW: Final = 500  # resources that are listed by name; to sort more takes too long


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
    number = count_all(view.build, kind)
    check_page("page", paging.page, count_pages(number))
    if number <= _FEW:
        entries = list(cut(_list_by_name(view, kind), paging.page))
    else:
        entries = list_busiest(view, kind, paging.page)
    return render(
        "listing.html",
        view,
        title=title,
        number=number,
        is_by_name=number <= _FEW,
        entries=entries,
        apart=tell_namesakes(view, kind, (each.shown for each in entries)),
        page=paging.page,
        pages=count_pages(number),
    )


def _list_by_name(view: View, kind: str) -> list[Listed]:
    numbers = rank(view.build, kind)
    shown = view.resources(view.subjects(vocab.RDF_TYPE, vocab.TG + RANKED[kind].name))
    return [Listed(each, _tell(view, kind, numbers.get(each.title, 0))) for each in shown]


def list_busiest(view: View, kind: str, page: int, most: int = PAGE) -> list[Listed]:
    """A page of the busiest of a kind, the first of it; after them all those that do nothing."""
    busiest = find_busiest(view.build, kind, PAGE, (page - 1) * PAGE)
    return [Listed(view.resource(iri), _tell(view, kind, n)) for iri, n in busiest[:most]]


def _tell(view: View, kind: str, number: int) -> str:
    return view.count(number, *_COUNTED[kind]) if kind in _COUNTED else ""
