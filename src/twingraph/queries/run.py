"""Questions and SPARQL, run on a build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from twingraph.errors import QueryError
from twingraph.queries.answer import Answer
from twingraph.queries.catalogue import find_question, read_value
from twingraph.vocab import TG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twingraph.queries.catalogue import Question
    from twingraph.store import Build

# What holds no keyword of SPARQL: comments, texts, IRIs, variables, names with a prefix.
_SAID: Final = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*>|\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*|[?$:]\w+|\w+:""",
    re.DOTALL,
)
_KEYWORD: Final = re.compile(r"\b(?:FROM|SERVICE)\b", re.IGNORECASE)
# Types of parameters that name a resource of the graph, and the class of those.
_RESOURCES = {
    name.lower(): f"{TG}{name}"
    for name in ("Institution", "Activity", "Partnership", "Municipality", "Topic")
}


def ask(build: Build, question: str, *more: Path, **values: str | int) -> Answer:
    """The answer of a catalogue question; `more` are folders with questions of your own.

    :raises QueryError: if the question, a parameter or the resource it names is unknown.
    """
    found = find_question(question, *more)
    text = found.bind(values, build.mint)
    _check_order(found, values)
    _check_resources(build, found, values)
    return query(build, text)


def query(build: Build, sparql: str) -> Answer:
    """The answer of a SPARQL SELECT over the union of all graphs.

    :raises QueryError: if the text is no SPARQL query, or none that gives rows.
    """
    answer = run(build, sparql)
    if not isinstance(answer, Answer):
        raise QueryError("the query gives no table of rows; expected a SELECT")
    return answer


def run(build: Build, sparql: str) -> Answer | bool | str:
    """What any SPARQL query gives: rows, a truth value (ASK), or triples as N-Triples, sorted.

    :raises QueryError: if the text is no SPARQL query.
    """
    import pyoxigraph

    keywords = _KEYWORD.findall(_SAID.sub(" ", sparql))
    if any(keyword.upper() == "SERVICE" for keyword in keywords):
        raise QueryError("SERVICE asks another server; a query on a build uses no network")
    try:
        # A dataset that the query names itself (FROM) is what it is about; else all graphs are.
        results = build.store.query(sparql, use_default_graph_as_union=not keywords)
        if isinstance(results, pyoxigraph.QueryBoolean):
            return bool(results)
        if isinstance(results, pyoxigraph.QuerySolutions):
            content = results.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
            return Answer(content or b"")
        content = results.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
    except SyntaxError as error:
        raise QueryError(f"not a SPARQL query: {error}") from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error
    return "".join(sorted({line + "\n" for line in content.decode().split("\n") if line}))


def _check_order(question: Question, values: Mapping[str, str | int]) -> None:
    """Refuse years that run backwards, for the same reason."""
    given = {parameter.name: parameter.default for parameter in question.parameters} | dict(values)
    first, last = given.get("from"), given.get("to")
    if first is not None and last is not None and int(first) > int(last):
        raise QueryError(f"{question.name}: from={first} is after to={last}")


def _check_resources(build: Build, question: Question, values: Mapping[str, str | int]) -> None:
    """Refuse a resource that the graph does not know: no rows would look like an answer."""
    for parameter in question.parameters:
        if parameter.name not in values or parameter.type not in _RESOURCES:
            continue
        term = read_value(parameter, values[parameter.name], build.mint)
        if run(build, f"ASK {{ {term} a <{_RESOURCES[parameter.type]}> }}"):
            continue
        import difflib

        of_class = f"SELECT DISTINCT ?iri WHERE {{ ?iri a <{_RESOURCES[parameter.type]}> }}"
        known = [str(row[0]) for row in query(build, of_class).rows()]
        near = difflib.get_close_matches(term[1:-1], known, n=1, cutoff=0.8)
        hint = f"; did you mean <{near[0]}>?" if near else ""
        raise QueryError(f"{parameter.name}: this build knows no {parameter.type} {term}{hint}")
