"""One name an institution in a language, as the catalogue's questions choose and order them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from twingraph.views.facts import Facts

_THEN: Final = ("en", "de")  # where there is none in the language that is asked for


class Named(NamedTuple):
    """Facts with the name of each institution in a language, and by `ranks` the order of these:
    the same number where they are told apart by nothing but upper and lower case.
    """

    facts: Facts
    names: Sequence[str]
    ranks: Sequence[int]


def name_facts(facts: Facts, language: str) -> Named:
    """The facts with names in a language."""
    names = choose_names(facts.labels, language)
    keys = fold_names(names)
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    return Named(facts, names, [ranks[key] for key in keys])


def choose_names(labels: Iterable[Mapping[str, str]], language: str) -> list[str]:
    """Of the labels of each, by language, the one in this language, else in English, else in
    German, else the least.

    >>> choose_names([{"en": "Choir", "de": "Chor"}, {"ja": "合唱団", "fr": "Chœur"}], "de")
    ['Chor', 'Chœur']
    """
    order = (language, *_THEN)
    return [_choose(each, order) for each in labels]


def _choose(label: Mapping[str, str], order: Iterable[str]) -> str:
    for language in order:
        if language in label:
            return label[language]
    return min(label.values())


def fold_names(names: Sequence[str]) -> list[str]:
    """The names in lower case as SPARQL's LCASE of the engine gives it, by which they are ordered.

    Engine and Python may know different versions of Unicode: beyond ASCII the engine is asked.

    >>> fold_names(["ΣΟΦΌΣ", "Chor"])
    ['σοφός', 'chor']
    """
    others = sorted({name for name in names if not name.isascii()})
    folded = dict(zip(others, _ask_engine(others), strict=True))
    return [folded[name] if name in folded else name.lower() for name in names]


def _ask_engine(texts: Sequence[str]) -> list[str]:
    import pyoxigraph

    if not texts:
        return []
    values = " ".join(
        f"({json.dumps(text, ensure_ascii=False)} {number})" for number, text in enumerate(texts)
    )
    query = f"SELECT ?number (LCASE(?text) AS ?folded) {{ VALUES (?text ?number) {{ {values} }} }}"
    rows = pyoxigraph.Store().query(query)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    found = {int(number.value): folded.value for number, folded in rows}
    return [found[number] for number in range(len(texts))]
