"""Every name in a build: what has pages, with its names in all languages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph import vocab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.store import Build
    from twingraph.vocab import Minter

# What has names, each kind with its word in English and German: the order in which those are told
# that are found as well.
KINDS: Final = {
    "municipality": ("city", "Stadt"),
    "partnership": ("partnership", "Partnerschaft"),
    "institution": ("institution", "Institution"),
    "topic": ("topic", "Thema"),
    "year": ("year", "Jahr"),
    "decade": ("decade", "Jahrzehnt"),
    "activity": ("activity", "Aktivität"),
    "source": ("source", "Quelle"),
    "term": ("term", "Begriff"),
}
TERM: Final = "term"
SHOWN: Final = (vocab.RDFS_LABEL, f"{vocab.SKOS}altLabel", f"{vocab.SKOS}prefLabel")
_HIDDEN: Final = f"{vocab.SKOS}hiddenLabel"
_NAMING: Final = frozenset((*SHOWN, _HIDDEN))
_END: Final = b"abel> "  # how they all end, in a line of N-Quads


class Text(NamedTuple):
    """A name in a language; one that is hidden is found, and shown to nobody (SKOS, 5.4)."""

    text: str
    language: str
    is_hidden: bool


class Named(NamedTuple):
    """A resource that has names; `kind` is a key of `KINDS`."""

    iri: str
    kind: str
    names: list[Text]


def read_names(build: Build) -> Iterator[Named]:
    """All that has names, by IRI; each name once.

    They are read from the files, one after another, in a quarter of the time that the store takes.
    """
    spaces = _spaces(build.mint)
    found: dict[str, list[Text]] = {}
    for iri, name in _read(build):
        if iri in found:
            found[iri].append(name)
        elif iri not in spaces and iri.startswith(tuple(spaces)):
            found[iri] = [name]
    for iri in sorted(found):
        kind = next(kind for space, kind in spaces.items() if iri.startswith(space))
        yield Named(iri, kind, sorted(set(found.pop(iri))))


def _read(build: Build) -> Iterator[tuple[str, Text]]:
    import pyoxigraph

    for path in build.quad_files:
        with path.open("rb") as lines:
            naming = b"".join(line for line in lines if _END in line)
        for quad in pyoxigraph.parse(naming, format=pyoxigraph.RdfFormat.N_QUADS):
            is_named = quad.predicate.value in _NAMING
            if is_named and isinstance(quad.object, pyoxigraph.Literal):
                is_hidden = quad.predicate.value == _HIDDEN
                text, language = quad.object.value, sys.intern(quad.object.language or "")
                yield str(quad.subject.value), Text(text, language, is_hidden)


def _spaces(mint: Minter) -> dict[str, str]:
    """How the IRIs of each kind begin."""
    of_data = {f"{mint.base}{kind}/": kind for kind in KINDS if kind not in ("topic", TERM)}
    terms = dict.fromkeys((vocab.TG, vocab.KIND, vocab.RECURRENCE), TERM)
    return {**of_data, vocab.TOPIC: "topic", **terms}
