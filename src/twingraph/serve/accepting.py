"""Which media type a client would rather have (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from twingraph.media import JSON, JSON_LD, N_TRIPLES, PLAIN, RDF_XML, TURTLE, XML
from twingraph.pages.links import LANGUAGES

# Other names under which clients ask for the same.
_ALSO: Final = {
    "application/json": JSON,
    "text/json": JSON,
    "application/xml": XML,
    "text/xml": XML,
    "application/x-turtle": TURTLE,
    "text/n3": TURTLE,
    "text/rdf+n3": TURTLE,
}
_ALSO_GRAPHS: Final = {"application/json": JSON_LD, "application/xml": RDF_XML, PLAIN: N_TRIPLES}
_QUALITY: Final = re.compile(r";\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*(?:;|$)", re.IGNORECASE)
_KEPT: Final = 1024  # headers that have been read
_TYPE: Final = re.compile(r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+")


def read_accept(header: str) -> dict[str, float]:
    """The media ranges of an Accept header with their quality, without what is no media range.

    >>> read_accept("text/csv;q=0.5, application/*")
    {'text/csv': 0.5, 'application/*': 1.0}
    """
    ranges: dict[str, float] = {}
    for part in header.split(","):
        name = part.partition(";")[0].strip().lower()
        if _TYPE.fullmatch(name):
            found = _QUALITY.search(part)
            ranges[name] = float(found[1]) if found else 1.0
    return ranges


@lru_cache(maxsize=_KEPT)
def choose(header: str, offered: tuple[str, ...]) -> str | None:
    """The offered media type that a client would rather have; None where it takes none of them.

    Of equal ones the first offered; without a header the first of all.

    >>> from twingraph.media import CSV
    >>> choose("text/csv;q=0.5, application/*", (JSON, CSV)), choose("image/png", (JSON, CSV))
    ('application/sparql-results+json', None)
    """
    ranges = read_accept(header)
    if not ranges:
        return offered[0]
    also = {**_ALSO, **_ALSO_GRAPHS} if TURTLE in offered else _ALSO
    best, most = None, 0.0
    for media_type in offered:
        named = [ranges[name] for name, of in also.items() if of == media_type and name in ranges]
        quality = max([_quality(ranges, media_type), *named])
        if quality > most:
            best, most = media_type, quality
    return best


def _quality(ranges: dict[str, float], media_type: str) -> float:
    """What the most specific range that holds a media type says of it."""
    for name in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0


@lru_cache(maxsize=_KEPT)
def choose_language(header: str) -> str:
    """The language of the pages that a client would rather have (RFC 9110, 12.5.4): en or de.

    >>> choose_language("de-DE,de;q=0.9,en;q=0.5"), choose_language("fr"), choose_language("")
    ('de', 'en', 'en')
    """
    best = dict.fromkeys(LANGUAGES, 0.0)
    for part in header.lower().split(","):
        language = part.partition(";")[0].strip().partition("-")[0]
        if language in best:
            found = _QUALITY.search(part)
            best[language] = max(best[language], float(found[1]) if found else 1.0)
    return max(best, key=lambda language: best[language])
