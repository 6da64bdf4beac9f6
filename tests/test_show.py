"""Answers as text: a table where it fits, else row by row; ids are never broken."""

import io
import json

import pytest

from twingraph import show
from twingraph.queries import Answer

NAME = "Participants from Montpellier at the Summer School"
BASE = "https://example.org/id/"
LONG_ID = "heidelberg-montpellier/summer-science-school-participants-of-many-years"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def answer(columns: list[str], *rows: dict[str, str | int]) -> Answer:
    def term(value: str | int) -> dict[str, str]:
        if isinstance(value, int):
            integer = "http://www.w3.org/2001/XMLSchema#integer"
            return {"type": "literal", "value": str(value), "datatype": integer}
        return {"type": "uri" if value.startswith("https:") else "literal", "value": value}

    bindings = [{name: term(value) for name, value in row.items()} for row in rows]
    return Answer(
        json.dumps({"head": {"vars": columns}, "results": {"bindings": bindings}}).encode()
    )


def table(found: Answer, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "dumb")
    file = Terminal()
    show.write_table(found, BASE, file)
    return file.getvalue()


def activity(name: str) -> Answer:
    iri = f"{BASE}activity/{LONG_ID}"
    return answer(["activity", "name", "year"], {"activity": iri, "name": name, "year": 1999})


def test_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = table(answer(["institution", "name"]), 80, monkeypatch)
    assert shown.split()[:2] == ["institution", "name"]


def test_id_is_whole_and_words_are_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = table(activity(NAME), 125, monkeypatch)
    first, second = (line.split("  ") for line in shown.splitlines()[3:5])
    assert first[0].strip() == LONG_ID
    assert "School" in " ".join(second)
    assert all(len(line) <= 125 for line in shown.splitlines())


@pytest.mark.parametrize("width", [20, 60, 100])
def test_row_by_row_where_it_does_not_fit(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = table(activity(NAME), width, monkeypatch)
    assert shown.startswith(f"activity  {LONG_ID}\nname      Participants")
    assert "year      1999\n" in shown


def test_column_without_values_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = table(answer(["a", "b"], {"a": "x"}), 80, monkeypatch)
    assert shown.split()[0] == "a"
    assert "b" not in shown.split()


def test_markup_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "[bold]x" in table(answer(["a"], {"a": "[bold]x"}), 80, monkeypatch)


def test_markdown() -> None:
    file = io.StringIO()
    found = answer(["a", "b"], {"a": "x|y", "b": 3}, {"a": f"{BASE}year/1999"})
    show.write_markdown(found, BASE, file)
    assert file.getvalue() == "| a | b |\n| --- | --- |\n| x\\|y | 3 |\n| 1999 |  |\n"
