"""Quads as the texts of N-Quads: a term is written once, compared as text, and never parsed again.

A `Term` is a term in the canonical form of N-Triples (https://www.w3.org/TR/rdf12-n-triples/,
section 4): `<https://…>`, `"words"@en`, `"1999"^^<…#integer>`. Blank nodes do not occur.
"""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Final, NewType

from twingraph.vocab import EDTF, XSD, Iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Term = NewType("Term", str)
Triple = tuple[Term, Term, Term]
Quad = tuple[Term, Term, Term, Term]

_INTEGER: Final = f"^^<{XSD}integer>"
_ESCAPED: Final = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES: Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_UNESCAPES: Final = {escape[1]: character for character, escape in _ESCAPES.items()}


def iri_term(iri: Iri) -> Term:
    """The term of an IRI.

    >>> iri_term(Iri("https://example.org/a"))
    '<https://example.org/a>'
    """
    return Term(f"<{iri}>")


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def text_term(text: str, language: str | None = None) -> Term:
    """The term of a text, with a language tag (in lower case, as engines normalise it) or without.

    >>> text_term('say "hi"', "en")
    '"say \\\\"hi\\\\""@en'
    """
    escaped = _ESCAPED.sub(_escape, text)
    return Term(f'"{escaped}"@{language.lower()}' if language else f'"{escaped}"')


def integer_term(number: int) -> Term:
    """The term of an xsd:integer."""
    return Term(f'"{number}"{_INTEGER}')


def decimal_term(number: float) -> Term:
    """The term of an xsd:decimal, without an exponent and with at least one decimal.

    >>> decimal_term(49.40768)
    '"49.40768"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    digits = f"{number:.10f}".rstrip("0")
    return Term(
        f'"{digits}0"^^<{XSD}decimal>' if digits.endswith(".") else f'"{digits}"^^<{XSD}decimal>'
    )


def edtf_term(text: str) -> Term:
    """The term of a date in EDTF."""
    return Term(f'"{text}"^^<{EDTF}>')


def lexical_form(term: Term) -> str:
    """The text of a literal that holds no escapes: a number, a date.

    >>> lexical_form(integer_term(1999))
    '1999'
    """
    return term[1 : term.index('"', 1)]


def read_text(term: Term) -> tuple[str, str]:
    """The text of a literal, its escapes undone, and its language tag (empty without one).

    >>> read_text(text_term('say "hi"', "en"))
    ('say "hi"', 'en')
    """
    end = term.rindex('"')
    text, tail = term[1:end], term[end + 1 :]
    if "\\" in text:
        text = _ESCAPE.sub(_unescape, text)
    return text, tail[1:] if tail.startswith("@") else ""


def _unescape(match: re.Match[str]) -> str:
    escape = match.group()
    digits = escape[2:]
    return chr(int(digits, 16)) if digits else _UNESCAPES[escape[1]]


def write_line(quad: Quad) -> str:
    """The quad as a line of N-Quads."""
    return f"{quad[0]} {quad[1]} {quad[2]} {quad[3]} .\n"


def read_lines(lines: Iterable[str]) -> Iterator[Quad]:
    """The quads of lines that `write_line` wrote (single spaces, every quad with a graph)."""
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        object_, graph, _dot = rest.rsplit(" ", 2)
        yield Term(subject), Term(intern(predicate)), Term(object_), Term(intern(graph))
