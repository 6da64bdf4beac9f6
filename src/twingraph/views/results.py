"""SPARQL 1.1 Results JSON as the engine writes it (https://www.w3.org/TR/sparql11-results-json/)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from twingraph.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Sequence

END: Final = b"]}}"  # of an answer
_ROWS: Final = b'"results":{"bindings":['
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


def head(columns: Sequence[str]) -> bytes:
    """The beginning of an answer with these columns; its rows follow, then `END`."""
    return f'{{"head":{{"vars":{json.dumps(columns, separators=(",", ":"))}}},'.encode() + _ROWS


def results(columns: Sequence[str], rows: bytes) -> bytes:
    """An answer of rows that are parted by commas."""
    return b"".join((head(columns), rows, END))
