"""The streamed closure is owlrl's and our rules', neither less nor more, on generated records."""

import tempfile
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import rdflib
from hypothesis import HealthCheck, given, settings

from example import DATA
from generated import Records, folders
from oracle import naive_closure
from twingraph import files
from twingraph.graph import build_asserted
from twingraph.ontology import read_vocabulary
from twingraph.quads import Quad, write_line
from twingraph.reason import Index, close, close_quads, shipped_rules
from twingraph.records import open_folder
from twingraph.vocab import Minter


@cache
def ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in files.REASONED:
        graph.parse(files.find_shipped("ontology") / name)
    return graph


def asserted(folder: Path) -> list[Quad]:
    opened = open_folder(folder, read_vocabulary())
    quads = list(build_asserted(opened, read_vocabulary()))
    opened.finish()
    return quads


def streamed(quads: list[Quad]) -> list[str]:
    """The closure as lines, in two passes over the quads in their own order, as a build does."""
    rules = shipped_rules()
    index = Index(rules)
    index.learn(quads)
    return list(close(quads, index, rules, Minter()))


def expected(quads: list[Quad]) -> set[str]:
    lines = "".join(map(write_line, quads)).encode()
    parsed = ox.parse(lines, format=ox.RdfFormat.N_QUADS)
    return {str(triple) for triple in naive_closure(parsed, ontology())}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(folders())
def test_closure_is_the_oracles(records: Records) -> None:
    with tempfile.TemporaryDirectory() as folder:
        quads = asserted(records.write(Path(folder)))
    derived = streamed(quads)
    assert len(derived) == len(set(derived))
    assert set(derived) == expected(quads)


def test_closure_of_the_example_is_the_oracles() -> None:
    quads = asserted(DATA)
    assert set(streamed(quads)) == expected(quads)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(folders())
def test_order_of_the_quads_does_not_matter(records: Records) -> None:
    with tempfile.TemporaryDirectory() as folder:
        quads = asserted(records.write(Path(folder)))
    whole = {" ".join(triple) for triple in close_quads(quads, shipped_rules(), Minter())}
    assert set(streamed(quads)) == whole
