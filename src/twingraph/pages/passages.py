"""Evidence as pages show it: the quoted words, highlighted in their page, and where that is."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph import vocab
from twingraph.pages.addresses import find_document
from twingraph.queries import query

if TYPE_CHECKING:
    from twingraph.pages.texts import Context
    from twingraph.pages.view import Shown, View
    from twingraph.store import Build

QUOTES: Final = 100  # passages of a source on a page
_KEPT: Final = 8  # sources of which the passages are kept
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
    """The evidence of a resource, in the order of sources and places; each leads to its source's
    page, where it stands there."""
    passages = sorted(view.values(iri, f"{vocab.TG}evidence"), key=_order)
    return [
        shown._replace(source=shown.source._replace(link=view.link(each)))
        for each in passages
        if (shown := show_passage(view, each)) is not None
    ]


@lru_cache(maxsize=_KEPT)
def list_quoted(build: Build, source: str) -> tuple[str, ...]:
    """The passages of a source of which words are kept, in the order of their places."""
    found = query(
        build,
        f"PREFIX tg: <{vocab.TG}> "
        f"SELECT DISTINCT ?it WHERE {{ ?it tg:fromSource <{source}> ; tg:quote ?words }}",
    )
    return tuple(sorted((str(iri) for (iri,) in found.rows()), key=_order))


def find_page(build: Build, iri: str) -> int:
    """On which page of the quoted words of its source a passage stands; 1 of what is none."""
    if not _PLACE.search(iri):
        return 1
    passages = list_quoted(build, find_document(iri))
    return bisect_left(passages, _order(iri), key=_order) // QUOTES + 1


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
