"""Which answers a site has: files cannot work out any others."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from twingraph.errors import QueryError
from twingraph.pages.choices import find_years
from twingraph.pages.forms import LISTED, MOST
from twingraph.queries import query
from twingraph.queries.catalogue import read_value
from twingraph.site.names import ASK, write_name
from twingraph.vocab import TG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from twingraph.queries import Question
    from twingraph.queries.catalogue import Parameter
    from twingraph.site.names import Names
    from twingraph.store import Build

# Types of parameters of which each resource has an answer, as long as a form would list them all.
_EACH: Final = ("partnership", "municipality")
# The question that has an answer for each year in which an institution was active.
_YEARLY: Final = "institutions-since"
_YEARLY_MOST: Final = 500  # institutions; of more, the answers would be most of the site


class Plan:
    """The answers of a site: of each question with its defaults, and with some values of one of its
    parameters."""

    def __init__(self, build: Build, questions: Mapping[str, Question], names: Names) -> None:
        self.questions = questions
        self._build = build
        self._names = names

    def list_values(self, question: Question) -> Iterator[dict[str, str]]:
        """The values with which a question is answered; the first are none, for its defaults."""
        yield {}
        for parameter in question.parameters:
            for value in self._list(question, parameter):
                if value != self._settle(question.name, parameter, parameter.default or ""):
                    yield {parameter.name: value}

    def find_stem(self, name: str, values: Mapping[str, str]) -> str | None:
        """The stem of the files of an answer; None where it is not among them."""
        question = self.questions.get(name)
        if question is None:
            return None
        known = {each.name: each for each in question.parameters}
        if not known.keys() >= values.keys():
            return None
        stem = f"{ASK}/{write_name(name)}"
        chosen = [
            (known[key], settled)
            for key, value in values.items()
            if known[key].type != "language"
            and (settled := self._settle(name, known[key], value))
            != self._settle(name, known[key], known[key].default or "")
        ]
        if not chosen:
            return stem
        [(parameter, value), *more] = chosen
        if more or value not in self._list(question, parameter):
            return None
        end = self._names.find_stem(value) or value
        return f"{stem}/{parameter.name}={end.removeprefix(f'{parameter.type}/')}"

    def _settle(self, question: str, parameter: Parameter, value: str) -> str:
        """A value by which answers are told apart: the IRI of a resource, the last of the years
        that have the same answer."""
        if parameter.type == "year" and question == _YEARLY:
            return self._years.get(value, value)
        if parameter.type not in _EACH or not value:
            return value
        try:
            return read_value(parameter, value, self._build.mint)[1:-1]
        except QueryError:
            return value

    def _list(self, question: Question, parameter: Parameter) -> list[str]:
        if parameter.type in _EACH:
            return self._resources[parameter.type]
        if parameter.type == "year" and question.name == _YEARLY:
            return sorted(set(self._years.values()))
        return []

    @cached_property
    def _resources(self) -> dict[str, list[str]]:
        """The IRIs of each type, in order; none where there are too many."""
        found = {}
        for type_ in _EACH:
            rows = self._ask(
                f"SELECT DISTINCT ?one {{ ?one a tg:{LISTED[type_]} }} LIMIT {MOST + 1}"
            )
            found[type_] = sorted(row[0] for row in rows) if len(rows) <= MOST else []
        return found

    @cached_property
    def _years(self) -> dict[str, str]:
        """Each year with the last of those that have the same answer."""
        question = self.questions[_YEARLY]
        [(number,)] = self._ask("SELECT (COUNT(DISTINCT ?one) AS ?n) { ?one a tg:Institution }")
        parameter = next((each for each in question.parameters if each.type == "year"), None)
        if parameter is None or int(number) > _YEARLY_MOST:
            return {}
        same: dict[bytes, list[str]] = {}
        for year in map(str, find_years(self._build)):
            text = question.bind({parameter.name: year}, self._build.mint)
            same.setdefault(query(self._build, text).serialize("json"), []).append(year)
        return {year: years[-1] for years in same.values() for year in years}

    def _ask(self, text: str) -> list[tuple[str, ...]]:
        rows = query(self._build, f"PREFIX tg: <{TG}>\n{text}").rows()
        return [tuple(map(str, row)) for row in rows]
