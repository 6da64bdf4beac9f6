"""The page of a resource: one made for its class where there is one, else all its statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from twingraph import vocab
from twingraph.media import HTML, NAMES
from twingraph.pages.cite import cite
from twingraph.pages.generic import show_statements
from twingraph.pages.paging import read_paging
from twingraph.pages.render import render
from twingraph.pages.statements import FORMATS, find_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from twingraph.pages.paging import Paging
    from twingraph.pages.view import View

_CLASS: Final = "http://www.w3.org/2000/01/rdf-schema#Class"
# Class -> what makes the page: the name of the template, and its values.
_KINDS: Final[dict[str, Callable[[View, str, Paging], dict[str, Any]]]] = {}


def resource_page(view: View, iri: str, values: Mapping[str, str] = {}) -> str | None:
    """The page of a resource; None where nothing is said of it.

    `values` are those of its address: `page` and `undated`, of the lists in it.

    :raises QueryError: if the text is no IRI, or a value is none.
    """
    paging = read_paging(values)
    told = find_statements(view.build, iri)
    if not told.is_something:
        return None
    return render("resource.html", view, **head(view, iri), told=show_statements(view, told))


def head(view: View, iri: str) -> dict[str, Any]:
    """What every page of a resource has: title, class, formats, and how to cite it."""
    shown = view.resource(iri)
    whole = view.name(iri).text
    return {
        "title": shown.text,
        "iri": iri,
        "kind": tell_class(view, iri),
        "whole_name": whole if whole != shown.text else "",
        "citation": cite(view, shown.text, iri),
        "formats": [
            (name, media_type, address)
            for media_type, name in FORMATS.items()
            if name != NAMES[HTML] and (address := view.links.same(format=name))
        ],
    }


def tell_class(view: View, iri: str) -> str:
    """The name of the narrowest class that is asserted of a resource; empty where none is."""
    classes = view.values(iri, vocab.RDF_TYPE)
    stated = [each for each in classes if view.find_name(each) is not None]
    return view.name(stated[-1]).text if stated else ""
