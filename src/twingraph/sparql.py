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
_BRACKET: Final = re.compile(r"[][(){}]")
_DEEPEST: Final = 100  # brackets in one another
_LONGEST: Final = 1000  # in each of which the one before is nested
_CHAINED: Final = ("BIND", "MINUS", "OPTIONAL")
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def find_words(sparql: str) -> list[str]:
    """The words that may be keywords, in upper case and in their order.

    >>> find_words('# from here\\nSELECT ?from WHERE { ?from ?p "where" }')
    ['SELECT', 'WHERE']
    """
    return [word.upper() for word in _WORD.findall(_SAID.sub(" ", sparql))]


def hide_texts(sparql: str, *, variables: bool = False) -> str:
    """A text of the same length, with blanks in the place of what holds no keyword.

    With `variables`, these stay.

    >>> hide_texts('ASK { ?s ?p "}" }'), hide_texts('ASK { ?s ?p "}" }', variables=True)
    ('ASK {           }', 'ASK { ?s ?p     }')
    """

    def hide(said: re.Match[str]) -> str:
        return said[0] if variables and said[0][0] in "?$" else " " * len(said[0])

    return _SAID.sub(hide, sparql)


def find_form(sparql: str) -> str | None:
    """The form of a query, e.g. `SELECT`; None of what is no query, an update for instance.

    >>> find_form("PREFIX : <https://example.org/> ASK { ?s ?p ?o }"), find_form("DROP ALL")
    ('ASK', None)
    """
    words = (word for word in find_words(sparql) if word not in ("PREFIX", "BASE"))
    first = next(words, None)
    return first if first in _FORMS else None


def find_excess(sparql: str) -> str | None:
    """What of a query is so much that it would overflow an engine's stack, as a rule nothing.

    Oxigraph 0.5 ends the process at some 4,000 brackets or BINDs in one another.

    >>> find_excess("ASK {" + "{" * 100 + "}" * 100 + "}")
    'is nested more than 100 levels deep'
    """
    depth = 0
    for character in _BRACKET.findall(_SAID.sub(" ", sparql)):
        depth += 1 if character in "([{" else -1
        if depth > _DEEPEST:
            return f"is nested more than {_DEEPEST} levels deep"
    if sum(word in _CHAINED for word in find_words(sparql)) > _LONGEST:
        return f"has more than {_LONGEST:,} of {', '.join(_CHAINED)}"
    return None
