"""What a SPARQL text says, as far as it can be seen without an engine."""

from __future__ import annotations

import re
from typing import Final

# What holds no keyword of SPARQL: comments, texts, IRIs, variables, names with a prefix.
_SAID: Final = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*>|\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*|[?$:]\w+|\w+:""",
    re.DOTALL,
)
_WORD: Final = re.compile(r"\b[A-Z]+\b", re.IGNORECASE)
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def find_words(sparql: str) -> list[str]:
    """The words that may be keywords, in upper case and in their order.

    >>> find_words('# from here\\nSELECT ?from WHERE { ?from ?p "where" }')
    ['SELECT', 'WHERE']
    """
    return [word.upper() for word in _WORD.findall(_SAID.sub(" ", sparql))]


def find_form(sparql: str) -> str | None:
    """The form of a query, e.g. `SELECT`; None of what is no query, an update for instance.

    >>> find_form("PREFIX : <https://example.org/> ASK { ?s ?p ?o }"), find_form("DROP ALL")
    ('ASK', None)
    """
    words = (word for word in find_words(sparql) if word not in ("PREFIX", "BASE"))
    first = next(words, None)
    return first if first in _FORMS else None
