"""Every question, asked of a small graph: the rows that it must give, on two engines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from engines import ENGINES, MINT, closed, read_rows
from twingraph.queries import Question, read_catalogue

FOLDERS = Path(__file__).parent / "queries"
CATALOGUE = read_catalogue()


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
