"""Which words of a source are quoted, and on which page of them each stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from twingraph import vocab
from twingraph.pages.addresses import find_document
from twingraph.queries import query

if TYPE_CHECKING:
    from twingraph.store import Build

QUOTES: Final = 100  # passages of a source on a page
_KEPT: Final = 8  # sources of which the passages are kept
_PLACE: Final = re.compile(r"/page\.txt#char=([0-9]+),([0-9]+)$")


@lru_cache(maxsize=_KEPT)
def list_quoted(build: Build, source: str) -> tuple[str, ...]:
    """The passages of a source of which words are kept, in the order of their places."""
    found = query(
        build,
        f"PREFIX tg: <{vocab.TG}> "
        f"SELECT DISTINCT ?it WHERE {{ ?it tg:fromSource <{source}> ; tg:quote ?words }}",
    )
    return tuple(sorted((str(iri) for (iri,) in found.rows()), key=order))


def find_page(build: Build, iri: str) -> int:
    """On which page of the quoted words of its source a passage stands; 1 of what is none."""
    if find_place(iri) is None:
        return 1
    passages = list_quoted(build, find_document(iri))
    return bisect_left(passages, order(iri), key=order) // QUOTES + 1


def find_place(iri: str) -> tuple[int, int] | None:
    """Where a passage begins and ends in its page's text; None of what is none.

    >>> find_place("https://data.example/id/source/x/page.txt#char=3,9")
    (3, 9)
    """
    place = _PLACE.search(iri)
    return None if place is None else (int(place[1]), int(place[2]))


def order(iri: str) -> tuple[str, int]:
    """By what passages are sorted: the page, and where they begin in it."""
    place = find_place(iri)
    return iri.partition("#")[0], 0 if place is None else place[0]
