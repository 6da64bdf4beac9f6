"""The reference names every table and column, and its examples answer what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from example import DATA, ROOT
from twingraph import ask, build_folder, open_build
from twingraph.export import TABLES, write_tables
from twingraph.export.readme import READING, reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from twingraph import Answer

DOCS = (ROOT / "docs/tables.md").read_text(encoding="utf-8")
BLOCKS = [
    (language, code)
    for language, code in re.findall(r"^```(\w+)\n(.*?)^```", DOCS, re.DOTALL | re.MULTILINE)
    if language != "r"
]
QUESTIONS = ("institutions-since", "activities-by-decade", "institution-pairs")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("docs")
    build_folder(DATA, place / "build")
    with open_build(place / "build") as build:
        write_tables(build, place / "tables")
    return place


@pytest.fixture(scope="module")
def answers(place: Path) -> dict[str, Answer]:
    with open_build(place / "build") as build:
        return {name: ask(build, name) for name in QUESTIONS}


def test_reference_is_that_of_the_schema() -> None:
    assert DOCS.endswith(f"\n{READING}\n{reference()}")


def test_readme_beside_the_tables_has_the_reference(place: Path) -> None:
    readme = (place / "tables/README.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert f"\n## {table.name}\n" in readme
        for column in table.columns:
            assert f"\n| `{column.name}` |" in readme
    assert "Rows: 59." in readme


def test_descriptions_are_sentences() -> None:
    for table in TABLES:
        for text in (table.description, *(column.description for column in table.columns)):
            assert re.fullmatch(r"[A-Zaco].*\.", text), text
            assert "|" not in text


def run(language: str, code: str) -> Any:
    """What a block comes to: the rows of SQL, the variables of Python."""
    if language == "sql":
        with duckdb.connect() as connection:
            return connection.execute(code).fetchall()
    variables: dict[str, Any] = {}
    exec(compile(code, "docs/tables.md", "exec"), variables)
    return variables


def columns(answer: Answer, *names: str) -> list[tuple[Any, ...]]:
    return sorted(tuple(row[name] for name in names) for row in answer)


def test_examples_answer_the_questions(
    place: Path, answers: dict[str, Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    since, decades, pairs = (answers[name] for name in QUESTIONS)
    asked = BLOCKS[:9]
    assert [language for language, _ in asked] == ["sql", "python", "python"] * 3
    told = [run(language, code) for language, code in asked]
    assert told[0] == since.rows()
    for variables in told[1:3]:
        assert set(variables["since"]["institution"]) == {row[0] for row in since.rows()}
        assert len(variables["since"]) == len(since)
    assert told[3] == decades.rows()
    assert list(told[4]["by_decade"].items()) == decades.rows()
    assert told[5]["by_decade"].rows() == decades.rows()
    counted = columns(pairs, "institution", "other", "activities")
    assert sorted(told[6]) == counted
    assert sorted((*pair, n) for pair, n in told[7]["pairs"].items()) == counted
    assert sorted(told[8]["pairs"].rows()) == counted


def test_examples_read_the_files(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place / "tables")
    told = [run(language, code) for language, code in BLOCKS[9:12]]
    assert len(told[0]) == 20
    assert told[1]["pd"] is pd
    assert told[2]["pl"] is pl
    known: dict[str, Any] = {"pd": pd}
    (language, code) = BLOCKS[12]
    assert language == "python"
    frame: Sequence[Any] = eval(code, known)
    assert len(frame) == 9
    assert len(BLOCKS) == 13
