"""Evidence as pages show it: the quoted words, highlighted in their page, and where that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from twingraph import vocab
from twingraph.pages.quoted import find_place, order

if TYPE_CHECKING:
    from twingraph.pages.texts import Context
    from twingraph.pages.view import Shown, View


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
    """The evidence of a resource, in the order of sources and places; each leads to its source's
    page, where it stands there."""
    passages = sorted(view.values(iri, f"{vocab.TG}evidence"), key=order)
    return [
        shown._replace(source=shown.source._replace(link=view.link(each)))
        for each in passages
        if (shown := show_passage(view, each)) is not None
    ]


def show_passage(view: View, iri: str) -> ShownPassage | None:
    """One passage; None of one without a source."""
    sources = view.values(iri, f"{vocab.TG}fromSource")
    if not sources:
        return None
    source = sources[0]
    quotes = view.values(iri, f"{vocab.TG}quote")
    place = find_place(iri)
    context = None
    if quotes and place and view.texts is not None:
        start, end = place
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
