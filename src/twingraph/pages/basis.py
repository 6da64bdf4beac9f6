"""What an answer rests on: which of the properties that a query reads are asserted, inferred, …"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from twingraph import vocab
from twingraph.pages.statements import kind_of

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from twingraph.pages.view import View
    from twingraph.store import Build

_KINDS: Final = ("asserted", "draft", "inferred", "possible", "linked")
_TERM: Final = re.compile(r"\b(tg|dcterms):([A-Za-z]\w*)")
_SPACES: Final = {"tg": vocab.TG, "dcterms": vocab.DCTERMS}
_COMMENT: Final = re.compile(r"(?m)^\s*#.*$")
# Properties of which a value may be so and need not (DESIGN.md, 5).
_POSSIBLE: Final = frozenset(("possiblyActiveIn", "latestStart", "earliestEnd"))


def find_basis(view: View, query: str) -> list[tuple[str, list[str]]]:
    """The names of the properties and classes in a query, by what holds of their statements.

    Those of our ontology, and of Dublin Core, which states times. What is asserted of some and
    inferred of others is named with both.
    """
    found: dict[str, list[str]] = {}
    for prefix, term in dict.fromkeys(_TERM.findall(_COMMENT.sub("", query))):
        iri = _SPACES[prefix] + term
        asked = (vocab.RDF_TYPE, iri) if term[0].isupper() else (iri,)
        for kind in find_kinds(view.build, *asked):
            found.setdefault(kind, []).append(view.name(iri).text)
    return [(kind, found[kind]) for kind in _KINDS if kind in found]


@lru_cache(maxsize=1024)
def find_kinds(build: Build, iri: str, value: str = "") -> tuple[str, ...]:
    """In which kinds of graphs a property has statements, or has a value."""
    import pyoxigraph

    if iri.removeprefix(vocab.TG) in _POSSIBLE:
        return ("possible",)
    property_ = pyoxigraph.NamedNode(iri)
    object_ = pyoxigraph.NamedNode(value) if value else None
    pattern = (None, property_, object_)
    if next(build.store.quads_for_pattern(*pattern), None) is None:
        return ()  # without a look into every graph
    found = {
        kind
        for kind, graphs in _list_graphs(build).items()
        if any(next(build.store.quads_for_pattern(*pattern, graph), None) for graph in graphs)
    }
    return tuple(kind for kind in _KINDS if kind in found)


@lru_cache(maxsize=4)
def _list_graphs(build: Build) -> dict[str, list[NamedNode]]:
    """The graphs of each kind, the largest first: what any has is the likeliest there."""
    import pyoxigraph

    sizes: dict[str, int] = build.manifest["graphs"]
    found: dict[str, list[NamedNode]] = {}
    for graph in sorted(sizes, key=lambda graph: (-sizes[graph], graph)):
        found.setdefault(kind_of(graph, build.mint), []).append(pyoxigraph.NamedNode(graph))
    return {kind: found[kind] for kind in _KINDS if kind in found}
