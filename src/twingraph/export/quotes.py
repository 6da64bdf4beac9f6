"""How much of a page's words a package ships: all that is quoted, the first sentence, or none."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

from twingraph import terms as t
from twingraph.quads import Term, read_text, text_term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

QUOTES: Final = ("full", "short", "none")
# What a distribution says that it holds.
HELD: Final = {
    "full": "Quoted words of pages are whole",
    "short": "Of each quotation the first sentence is shipped",
    "none": "No words of pages are shipped",
}

_STRETCH: Final = 2**20  # bytes that are looked through at once
_LONGEST: Final = 300  # code points of a sentence
_END: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[^\sa-zà-ÿ0-9])|[。！？]+[」』）]*")
# Before a full stop: an ordinal (15. April), an initial, a title (Dr., St.).
_NO_END: Final = re.compile(r"(?:^|[\s.(])(?:[0-9]+|[A-ZÀ-Þ][^\W\d_]{0,2})\.$")
_PREDICATE: Final = f" {t.QUOTE} ".encode()


def shorten_quote(text: str) -> str:
    """The first sentence of a quotation, and of a very long one its beginning.

    >>> shorten_quote("On 15. April Dr. Weber came. She stayed.")
    'On 15. April Dr. Weber came.'
    """
    text = text.strip()
    for match in _END.finditer(text):
        sentence = text[: match.end()]
        if not _NO_END.search(sentence):
            text = sentence
            break
    if len(text) <= _LONGEST:
        return text
    head = text[: _LONGEST - 1]
    return (head.rsplit(None, 1)[0] if " " in head else head) + "…"


def filter_quotes(file: BinaryIO, quotes: str) -> Iterator[bytes]:
    """The lines of N-Quads with their quotations whole, shortened or left out, many at once."""
    while stretch := file.read(_STRETCH) + file.readline():
        if quotes == "full" or _PREDICATE not in stretch:
            yield stretch
        else:
            yield from _filter_lines(io.BytesIO(stretch), quotes)


def _filter_lines(lines: BinaryIO, quotes: str) -> Iterator[bytes]:
    for line in lines:
        if _PREDICATE not in line or line.split(b" ", 2)[1] != t.QUOTE.encode():
            yield line
        elif quotes == "short":
            yield _shorten_line(line.decode())


def _shorten_line(line: str) -> bytes:
    subject, predicate, rest = line.split(" ", 2)
    words, graph, _dot = rest.rsplit(" ", 2)
    text, language = read_text(Term(words))
    short = text_term(shorten_quote(text), language or None)
    return f"{subject} {predicate} {short} {graph} .\n".encode()
