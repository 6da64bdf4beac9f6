"""Base forms of names: without article, genitive or possessive; one for each of several bodies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from twingraph.extract.grammar import AND, nominative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.extract.institutions.spans import Span
    from twingraph.extract.words import Word


def base_forms(words: Sequence[Word], span: Span, language: str) -> list[str]:
    """The base forms: without article, genitive or possessive; one for each of several bodies."""
    if language == "de":
        return [_german_name(words, span)]
    shared = _shared_head(words, span)
    return shared or _shared_tail(words, span) or [_join(words[span.first : span.last])]


def _singular(word: Word) -> Word:
    text = re.sub(r"ies$", "y", word.text)
    return word._replace(text=text if text != word.text else word.text.removesuffix("s"))


def _shared_tail(words: Sequence[Word], span: Span) -> list[str]:
    """`the A and B departments`: one name for each."""
    inside = words[span.first : span.last]
    at = next((i for i, word in enumerate(inside) if word.text in AND), None)
    if at is None or span.head != span.last - 1 or not inside[-1].text.endswith("s"):
        return []
    head = _singular(inside[-1])
    return [_join([*inside[:at], head]), _join([*inside[at + 1 : -1], head])]


def _join(words: Sequence[Word]) -> str:
    """The words as they stand, a possessive as a plain name."""
    text = ""
    for i, word in enumerate(words):
        is_close = i > 0 and word.start == words[i - 1].end
        part = re.sub(r"[’']s$", "", word.text) if i + 1 < len(words) else word.text
        text += part if is_close or not text else f" {part}"
    return text


def _german_name(words: Sequence[Word], span: Span) -> str:
    parts = list(words[span.first : span.last])
    if span.head is None or not span.first <= span.head < span.last:
        return _join(parts)
    at = span.head - span.first
    head = parts[at]
    noun = _without_genitive(head)
    parts[at] = head._replace(text=noun)
    for i in range(at):
        parts[i] = parts[i]._replace(text=nominative(parts[i].text, noun))
    return _join(parts)


def _without_genitive(word: Word) -> str:
    """A noun without the ending of the genitive (Krankenhauses, Klinikums; not that of Kreis)."""
    text = word.text
    if text.endswith(("hauses", "ses", "zes", "tes", "des", "bes", "kes", "ches")):
        return text[:-2]
    return text[:-1] if re.search(r"....[^suixa]s$", text) else text


def _shared_head(words: Sequence[Word], span: Span) -> list[str]:
    """`societies of deaf people in A and B`, `A and B departments`: one name for each."""
    inside = words[span.first : span.last]
    at = next((i for i, word in enumerate(inside) if word.text in AND), None)
    if at is None or span.head is None or at + 2 != len(inside):
        return []
    head = span.head - span.first
    if not inside[head].text.endswith("s") or at < head:
        return []
    common = [*inside[:head], _singular(inside[head]), *inside[head + 1 : at - 1]]
    return [_join([*common, inside[at - 1]]), _join([*common, inside[at + 1]])]
