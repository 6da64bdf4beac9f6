"""Evidence as pages show it: the quoted words, highlighted in their page, and where that is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph import vocab

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twingraph.pages.texts import Context
    from twingraph.pages.view import Shown, View

_PLACE: Final = re.compile(r"/page\.txt#char=([0-9]+),([0-9]+)$")


class ShownPassage(NamedTuple):
    """A passage: its words (empty where none are kept), those around them, and its source.

    `fragment` is its place in the page, empty where it has none; `address` is that of the page on
    the web, `language` that of the words.
    """

    words: str
    context: Context | None
    source: Shown
    address: str
    language: str
    years: str  # for which the source speaks
    fragment: str


def show_passages(view: View, iri: str) -> list[ShownPassage]:
    """The evidence of a resource, in the order of sources and places."""
    passages = view.values(iri, f"{vocab.TG}evidence")
    shown = (show_passage(view, each) for each in order_passages(passages))
    return [each for each in shown if each is not None]


def order_passages(iris: Iterable[str]) -> list[str]:
    """The IRIs of passages in the order of sources and places."""
    return sorted(iris, key=_order)


def show_passage(view: View, iri: str) -> ShownPassage | None:
    """One passage; None of one without a source."""
    sources = view.values(iri, f"{vocab.TG}fromSource")
    if not sources:
        return None
    source = sources[0]
    quotes = view.values(iri, f"{vocab.TG}quote")
    place = _PLACE.search(iri)
    context = None
    if quotes and place and view.texts is not None:
        start, end = map(int, place.groups())
        identifier = source.removeprefix(f"{view.mint.base}source/")
        context = view.texts.find_context(identifier, start, end)
    return ShownPassage(
        quotes[0] if quotes else "",
        context,
        view.resource(source),
        next(iter(view.values(source, f"{vocab.DCTERMS}source")), ""),
        next(iter(view.values(source, f"{vocab.DC}language")), ""),
        next(iter(view.values(source, f"{vocab.TG}asOf")), ""),
        iri.rpartition("#")[2] if place else "",
    )


def _order(iri: str) -> tuple[str, int]:
    place = _PLACE.search(iri)
    return iri.partition("#")[0], int(place[1]) if place else 0
