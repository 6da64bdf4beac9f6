"""Questions and SPARQL, run on a build or on a remote store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from twingraph.errors import QueryError
from twingraph.queries.answer import Answer
from twingraph.queries.catalogue import find_question, read_value
from twingraph.store.read import Build
from twingraph.vocab import TG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twingraph.queries.catalogue import Parameter, Question
    from twingraph.vocab import Minter

# Types of parameters that name a resource of the graph, and the class of those.
_RESOURCES = {
    name.lower(): f"{TG}{name}"
    for name in ("Institution", "Activity", "Partnership", "Municipality", "Source", "Topic")
}


class Target(Protocol):
    """What is asked: a build, or a remote store."""

    @property
    def mint(self) -> Minter:
        """Mints the IRIs of what a question names by id."""

    def run(self, sparql: str) -> bytes | bool | str:
        """What a query gives: rows as SPARQL 1.1 Results JSON, a truth value, or N-Triples."""


def ask(target: Target, question: str, *more: Path, **values: str | int) -> Answer:
    """The answer of a catalogue question; `more` are folders with questions of your own.

    :raises QueryError: if the question, a parameter or the resource it names is unknown.
    """
    found = find_question(question, *more)
    text = found.bind(values, target.mint)
    _check_order(found, values)
    _check_resources(target, found, values)
    answer = find_view(target, found, values)
    return query(target, text) if answer is None else Answer(answer)


def find_view(target: Target, question: Question, values: Mapping[str, str | int]) -> bytes | None:
    """The answer as SPARQL 1.1 Results JSON, where the target is a build that holds it already."""
    if not isinstance(target, Build):
        return None
    asked = {each.name: str(values.get(each.name, each.default)) for each in question.parameters}
    return target.views.answer(question.text, asked)


def query(target: Target, sparql: str) -> Answer:
    """The answer of a SPARQL SELECT over the union of all graphs.

    :raises QueryError: if the text is no SPARQL query, or none that gives rows.
    """
    answer = run(target, sparql)
    if not isinstance(answer, Answer):
        raise QueryError("the query gives no table of rows; expected a SELECT")
    return answer


def run(target: Target, sparql: str) -> Answer | bool | str:
    """What any SPARQL query gives: rows, a truth value (ASK), or triples as N-Triples, sorted.

    :raises QueryError: if the text is no SPARQL query.
    :raises EndpointError: if a remote store gives no answer, or none that is whole.
    """
    found = target.run(sparql)
    return Answer(found) if isinstance(found, bytes) else found


def _check_order(question: Question, values: Mapping[str, str | int]) -> None:
    """Refuse years that run backwards: no rows would look like an answer."""
    if not values:
        return
    defaults = {parameter.name: parameter.default for parameter in question.parameters}
    first, last = (values.get(name, defaults.get(name)) for name in ("from", "to"))
    if first is not None and last is not None and int(first) > int(last):
        raise QueryError(f"{question.name}: from={first} is after to={last}")


def _check_resources(target: Target, question: Question, values: Mapping[str, str | int]) -> None:
    """Refuse a resource that the graph does not know, for the same reason."""
    for parameter in question.parameters:
        if parameter.name in values and parameter.type in _RESOURCES:
            find_resource(target, parameter, values[parameter.name])


def find_resource(target: Target, parameter: Parameter, value: str | int) -> str:
    """The SPARQL term of what a parameter names: of a partnership, say, that the graph knows.

    :raises QueryError: if the graph knows none of that name, with what is near.
    """
    term = read_value(parameter, value, target.mint)
    if run(target, f"ASK {{ {term} a <{_RESOURCES[parameter.type]}> }}"):
        return term
    import difflib

    of_class = f"SELECT DISTINCT ?iri WHERE {{ ?iri a <{_RESOURCES[parameter.type]}> }}"
    known = [str(row[0]) for row in query(target, of_class).rows()]
    near = difflib.get_close_matches(term[1:-1], known, n=1, cutoff=0.8)
    hint = f"; did you mean <{near[0]}>?" if near else ""
    raise QueryError(f"{parameter.name}: this graph knows no {parameter.type} {term}{hint}")
