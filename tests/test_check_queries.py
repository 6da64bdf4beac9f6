"""Every check query finds nothing in one graph, and in another what is wrong, on two engines."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from engines import ENGINES, MINT, closed, read_rows
from twingraph.files import LOADED, REASONED, find_shipped
from twingraph.ontology import read_ontology
from twingraph.quads import write_line
from twingraph.queries.catalogue import read_question
from twingraph.vocab import ONTOLOGY

FOLDERS = Path(__file__).parent / "checks"
CHECKS = {path.stem: path for path in sorted(find_shipped("queries").glob("checks/*.rq"))}

each_check = pytest.mark.parametrize("name", CHECKS)
each_engine = pytest.mark.parametrize("engine", ENGINES)


@each_engine
@each_check
def test_check_accepts(name: str, engine: str) -> None:
    text = read_question(CHECKS[name]).text
    assert ENGINES[engine](closed(FOLDERS / name / "accepts.trig"), text) == []


@each_engine
@each_check
def test_check_rejects(name: str, engine: str) -> None:
    folder = FOLDERS / name
    text = read_question(CHECKS[name]).text
    expected = read_rows((folder / "rejects.srj").read_bytes())
    assert expected
    assert ENGINES[engine](closed(folder / "rejects.trig"), text) == expected


@each_check
def test_shipped_ontology_passes(name: str) -> None:
    """Alone, as it is published: nothing that a build adds hides a slip."""
    names = (*REASONED, *LOADED)
    lines = "".join(map(write_line, read_ontology(MINT.graph(ONTOLOGY), names)))
    quads = list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
    assert ENGINES["oxigraph"](quads, read_question(CHECKS[name]).text) == []


@each_check
def test_header_says_problem_columns_severity_and_solution(name: str) -> None:
    check = read_question(CHECKS[name])
    assert re.fullmatch(r"[A-Z].*\.", check.question)
    assert re.fullmatch(r"[A-Z].*\.", check.solution)
    assert check.severity in ("error", "warning")
    assert "#+ severity: " in check.text
    assert not check.parameters
    columns, row, order = check.returns.split("; ")
    assert columns == ", ".join(check.columns)
    assert row.startswith("one row a")
    assert order.startswith("by ")
    answer = ox.Store().query(check.text)
    assert isinstance(answer, ox.QuerySolutions)
    assert tuple(variable.value for variable in answer.variables) == check.columns


@each_check
def test_prefixes_are_sorted_and_used(name: str) -> None:
    text = CHECKS[name].read_text(encoding="utf-8")
    declared = re.findall(r"^PREFIX (\w+): <.*>$", text, re.MULTILINE)
    assert declared == sorted(declared)
    body = re.sub(r'"[^"]*"', "", text.partition("SELECT")[2])
    assert set(re.findall(r"(?<![\w?])(\w+):(?=\w)", body)) == set(declared)


def test_every_folder_belongs_to_a_check() -> None:
    assert {path.name for path in FOLDERS.iterdir()} == set(CHECKS)
