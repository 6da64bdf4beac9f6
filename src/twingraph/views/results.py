"""SPARQL 1.1 Results JSON as the engine writes it (https://www.w3.org/TR/sparql11-results-json/)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from twingraph.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.views.sections import Content

_quote: Final = json.JSONEncoder(ensure_ascii=False).encode
_INTEGER: Final = f',"datatype":"{XSD}integer"}}'


def uri(iri: str) -> str:
    """An IRI as a value of a row."""
    return f'{{"type":"uri","value":{_quote(iri)}}}'


def literal(text: str) -> str:
    """A text without a language as a value of a row.

    >>> literal('the "old" choir')
    '{"type":"literal","value":"the \\\\"old\\\\" choir"}'
    """
    return f'{{"type":"literal","value":{_quote(text)}}}'


def integer(number: int) -> str:
    """An xsd:integer as a value of a row."""
    return f'{{"type":"literal","value":"{number}"{_INTEGER}'


def results(columns: Sequence[str], rows: list[Content]) -> bytes:
    """An answer of rows, of which every one ends in a comma; the list is used up."""
    if rows:
        rows[-1] = rows[-1][:-1]
    names = json.dumps(columns, separators=(",", ":"))
    rows.insert(0, f'{{"head":{{"vars":{names}}},"results":{{"bindings":['.encode())
    rows.append(b"]}}")
    return b"".join(rows)
