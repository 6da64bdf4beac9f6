"""The rules as SPARQL infer what the closure infers, neither less nor more."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from example import DATA
from generated import Records, folders
from test_reason_oracle import asserted, streamed
from twingraph import terms as t
from twingraph.cli import cli
from twingraph.ontology import read_ontology
from twingraph.quads import Quad, iri_term, write_line
from twingraph.reason import shipped_rules
from twingraph.reason.sparql import CLASSES, TIME, write_rules
from twingraph.vocab import DEFAULT_BASE, INFERRED, LINKS, ONTOLOGY, Minter

MINT = Minter()
TEXT = write_rules(shipped_rules(), MINT)
INFERRED_GRAPH = iri_term(MINT.graph(INFERRED))


def is_of_time(triple: str) -> bool:
    subject, predicate, object_ = triple.split(" ", 2)
    if predicate == t.LABEL:
        return subject.startswith((f"<{DEFAULT_BASE}year/", f"<{DEFAULT_BASE}decade/"))
    return predicate in TIME or (predicate == t.TYPE and object_ in CLASSES)


def inferred_by(text: str, quads: list[Quad], times: list[str]) -> set[str]:
    """The graph of what is inferred, after running a text on the stated quads and the times."""
    store = ox.Store()
    lines = [
        *map(write_line, quads),
        *map(write_line, read_ontology(MINT.graph(ONTOLOGY))),
        *(f"{triple} {INFERRED_GRAPH} .\n" for triple in times),
    ]
    store.load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    store.update(text)
    graph = ox.NamedNode(MINT.graph(INFERRED))
    return {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, graph)}


def check(quads: list[Quad]) -> None:
    expected = set(streamed(quads))
    times = [triple for triple in sorted(expected) if is_of_time(triple)]
    assert inferred_by(TEXT, quads, times) == expected


def test_on_the_example() -> None:
    check(asserted(DATA))


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(folders())
def test_on_generated_folders(records: Records) -> None:
    with tempfile.TemporaryDirectory() as folder:
        quads = asserted(records.write(Path(folder)))
    check(quads)


def test_links_are_not_reasoned_over() -> None:
    quads = asserted(DATA)
    link = (iri_term(MINT.activity("x")), t.PART_OF, iri_term(MINT.activity("y")))
    linked = [*quads, (*link, iri_term(MINT.graph(LINKS)))]
    assert not [triple for triple in inferred_by(TEXT, linked, []) if "activity/x>" in triple]
    told = [*quads, (*link, iri_term(MINT.source("s")))]
    assert [triple for triple in inferred_by(TEXT, told, []) if "activity/x>" in triple]


def test_command_prints_the_rules_for_a_base() -> None:
    result = CliRunner().invoke(cli, ["rules", "--sparql"])
    assert result.exit_code == 0
    assert result.stdout.rstrip("\n") == TEXT
    other = CliRunner().invoke(cli, ["rules", "--sparql", "--base", "https://data.example/"])
    assert other.stdout.rstrip("\n") == TEXT.replace(DEFAULT_BASE, "https://data.example/")
    assert CliRunner().invoke(cli, ["rules", "--sparql", "--base", "nowhere"]).exit_code == 2
    assert CliRunner().invoke(cli, ["rules"]).exit_code == 2


@pytest.mark.parametrize("seed", ["1", "2"])
def test_text_is_the_same_in_every_process(seed: str) -> None:
    """The order of triples in rdflib changes with the seed of hashes."""
    command = [sys.executable, "-m", "twingraph", "rules", "--sparql"]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.rstrip("\n") == TEXT
