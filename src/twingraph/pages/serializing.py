"""What is told of a resource in the formats of RDF, written short: by prefixes, from the base."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from twingraph import vocab
from twingraph.export.context import SAFE
from twingraph.export.rdfxml import escape
from twingraph.media import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from twingraph.pages.statements import PREFIXES, graph_of, kind_of, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad, Triple

    from twingraph.pages.statements import Told
    from twingraph.vocab import Minter

_RDF: Final = vocab.RDF_TYPE.removesuffix("type")
_ITS: Final = "http://www.w3.org/2005/11/its"  # the engine marks the direction of texts with it
_SPACES: Final = {**PREFIXES, "rdf": _RDF, "its": _ITS}
# What begins the lines of the head and the end that the engine writes; none begins other lines.
_LEFT_OUT: Final = {
    TURTLE: ("@prefix ", "@base "),
    TRIG: ("@prefix ", "@base "),
    RDF_XML: ("<?xml ", "<rdf:RDF ", "</rdf:RDF>"),
}
_EMPTY_ELEMENT: Final = re.compile(r"^(\t<(\S+) [^<>]*)>\n\t</\2>$", re.MULTILINE)
# A number as JSON has it: what a reader of JSON-LD takes for the same xsd:integer
# (https://www.w3.org/TR/json-ld11-api/#data-round-tripping).
_INTEGER: Final = re.compile(r"-?[1-9][0-9]{0,14}|0")


def serialize(told: Told, media_type: str, mint: Minter) -> bytes:
    """The statements in a format of `statements.FORMATS` other than HTML.

    Formats that have no graphs tell in comments who makes a statement.
    """
    about = sorted(told.about, key=_place_by_subject)
    quads = [*about, *sorted([*told.within, *told.naming], key=_place_by_subject)]
    if media_type == JSON_LD:
        return _JsonLd(mint.base).write(quads)
    if media_type == N_QUADS:
        return _write(quads, media_type, mint).encode()
    if media_type == TRIG:
        return _write_turtle([_write(quads, media_type, mint)], mint)
    return _WRITERS[media_type](_write_graphs(quads, media_type, mint), mint)


def _write_graphs(quads: list[Quad], media_type: str, mint: Minter) -> list[str]:
    """The statements of each graph, below a comment that tells of the graph, which is named from
    the base where the format has one."""
    comment = _comment_xml if media_type == RDF_XML else _comment_line
    base = "" if media_type == N_TRIPLES else mint.base
    parts = []
    for graph in dict.fromkeys(map(graph_of, quads)):
        triples = [quad.triple for quad in quads if graph_of(quad) == graph]
        told = comment(kind_of(graph, mint), graph.removeprefix(base))
        parts.append(f"{told}\n{_write(triples, media_type, mint)}")
    return parts


def _comment_line(kind: str, graph: str) -> str:
    return f"# {kind}: <{graph}>"


def _comment_xml(kind: str, graph: str) -> str:
    return f"<!-- {kind}: {graph.replace('--', '-%2D')} -->"  # as XML 1.0, 2.5 demands


def _write_lines(parts: list[str], _: Minter) -> bytes:
    return "\n".join(parts).encode()


def _write_turtle(parts: list[str], mint: Minter) -> bytes:
    body = "\n".join(parts)
    head = "".join(f"@prefix {name}: <{_SPACES[name]}> .\n" for name in _find_used(body))
    return f"@base <{mint.base}> .\n{head}\n{body}".encode()


def _write_xml(parts: list[str], mint: Minter) -> bytes:
    body = _EMPTY_ELEMENT.sub(r"\1/>", "\n".join(parts))
    spaces = "".join(
        f' xmlns:{name}="{_SPACES[name]}"' for name in dict.fromkeys(["rdf", *_find_used(body)])
    )
    base = f' xml:base="{escape(mint.base)}"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{base}{spaces}>\n'
    return f"{head}{body}</rdf:RDF>\n".encode()


_WRITERS: Final = {TURTLE: _write_turtle, N_TRIPLES: _write_lines, RDF_XML: _write_xml}


def _find_used(body: str) -> list[str]:
    """The prefixes that may stand in a text."""
    return [name for name in _SPACES if f"{name}:" in body]


def _write(statements: list[Quad] | list[Triple], media_type: str, mint: Minter) -> str:
    """Statements without the head and the end, of which the engine changes the order."""
    import pyoxigraph

    chosen = pyoxigraph.RdfFormat.from_media_type(media_type)
    assert chosen is not None, media_type
    content = pyoxigraph.serialize(
        statements, format=chosen, prefixes=PREFIXES, base_iri=str(mint.base)
    )
    lines = (content or b"").decode().rstrip("\n").split("\n")
    left_out = _LEFT_OUT.get(media_type, ("\n",))
    return "".join(f"{line}\n" for line in lines if not line.startswith(left_out))


class _JsonLd:
    """Writes JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/): the graphs, each with its subjects as
    they come. IRIs are relative to the base, or short by the prefixes that are `used`. What has
    names in languages and nothing else has a map of them (4.6.2)."""

    def __init__(self, base: str) -> None:
        self.used: set[str] = set()
        self._base = base
        self._spoken: set[str] = set()

    def write(self, quads: list[Quad]) -> bytes:
        self._spoken = _find_spoken(quads)
        graphs = [
            {"@id": self._relate(graph), "@graph": [self._node(*each) for each in subjects]}
            for graph in dict.fromkeys(map(graph_of, quads))
            if (subjects := groupby((q for q in quads if graph_of(q) == graph), _subject_of))
        ]
        context: dict[str, Any] = {"@base": self._base}
        context |= {name: PREFIXES[name] for name in sorted(self.used)}
        maps = sorted(map(self._shorten, self._spoken))
        context |= {key: {"@container": "@language"} for key in maps}
        document = {"@context": context, "@graph": graphs}
        return f"{json.dumps(document, ensure_ascii=False, separators=(',', ':'))}\n".encode()

    def _node(self, subject: str, said: Iterable[Quad]) -> dict[str, Any]:
        values: dict[str, list[Any]] = {}
        names: dict[str, dict[str, list[str]]] = {}
        for quad in said:
            term: Any = quad.object
            key = self._shorten(quad.predicate.value)
            if quad.predicate.value == vocab.RDF_TYPE:
                values.setdefault("@type", []).append(self._shorten(term.value))
            elif quad.predicate.value in self._spoken:
                by_language = names.setdefault(key, {})
                by_language.setdefault(term.language, []).append(term.value)
            else:
                values.setdefault(key, []).append(self._value(term))
        maps = {key: _unwrap(each) for key, each in names.items()}
        return {"@id": self._relate(subject)} | _unwrap(values) | maps

    def _value(self, term: Any) -> Any:
        if not hasattr(term, "datatype"):
            return {"@id": self._relate(term.value)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value
        if datatype == f"{vocab.XSD}string":
            return term.value
        if datatype == f"{vocab.XSD}integer" and _INTEGER.fullmatch(term.value):
            return int(term.value)
        return {"@value": term.value, "@type": self._shorten(datatype)}

    def _relate(self, iri: str) -> str:
        rest = iri.removeprefix(self._base)
        return rest if rest != iri and SAFE.fullmatch(rest) else self._shorten(iri)

    def _shorten(self, iri: str) -> str:
        for name, space in PREFIXES.items():
            if iri.startswith(space) and SAFE.fullmatch(iri, len(space)):
                self.used.add(name)
                return f"{name}:{iri[len(space) :]}"
        return iri


def _unwrap(values: dict[str, list[Any]]) -> dict[str, Any]:
    """One value as itself."""
    return {key: each[0] if len(each) == 1 else each for key, each in values.items()}


def _find_spoken(quads: list[Quad]) -> set[str]:
    """The properties, short by a prefix, of which all values have a language."""
    objects: list[tuple[str, Any]] = [(quad.predicate.value, quad.object) for quad in quads]
    spoken = {name for name, term in objects if getattr(term, "language", None)}
    mute = {name for name, term in objects if not getattr(term, "language", None)}
    return {name for name in spoken - mute if name.startswith(tuple(PREFIXES.values()))}


def _place_by_subject(quad: Quad) -> tuple[str, str, bool, str, str]:
    """Where a statement stands: all of a subject in one place, its classes first, for formats write
    that in the fewest words."""
    graph, predicate, subject, value = place_of(quad)
    return graph, subject, quad.predicate.value != vocab.RDF_TYPE, predicate, value


def _subject_of(quad: Quad) -> str:
    node: Any = quad.subject
    return str(node.value)
