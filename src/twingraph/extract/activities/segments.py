"""A block of a page -> sentences -> clauses: the pieces that can each tell of one activity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# A full stop that ends no sentence: after an abbreviation, an ordinal or a single letter.
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:St|Dr|Prof|Mr|Mrs|Ms|Jr|Sr|vs|etc|ca|bzw|Nr|Str|Abb|inkl|evtl|usw|geb|gest|Mio|Mrd"
    r"|e\.\s?V|z\.\s?B|d\.\s?h|u\.\s?a|i\.\s?d|a\.\s?m|p\.\s?m|[^\W\d_])|(?<![0-9])[0-9]{1,2})\.$"
)
_SENTENCE_END: Final = re.compile(r"[.!?][\"”“’)»]*(?=\s)|[。！？]")
_CLAUSE_END: Final = re.compile(
    r";|,(?!\d)|:(?=\s)|\s[–—-]\s|\s(?=(?:and|und|sowie|et|y)\s)|[、，]|\((?=[^)]{12})|(?<=[^\s(]{2})\)"
)


class Piece(NamedTuple):
    """A part of a text (code points), and the mark before it: what it is joined by."""

    start: int
    end: int
    joined_by: str


def split_sentences(text: str) -> Iterator[Piece]:
    """The sentences of a text, without white space around them.

    >>> text = "Am 4. Juni kam Dr. Braun. Am Abend sang der Chor e.V. in Thorn."
    >>> [text[piece.start : piece.end] for piece in split_sentences(text)]
    ['Am 4. Juni kam Dr. Braun.', 'Am Abend sang der Chor e.V. in Thorn.']
    """
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATED.search(text, max(start, match.start() - 12), match.start() + 1):
            continue
        yield from _trimmed(text, start, match.end(), "")
        start = match.end()
    yield from _trimmed(text, start, len(text), "")


def split_clauses(text: str, start: int, end: int) -> Iterator[Piece]:
    """The clauses of a sentence at `start` to `end`, each with the mark or word that joins it.

    >>> text = "Ulsan in 1987; Suzhou and Mutare in 1988"
    >>> [(text[p.start : p.end], p.joined_by) for p in split_clauses(text, 0, len(text))]
    [('Ulsan in 1987', ''), ('Suzhou', ';'), ('and Mutare in 1988', 'and')]
    """
    joined_by = ""
    for match in _CLAUSE_END.finditer(text, start, end):
        piece = list(_trimmed(text, start, match.start(), joined_by))
        yield from piece
        start = match.end()
        if not piece and joined_by:
            continue  # `; and`: the mark counts
        joined_by = match.group().strip() or text[start : start + 6].split(maxsplit=1)[0].casefold()
    yield from _trimmed(text, start, end, joined_by)


def _trimmed(text: str, start: int, end: int, joined_by: str) -> Iterator[Piece]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Piece(start, end, joined_by)
