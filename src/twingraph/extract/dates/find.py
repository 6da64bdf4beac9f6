"""Temporal mentions of a text -> EDTF and recurrence.

A text is read into tokens of time (`dates_tokens`), rules find mentions in them (`dates_rules`),
and the rest of the text says what they leave open (`dates_context`). Japanese, which parts no
words, has rules of its own (`dates_ja`). All of it takes time in proportion to the text.
"""

from __future__ import annotations

from typing import Final

from twingraph.extract.dates.context import settle
from twingraph.extract.dates.ja import find_japanese
from twingraph.extract.dates.mention import DateContext, DateKind, DateMention
from twingraph.extract.dates.screen import screen
from twingraph.extract.dates.search import find_drafts
from twingraph.extract.dates.tokens import LANGUAGES, read_tokens

__all__ = ["DateContext", "DateKind", "DateMention", "find_dates"]

_NOTHING_KNOWN: Final = DateContext()
_DEFAULT: Final = "en"


def find_dates(
    text: str, language: str, context: DateContext = _NOTHING_KNOWN
) -> list[DateMention]:
    """The temporal mentions of a paragraph, by position, never overlapping.

    A language without rules of its own is read by the English ones: numbers are the same.

    >>> [(m.edtf, m.recurrence) for m in find_dates("Annual youth exchange since 1993", "en")]
    [(None, 'annual'), ('1993/..', None)]
    """
    if language == "ja":
        return find_japanese(text, context)
    tokens = screen(read_tokens(text, language if language in LANGUAGES else _DEFAULT))
    return settle(tokens, list(find_drafts(tokens)), context)
