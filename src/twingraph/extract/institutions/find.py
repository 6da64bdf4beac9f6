"""Mentions of institutions: a word that names a kind of body, and the name around it.

No list of names is needed. A kind word (hospital, Verein) makes a mention where a name stands with
it: capital letters beside it (Kumamoto Municipal Hospital), what it is of (societies of the deaf of
Montpellier), in German also a definite article before a compound (der Stadtjugendring). Names
without a kind word are taken where their form says so: `e.V.`, a club's letters, an acronym, a name
in quotation marks. Nested names count once, in the longest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from twingraph.extract.institutions.kinds import KindNames
from twingraph.extract.institutions.marked import MarkedNames
from twingraph.extract.institutions.names import base_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from twingraph.extract.institutions.spans import Span
    from twingraph.extract.lexicon import Hit
    from twingraph.extract.words import Word


@dataclass(frozen=True, slots=True)
class InstitutionMention:
    """A mention: where it stands, the name in its base form, the kind, and the rule that saw it."""

    start: int
    end: int
    name: str
    kind: str | None
    municipality: str | None
    rule: str


def find_institutions(
    words: Sequence[Word], hits: Sequence[Hit], language: str
) -> list[InstitutionMention]:
    """The institutions that the words name, by place; `hits` are those of the lexicon.

    >>> from twingraph.extract.lexicon import read_lexicon
    >>> from twingraph.extract.words import read_words
    >>> words = read_words("Mitarbeiter des Städtischen Krankenhauses Kumamoto", "de")
    >>> [each.name for each in find_institutions(words, read_lexicon("de").find(words), "de")]
    ['Städtisches Krankenhaus Kumamoto']
    """
    found = []
    kinds = [hit for hit in hits if hit.concept.role == "kind"]
    spans = [
        *MarkedNames(words, kinds, language).find(),
        *KindNames(words, kinds, language).find(),
    ]
    kept = _longest(spans)
    for span, following in zip_longest(kept, kept[1:]):
        if _describes(span, following, words):
            continue
        for name in base_forms(words, span, language):
            start, end = words[span.first].start, words[span.last - 1].end
            found.append(InstitutionMention(start, end, name, span.kind, None, span.rule))
    return found


def _longest(spans: Iterable[Span]) -> list[Span]:
    """Of spans that overlap the longest, by place."""
    taken: set[int] = set()
    kept = []
    for span in sorted(spans, key=lambda span: (span.first - span.last, span.first)):
        places = range(span.first, span.last)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(span)
    return sorted(kept, key=lambda span: span.first)


def _describes(span: Span, following: Span | None, words: Sequence[Word]) -> bool:
    """Whether words only describe the name after them: `the cultural institute Ulm House`."""
    is_low = span.head is not None and words[span.head].text.islower()
    return is_low and following is not None and span.last == following.first
