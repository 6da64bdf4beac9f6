"""What is said of a resource, property by property, each value with who says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from twingraph import vocab
from twingraph.pages.statements import graph_of, is_drafted, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pyoxigraph import Quad

    from twingraph.pages.view import Shown, View


_MOST: Final = 40  # values that are shown
_NOTE: Final = f"{vocab.SKOS}note"


class Said(NamedTuple):
    """Values of which the same sources tell, or which are inferred or linked alike; and how many
    more there are."""

    values: list[Shown]
    kind: str
    sources: list[Shown]
    more: int


class Fact(NamedTuple):
    """A property by its name, and its values by who states them."""

    label: str
    said: list[Said]


def list_facts(
    view: View,
    iri: str,
    properties: Iterable[str],
    show: Callable[[Any], Shown] | None = None,
) -> list[Fact]:
    """The facts of a resource: properties by IRI, or by name in our ontology; none left empty.

    `show` says how values are shown, where not as terms are.
    """
    facts = []
    for name in properties:
        property_ = name if ":" in name else vocab.TG + name
        quads = view.quads(iri, property_, None)
        if quads:
            said = tell_said(view, quads, show or view.term)
            if property_ == _NOTE:  # whoever wrote the records says it about the source
                said = [each._replace(kind="note") for each in said]
            facts.append(Fact(tell_property(view, property_), said))
    return facts


def find_only_source(facts: Iterable[Fact]) -> list[Shown]:
    """Who states all that is stated in several facts, if they are the same each time; else none."""
    stated = [said.sources for fact in facts for said in fact.said if said.sources]
    is_one = len(stated) > 1 and all(sources == stated[0] for sources in stated)
    return stated[0] if is_one else []


def tell_property(view: View, iri: str) -> str:
    """A property by its name, as a heading."""
    name = view.name(iri).text
    return name[:1].upper() + name[1:]


def tell_said(
    view: View, quads: Sequence[Quad], show: Callable[[Any], Shown], *, of_subjects: bool = False
) -> list[Said]:
    """The objects of statements, or their subjects, by who makes the statements.

    What a source asserts comes first; what is asserted is not told as inferred again.
    """
    graphs: dict[Any, set[str]] = {}
    for quad in quads:
        graphs.setdefault(quad.subject if of_subjects else quad.object, set()).add(graph_of(quad))
    groups: dict[tuple[str, tuple[str, ...]], list[Any]] = {}
    for term in sorted(graphs, key=str):
        groups.setdefault(_tell_kind(view, graphs[term]), []).append(term)
    said = [
        Said(
            sorted(map(show, terms[:_MOST]), key=lambda each: each.text.casefold()),
            kind,
            [view.resource(graph) for graph in sources],
            max(0, len(terms) - _MOST),
        )
        for (kind, sources), terms in groups.items()
    ]
    return sorted(said, key=lambda each: (each.kind, [source.title for source in each.sources]))


def mark_each(
    view: View, resources: Iterable[str], property_: str, value: str
) -> list[tuple[Shown, str]]:
    """Resources in the order of their names, each with whether that it has the value is asserted,
    a draft, linked or inferred."""
    return [
        (each, _find_kind(view, each.title, property_, value)) for each in view.resources(resources)
    ]


def _find_kind(view: View, subject: str, property_: str, value: str) -> str:
    return _tell_kind(view, {graph_of(each) for each in view.quads(subject, property_, value)})[0]


def _tell_kind(view: View, graphs: set[str]) -> tuple[str, tuple[str, ...]]:
    """The kind of graphs that state something, and which of them are sources."""
    kinds = {graph: kind_of(graph, view.mint) for graph in graphs}
    best = min(kinds.values())  # asserted, defined, draft, inferred, linked
    if best not in ("asserted", "draft"):
        return best, ()
    graphs = {graph for graph, kind in kinds.items() if kind == best}
    return best, tuple(sorted({_find_source(view, graph) for graph in graphs}))


def _find_source(view: View, graph: str) -> str:
    """The source of a graph, also of that of its drafts."""
    is_of_drafts = is_drafted(graph, view.mint)
    return graph.removesuffix(f"/{vocab.DRAFTS}") if is_of_drafts else graph
