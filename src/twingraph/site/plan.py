"""Which answers a site has as files: the others are worked out in the visitor's browser."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from twingraph.pages.choices import find_years
from twingraph.queries import query
from twingraph.site.names import ASK, write_name
from twingraph.vocab import TG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from twingraph.queries import Question
    from twingraph.queries.catalogue import Parameter
    from twingraph.store import Build

# The question that has an answer for each year in which an institution was active.
_YEARLY: Final = "institutions-since"
_YEARLY_MOST: Final = 500  # institutions; of more, the answers would be most of the site


class Plan:
    """The answers of a site: of each question with its defaults, which for a resource are all, and
    of one question by year."""

    def __init__(self, build: Build, questions: Mapping[str, Question]) -> None:
        self.questions = questions
        self._build = build

    def list_values(self, question: Question) -> Iterator[dict[str, str]]:
        """The values with which a question is answered; the first are none, for its defaults."""
        yield {}
        for parameter in question.parameters:
            for value in self._list_years(question, parameter):
                if value != self._settle(question, parameter, parameter.default or ""):
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
            and (settled := self._settle(question, known[key], value))
            != self._settle(question, known[key], known[key].default or "")
        ]
        if not chosen:
            return stem
        [(parameter, value), *more] = chosen
        if more or value not in self._list_years(question, parameter):
            return None
        return f"{stem}/{parameter.name}-{value}"

    def _settle(self, question: Question, parameter: Parameter, value: str) -> str:
        """A value by which answers are told apart: the last of the years with the same answer."""
        is_year = parameter.type == "year" and question.name == _YEARLY
        return self._years.get(value, value) if is_year else value

    def _list_years(self, question: Question, parameter: Parameter) -> list[str]:
        if parameter.type == "year" and question.name == _YEARLY:
            return sorted(set(self._years.values()))
        return []

    @cached_property
    def _years(self) -> dict[str, str]:
        """Each year with the last of those that have the same answer."""
        question = self.questions[_YEARLY]
        [(number,)] = query(
            self._build,
            f"PREFIX tg: <{TG}> SELECT (COUNT(DISTINCT ?one) AS ?n) {{ ?one a tg:Institution }}",
        ).rows()
        parameter = next((each for each in question.parameters if each.type == "year"), None)
        if parameter is None or int(str(number)) > _YEARLY_MOST:
            return {}
        same: dict[bytes, list[str]] = {}
        for year in map(str, find_years(self._build)):
            text = question.bind({parameter.name: year}, self._build.mint)
            same.setdefault(query(self._build, text).serialize("json"), []).append(year)
        return {year: years[-1] for years in same.values() for year in years}
