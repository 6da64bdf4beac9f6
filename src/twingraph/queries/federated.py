"""SERVICE, answered by one other server that is named: the rest of a query stays where it is.

The engine itself never goes out. What a SERVICE block asks is sent to the server by `endpoint`, as
a query of its own, and its answer stands in the place of the block, as `VALUES`
(https://www.w3.org/TR/sparql11-federated-query/#service). Only what can join is asked for: the
values that the patterns before the block give to its variables go with it, some at a time.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from twingraph.errors import EndpointError, QueryError
from twingraph.sparql import find_words, hide_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twingraph.queries.run import Target
    from twingraph.vocab import Minter

    Term = dict[str, str]  # of SPARQL 1.1 Results JSON
    Rows = list[dict[str, Term]]

_AT_ONCE: Final = 500  # rows of values that go with one request
_SERVICE: Final = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_FORM: Final = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_NAME: Final = re.compile(r"\s*<([^<>\s]*)>\s*\{")
_VARIABLE: Final = re.compile(r"[?$](\w+)")
# What of the patterns before a block may be about the variables that the block gives.
_NOT_APART: Final = frozenset({"FILTER", "MINUS"})
_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})


def find_service(sparql: str) -> str | None:
    """The server that the first SERVICE of a query names; None where none is named by its IRI."""
    keyword = _SERVICE.search(hide_texts(sparql))
    name = keyword and _NAME.match(sparql, keyword.end())
    return name[1] if name else None


class Federated:
    """What is asked, and beside it the one server that SERVICE may name."""

    def __init__(self, target: Target, url: str, service: Target) -> None:
        self._target = target
        self._url = url
        self._service = service

    @property
    def mint(self) -> Minter:
        """Mints the IRIs of what a question names by id."""
        return self._target.mint

    def run(self, sparql: str) -> bytes | bool | str:
        """What a query gives, its SERVICE blocks answered by the server.

        :raises QueryError: if the text is no query, or a block is not one that the server may be
            asked: of another server, of a variable, SILENT, or with a SERVICE in it.
        :raises EndpointError: if the server gives no answer, or none that is whole.
        """
        while (block := _find_block(sparql, self._url)) is not None:
            rows = self._ask(block)
            sparql = block.before + _values(block.variables, rows) + block.after
        return self._target.run(sparql)

    def _ask(self, block: _Block) -> Rows:
        """The solutions of a block, as far as they can join with what stands before it."""
        found: Rows = []
        for given in self._given(block):
            asked = f"{block.prologue}SELECT * WHERE {{ {given}{{ {block.body} }} }}"
            found += _read_rows(self._service.run(asked))
        return found

    def _given(self, block: _Block) -> Iterator[str]:
        """VALUES for the variables that the patterns before a block share with it, in parts."""
        shared = [name for name in block.variables if name in _variables(block.local)]
        if not shared or not block.is_apart:
            yield ""
            return
        names = " ".join(f"?{name}" for name in shared)
        asked = f"{block.prologue}SELECT DISTINCT {names} WHERE {{ {block.local} }}"
        rows = _read_rows(self._target.run(asked))
        for start in range(0, len(rows), _AT_ONCE):
            yield _values(shared, rows[start : start + _AT_ONCE])


class _Block:
    """The first SERVICE block of a query: what it asks, and what stands around it."""

    def __init__(self, sparql: str, hidden: str, start: int, opened: int) -> None:
        end = _find_end(hidden, opened)
        group, is_in_graph = _find_group(hidden, start)
        form = _FORM.search(hidden)
        self.before, self.after = sparql[:start], sparql[end + 1 :]
        self.prologue = sparql[: form.start() if form else 0] + "\n"
        self.body = sparql[opened + 1 : end] + "\n"
        self.local = sparql[group:start] + "\n"
        self.variables = _variables(self.body)
        own = _without_groups(hidden[group:start])
        self.is_apart = not is_in_graph and not _NOT_APART & set(find_words(own))


def _find_block(sparql: str, url: str) -> _Block | None:
    """The first SERVICE block of a query; None where there is none.

    :raises QueryError: if it may not be asked.
    """
    hidden = hide_texts(sparql)
    keyword = _SERVICE.search(hidden)
    if keyword is None:
        return None
    name = _NAME.match(sparql, keyword.end())
    if name is None:
        found = " ".join(sparql[keyword.start() : keyword.end() + 40].split())
        raise QueryError(f"{found!r}: expected SERVICE <{url}> {{ … }}, without SILENT")
    if name[1] != url:
        raise QueryError(f"SERVICE asks <{name[1]}>; only <{url}> was named")
    block = _Block(sparql, hidden, keyword.start(), name.end() - 1)
    if "SERVICE" in find_words(block.body):
        raise QueryError("a SERVICE in another lets a server ask a third; expected none")
    return block


def _find_end(hidden: str, opened: int) -> int:
    """Where the group that opens at a place ends.

    :raises QueryError: if it does not.
    """
    depth = 0
    for place in range(opened, len(hidden)):
        depth += {"{": 1, "}": -1}.get(hidden[place], 0)
        if depth == 0:
            return place
    raise QueryError("not a SPARQL query: a SERVICE block does not end")


def _find_group(hidden: str, place: int) -> tuple[int, bool]:
    """Where the group begins that a place is in, and whether it is in one of a GRAPH."""
    begins = []
    depth = 0
    for before in range(place - 1, -1, -1):
        if hidden[before] == "}":
            depth += 1
        elif hidden[before] == "{" and depth:
            depth -= 1
        elif hidden[before] == "{":
            begins.append(before)
    is_in_graph = any(hidden[:begin].rstrip().upper().endswith("GRAPH") for begin in begins)
    return (begins[0] + 1 if begins else place), is_in_graph


def _without_groups(hidden: str) -> str:
    """A text without what it has in braces."""
    depth, kept = 0, []
    for character in hidden:
        depth += character == "{"
        if not depth:
            kept.append(character)
        depth -= character == "}"
    return "".join(kept)


def _variables(sparql: str) -> list[str]:
    return list(dict.fromkeys(_VARIABLE.findall(hide_texts(sparql, variables=True))))


def _read_rows(answer: object) -> Rows:
    if not isinstance(answer, bytes):
        raise QueryError("a SERVICE block gives no rows")
    rows: Rows = json.loads(answer)["results"]["bindings"]
    return rows


def _values(variables: Sequence[str], rows: Rows) -> str:
    """Rows as an inline table.

    >>> _values(["x", "y"], [{"x": {"type": "literal", "value": 'a"b', "xml:lang": "en"}}])
    'VALUES (?x ?y) { ("a\\\\"b"@en UNDEF) } '
    """
    names = " ".join(f"?{name}" for name in variables)
    lines = (
        f"({' '.join(_term(row[name]) if name in row else 'UNDEF' for name in variables)})"
        for row in rows
    )
    return f"VALUES ({names}) {{ {' '.join(lines)} }} "


def _term(term: Term) -> str:
    if term["type"] == "bnode":
        raise EndpointError("a SERVICE answers with a blank node, which nothing here can be")
    if term["type"] == "uri":
        return f"<{term['value']}>"
    text = f'"{term["value"].translate(_ESCAPES)}"'
    if "xml:lang" in term:
        return f"{text}@{term['xml:lang']}"
    return f"{text}^^<{term['datatype']}>" if "datatype" in term else text
