"""Every question, asked of a small graph: the rows that it must give, on two engines."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from oracle import naive_closure, rdflib_term
from twingraph import files
from twingraph.ontology import read_ontology
from twingraph.quads import write_line
from twingraph.queries import Question, read_catalogue
from twingraph.vocab import INFERRED, ONTOLOGY, Minter

FOLDERS = Path(__file__).parent / "queries"
MINT = Minter()
CATALOGUE = read_catalogue()

Term = tuple[str, str, str]  # what it is, its text, its language or datatype
Row = dict[str, Term]


@cache
def ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in files.REASONED:
        graph.parse(files.find_shipped("ontology") / name)
    return graph


@cache
def closed(path: Path) -> list[ox.Quad]:
    """What a file states, the ontology, and what follows, each in its graph."""
    stated = list(ox.parse(path=path, format=ox.RdfFormat.TRIG))
    lines = "".join(map(write_line, read_ontology(MINT.graph(ONTOLOGY))))
    inferred = ox.NamedNode(MINT.graph(INFERRED))
    follows = naive_closure(stated, ontology())
    return [
        *stated,
        *ox.parse(lines, format=ox.RdfFormat.N_QUADS),
        *(ox.Quad(each.subject, each.predicate, each.object, inferred) for each in follows),
    ]


def read_rows(content: bytes) -> list[Row]:
    """The rows of SPARQL 1.1 JSON results."""
    bindings: list[dict[str, dict[str, str]]] = json.loads(content)["results"]["bindings"]
    return [{name: read_term(term) for name, term in row.items()} for row in bindings]


def read_term(term: dict[str, str]) -> Term:
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
    content = dataset.query(text).serialize(format="json")
    assert content is not None
    # Of no groups rdflib writes an empty row: https://github.com/RDFLib/rdflib/issues/3382
    return [row for row in read_rows(content) if row]


ENGINES = {"oxigraph": ask_oxigraph, "rdflib": ask_rdflib}


def find_cases() -> list[Any]:
    """Of each question its defaults, and the values in params.json, by name of the case."""
    cases = []
    for name in CATALOGUE:
        cases.append(pytest.param(name, {}, "expected.srj", id=name))
        path = FOLDERS / name / "params.json"
        others = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        for case, values in others.items():
            expected = f"expected-{case}.srj"
            cases.append(pytest.param(name, values, expected, id=f"{name}-{case}"))
    return cases


# rdflib itself uses what it deprecates: https://github.com/RDFLib/rdflib/issues/3475
@pytest.mark.filterwarnings(r"ignore:Dataset\.\w+ is deprecated:DeprecationWarning")
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("name", "values", "expected"), find_cases())
def test_question_gives_the_expected_rows(
    name: str, values: dict[str, str], expected: str, engine: str
) -> None:
    question: Question = CATALOGUE[name]
    folder = FOLDERS / name
    rows = ENGINES[engine](closed(folder / "data.trig"), question.bind(values, MINT))
    assert rows == read_rows((folder / expected).read_bytes())


@pytest.mark.parametrize("name", CATALOGUE)
def test_an_activity_is_told_in_two_graphs(name: str) -> None:
    """Else a question that counts a triple once for each graph would pass."""
    stated = ox.parse(path=FOLDERS / name / "data.trig", format=ox.RdfFormat.TRIG)
    graphs: dict[tuple[object, ...], set[object]] = {}
    for quad in stated:
        if "/activity/" in str(quad.subject):
            triple = (quad.subject, quad.predicate, quad.object)
            graphs.setdefault(triple, set()).add(quad.graph_name)
    assert any(len(found) > 1 for found in graphs.values())


def test_every_folder_belongs_to_a_question() -> None:
    assert {path.name for path in FOLDERS.iterdir()} == set(CATALOGUE)


def test_every_expectation_belongs_to_a_case() -> None:
    known = {FOLDERS / case.values[0] / case.values[2] for case in find_cases()}
    assert set(FOLDERS.glob("*/*.srj")) == known
