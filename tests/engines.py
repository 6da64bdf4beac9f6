"""A small graph, closed, and a query over it on two engines: rows that can be compared."""

from __future__ import annotations

import json
import warnings
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib

from oracle import rdflib_term
from twingraph.ontology import read_ontology
from twingraph.quads import Quad, Term, iri_term, write_line
from twingraph.reason import close_quads, shipped_rules
from twingraph.vocab import INFERRED, ONTOLOGY, Minter

if TYPE_CHECKING:
    from pathlib import Path

MINT = Minter()

Value = tuple[str, str, str]  # what it is, its text, its language or datatype
Row = dict[str, Value]


@cache
def closed(path: Path) -> list[ox.Quad]:
    """What a file states, the ontology, and what follows, each in its graph."""
    stated = list(ox.parse(path=path, format=ox.RdfFormat.TRIG))
    inferred = iri_term(MINT.graph(INFERRED))
    follows = close_quads(map(as_terms, stated), shipped_rules(), MINT)
    lines = [
        *map(write_line, read_ontology(MINT.graph(ONTOLOGY))),
        *(write_line((*triple, inferred)) for triple in follows),
    ]
    return [*stated, *ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS)]


def as_terms(quad: ox.Quad) -> Quad:
    parts = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    subject, predicate, object_, graph = (Term(str(part)) for part in parts)
    return subject, predicate, object_, graph


def read_rows(content: bytes) -> list[Row]:
    """The rows of SPARQL 1.1 JSON results."""
    bindings: list[dict[str, dict[str, str]]] = json.loads(content)["results"]["bindings"]
    return [{name: read_term(term) for name, term in row.items()} for row in bindings]


def read_term(term: dict[str, str]) -> Value:
    kind = "datatype" if "datatype" in term else "xml:lang"
    detail = term.get(kind, "")
    return term["type"], term["value"], "" if detail.endswith("#string") else detail


def ask_oxigraph(quads: list[ox.Quad], text: str) -> list[Row]:
    store = ox.Store()
    store.extend(quads)
    answer = store.query(text, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    content = answer.serialize(format=ox.QueryResultsFormat.JSON)
    assert content is not None
    return read_rows(content)


def ask_rdflib(quads: list[ox.Quad], text: str) -> list[Row]:
    dataset = rdflib.Dataset(default_union=True)
    for quad in quads:
        graph = dataset.graph(rdflib_term(quad.graph_name))
        graph.add(
            (rdflib_term(quad.subject), rdflib_term(quad.predicate), rdflib_term(quad.object))
        )
    with warnings.catch_warnings():
        # rdflib itself uses what it deprecates: https://github.com/RDFLib/rdflib/issues/3475
        warnings.filterwarnings("ignore", r"Dataset\.\w+ is deprecated", DeprecationWarning)
        content = dataset.query(text).serialize(format="json")
    assert content is not None
    # Of no groups rdflib writes an empty row: https://github.com/RDFLib/rdflib/issues/3382
    return [row for row in read_rows(content) if row]


ENGINES = {"oxigraph": ask_oxigraph, "rdflib": ask_rdflib}
