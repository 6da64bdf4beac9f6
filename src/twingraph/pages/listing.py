"""Lists of all resources of a kind, in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from twingraph.pages.links import KINDS
from twingraph.pages.paging import PAGE, count_pages, read_paging
from twingraph.pages.render import render
from twingraph.pages.topics_tree import topics_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.pages.view import View

_CLASSES: Final = {
    "partnerships": "Partnership",
    "municipalities": "Municipality",
    "institutions": "Institution",
    "activities": "Activity",
    "topics": "Topic",
    "years": "Year",
    "sources": "Source",
}


def listing_page(view: View, kind: str, values: Mapping[str, str] = {}) -> str:
    """A page of the list of a kind, a key of `KINDS`, in the order of names; of topics the tree.

    :raises QueryError: if `page` is no number.
    """
    page = read_paging(values).page
    if kind == "topics":
        return topics_page(view)
    pattern = f"?resource a tg:{_CLASSES[kind]}"
    [(number,)] = view.rows(f"SELECT (COUNT(DISTINCT ?resource) AS ?number) WHERE {{ {pattern} }}")
    found = view.rows(
        f"SELECT DISTINCT ?resource WHERE {{ {pattern} }} "
        f"ORDER BY ?resource LIMIT {PAGE} OFFSET {(page - 1) * PAGE}"
    )
    return render(
        "listing.html",
        view,
        title=view.say(*KINDS[kind]),
        number=number,
        resources=[view.resource(iri) for (iri,) in found],
        page=page,
        pages=count_pages(number),
    )
