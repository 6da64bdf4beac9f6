"""CSV of answers: as many fields in each row as there are columns, whatever stands in them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from twingraph.queries import Answer, ask, read_catalogue
from twingraph.queries.results import is_even
from twingraph.store import open_build

if TYPE_CHECKING:
    from pathlib import Path

    from serving import Server

COMMA = "http://www.city.example/hd,Lde/HD/a,b.html"
NASTY = f"""SELECT ?a ?b ?c WHERE {{ VALUES (?a ?b ?c) {{
  (<{COMMA}> "x,\\"y\\"\\nz"@en 5) (UNDEF "" <urn:a>) ("é,熊" "'" <{COMMA}>) }} }}"""
ROWS = [["a", "b", "c"], [COMMA, 'x,"y"\nz', "5"], ["", "", "urn:a"], ["é,熊", "'", COMMA]]


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_engine_leaves_commas_of_iris_bare() -> None:
    """The trap; where this fails, `write_csv` has nothing left to do."""
    rows = pyoxigraph.Store().query(f"SELECT ?a (1 AS ?b) {{ VALUES ?a {{ <{COMMA}> }} }}")
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    content = rows.serialize(format=pyoxigraph.QueryResultsFormat.CSV) or b""
    assert not is_even(content, 2)


def test_nasty_values_stay_in_their_columns() -> None:
    rows = pyoxigraph.Store().query(NASTY)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    answer = Answer(rows.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"")
    assert read(answer.serialize("csv")) == ROWS


@pytest.mark.parametrize("name", read_catalogue())
def test_answers_of_the_catalogue_are_even(example_build: Path, name: str) -> None:
    with open_build(example_build) as build:
        answer = ask(build, name)
        rows = read(answer.serialize("csv"))
    assert {len(row) for row in rows} == {len(answer.columns)}
    assert len(rows) == len(answer) + 1


def test_server_sends_them_so(example_server: Server) -> None:
    assert read(example_server.query(NASTY, "text/csv").body) == ROWS


def test_large_answer_is_refused_as_any(example_server: Server) -> None:
    """Also where it is written anew: what does not fit is no half answer."""
    text = f"SELECT (<{COMMA}> AS ?x) ?a ?b ?c ?d WHERE {{ ?a ?p ?b . ?c ?q ?d }}"
    refused = example_server.query(text, "text/csv")
    assert (refused.status, "64 MB" in refused.text) == (400, True)
