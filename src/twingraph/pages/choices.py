"""The answers of a question that a site without a server has, beside the one with its defaults."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from twingraph.pages.words import tell_name
from twingraph.queries import query
from twingraph.vocab import TG

if TYPE_CHECKING:
    from twingraph.pages.view import View
    from twingraph.queries import Question
    from twingraph.store import Build


class Choice(NamedTuple):
    """A parameter, and what it may be: the words, and the address of the answer."""

    label: str
    options: list[tuple[str, str]]


@lru_cache(maxsize=4)
def find_years(build: Build) -> range:
    """The years from the first to the last in which an institution was certainly active."""
    [(first, last)] = query(
        build,
        f"PREFIX tg: <{TG}> SELECT (MIN(?from) AS ?first) (MAX(?to) AS ?last) "
        "{ ?one a tg:Institution ; tg:firstActive ?from ; tg:lastActive ?to }",
    ).rows()
    return range(int(first), int(last) + 1) if first and last else range(0)


def choose_years(view: View, question: Question) -> list[Choice]:
    """The parameters that are years; years with the same answer together."""
    found = []
    for each in question.parameters:
        if each.type == "year":
            answered = [
                (year, address)
                for year in map(str, find_years(view.build))
                if (address := view.links.question(question.name, {each.name: year}))
            ]
            grouped = groupby(answered, key=lambda option: option[1])
            spans = [(_tell([year for year, _ in same]), address) for address, same in grouped]
            found.append(Choice(tell_name(view, each.name), spans))
    return [choice for choice in found if len(choice.options) > 1]


def _tell(years: list[str]) -> str:
    """Years that follow each other.

    >>> _tell(["1991", "1992", "1993"]), _tell(["1999"])
    ('1991–1993', '1999')
    """
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
