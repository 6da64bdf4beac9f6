"""Any SPARQL on a build: what it is about, what is refused, and answers that stay whole."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from example import SMALL, write_folder
from twingraph import Build, QueryError, build_folder, open_build, query
from twingraph.queries import run
from twingraph.queries.catalogue import find_question

COUNT = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s a <https://w3id.org/twingraph/ns#Activity> }}"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    folder = tmp_path_factory.mktemp("run")
    label = SMALL["institutions.yaml"].replace("Youth Council", '"Youth\\u2028Council"')
    build_folder(write_folder(folder / "data", {"institutions.yaml": label}), folder / "build")
    with open_build(folder / "build") as opened:
        yield opened


def test_without_from_all_graphs_are_asked(build: Build) -> None:
    assert query(build, COUNT.format("")).rows() == [(2,)]


def test_from_names_the_dataset(build: Build) -> None:
    inferred = "FROM <https://w3id.org/twingraph/id/graph/inferred>"
    assert query(build, COUNT.format(inferred)).rows() == [(2,)]
    assert query(build, COUNT.format("FROM <https://example.org/none>")).rows() == [(0,)]


@pytest.mark.parametrize("text", ['"from here"', "'FROM'", "<https://example.org/FROM>"])
def test_a_text_is_no_keyword(build: Build, text: str) -> None:
    found = query(build, f"# FROM\nSELECT ?x ?service WHERE {{ VALUES ?x {{ {text} }} }}")
    assert len(found) == 1


def test_no_query_reaches_out(build: Build) -> None:
    for silent in ("", "SILENT "):
        text = f"SELECT * WHERE {{ SERVICE {silent}<http://127.0.0.1:9/> {{ ?s ?p ?o }} }}"
        with pytest.raises(QueryError, match="SERVICE asks another server"):
            run(build, text)


def test_what_the_engine_cannot_do_is_a_query_error(build: Build) -> None:
    for text in ("SELECT", "SELECT (<http://example.org/f>(1) AS ?x) WHERE {}", "DROP ALL"):
        with pytest.raises(QueryError):
            run(build, text)


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT ?x WHERE {{ BIND({'(' * 5000}1{')' * 5000} AS ?x) }}",
        f"SELECT ?s WHERE {{ {'{' * 5000} ?s ?p ?o {'}' * 5000} }}",
        f"SELECT ?s WHERE {{ ?s ?p {'[ ?p ' * 5000} 1 {']' * 5000} }}",
        "(" * 100_000,
        f"SELECT * WHERE {{ {' '.join(f'BIND({n} AS ?v{n})' for n in range(5000))} }}",
        f"SELECT * WHERE {{ ?s ?p ?o {'MINUS { ?s a ?s } ' * 5000} }}",
    ],
    ids=["parentheses", "groups", "blank nodes", "not closed", "BIND", "MINUS"],
)
def test_query_that_would_end_the_process_is_refused(build: Build, text: str) -> None:
    """Oxigraph overflows its stack, and the process is killed."""
    with pytest.raises(
        QueryError, match=r"the query (is nested more than 100|has more than 1,000)"
    ):
        run(build, text)


def test_query_of_some_depth_is_answered(build: Build) -> None:
    text = f"ASK {{ FILTER({'(' * 90}true{')' * 90}) }}"
    assert run(build, text) is True
    brackets = '"' + "(" * 200 + '"'
    assert query(build, f"SELECT ?x WHERE {{ VALUES ?x {{ {brackets} }} }}").rows()
    chain = " ".join(f"BIND({n} AS ?v{n})" for n in range(900))
    assert query(build, f"SELECT ?v899 WHERE {{ {chain} }}").rows() == [(899,)]


def test_triples_are_whole_lines(build: Build) -> None:
    lines = str(run(build, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")).split("\n")
    assert lines.pop() == ""
    assert lines == sorted(set(lines))
    assert all(line.endswith(" .") for line in lines)
    assert any("Youth\u2028Council" in line for line in lines)


def test_value_that_is_not_of_its_type_is_its_text(build: Build) -> None:
    assert query(
        build, 'SELECT ("zz"^^<http://www.w3.org/2001/XMLSchema#integer> AS ?x) {}'
    ).rows() == [("zz",)]


def test_check_of_unusual_line_ends(tmp_path: Path) -> None:
    from twingraph import check_folder

    csv = {"sources/page/activities.csv": "id,label.en\nfair,F\u2028air\n"}
    data = write_folder(tmp_path / "data", csv)
    assert check_folder(data) == []
    with open_build(build_folder(data, tmp_path / "build").generation.parents[1]) as build:
        assert query(build, COUNT.format("")).rows() == [(3,)]


def test_changed_question_is_read_anew(tmp_path: Path) -> None:
    """Of the same length, and with the time of the old one, as a tool may write it."""
    path = tmp_path / "mine.rq"
    text = "# Which {}?\n#+ returns: x; one row; by x\nSELECT ?x WHERE {{ ?x ?y ?z }} ORDER BY ?x\n"
    path.write_text(text.format("old"), encoding="utf-8")
    assert find_question("mine", tmp_path).question == "Which old?"
    was = path.stat()
    other = tmp_path / "other"
    other.write_text(text.format("new"), encoding="utf-8")
    os.utime(other, ns=(was.st_atime_ns, was.st_mtime_ns))
    other.replace(path)
    assert find_question("mine", tmp_path).question == "Which new?"
