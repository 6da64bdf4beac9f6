"""All statements about a resource as a page shows them, by who makes them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urldefrag

from twingraph.pages.statements import graph_of, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import Quad

    from twingraph.pages.statements import Told
    from twingraph.pages.view import Shown, View

_KINDS: Final = ("asserted", "draft", "linked", "defined", "inferred")  # in this order
_VALUES: Final = 60  # of a property, shown at once


@dataclass(frozen=True, slots=True)
class Row:
    """A property and its values, or what has it; and how many more there are."""

    property: Shown
    values: list[Shown]
    more: int


@dataclass(frozen=True, slots=True)
class Group:
    """What one graph says: its kind is one of asserted, draft, linked, defined, inferred."""

    kind: str
    source: Shown
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Statements:
    """What is said of a resource, in groups; of what it holds, with the fragment of its IRI."""

    about: list[Group]
    naming: list[Group]
    within: list[tuple[Shown, str, list[Group]]]
    is_cut: bool


def show_statements(view: View, told: Told) -> Statements:
    """What is told, ready to be shown."""
    subjects = groupby(sorted(told.within, key=_start), _subject)
    within = [
        (view.resource(iri), urldefrag(iri).fragment, group_statements(view, quads))
        for iri, quads in subjects
    ]
    naming = _by_graph(view, told.naming, lambda quad: quad.subject)
    return Statements(group_statements(view, told.about), naming, within, told.is_cut)


def group_statements(view: View, quads: Iterable[Quad]) -> list[Group]:
    """Statements about one resource, sorted by graph and property."""
    return _by_graph(view, quads, lambda quad: quad.object)


def _by_graph(view: View, quads: Iterable[Quad], other: Callable[[Quad], Any]) -> list[Group]:
    """Statements by who makes them: of each property the other resources or texts."""
    groups = []
    for graph, those in groupby(quads, graph_of):
        rows = []
        for iri, same in groupby(those, lambda quad: quad.predicate.value):
            terms = [other(quad) for quad in same]
            shown = [view.term(term) for term in terms[:_VALUES]]
            rows.append(Row(view.resource(iri), shown, len(terms) - len(shown)))
        groups.append(Group(kind_of(graph, view.mint), view.resource(graph), rows))
    return sorted(groups, key=lambda group: _KINDS.index(group.kind))


def _subject(quad: Quad) -> str:
    """The IRI of what a statement is about."""
    subject: Any = quad.subject
    return str(subject.value)


def _start(quad: Quad) -> tuple[int, str]:
    """Where something stands in the document that holds it: passages by their place."""
    iri = _subject(quad)
    place = iri.rpartition("#char=")[2].partition(",")[0]
    return int(place) if place.isdecimal() else 0, iri
