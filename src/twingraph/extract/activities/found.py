"""What was found in a block, by position: words, named concepts, dates, institutions, places."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from twingraph.extract.activities.segments import Piece
    from twingraph.extract.dates import DateMention
    from twingraph.extract.institutions import InstitutionMention
    from twingraph.extract.lexicon import Concept, Hit
    from twingraph.extract.words import Word

_START: Final = attrgetter("start")


class Named(NamedTuple):
    """A concept that words name: where, in how many words, and whether in an institution's name."""

    start: int
    end: int
    concept: Concept
    size: int
    is_part: bool
    is_in_name: bool


class Found(NamedTuple):
    """A text and what was found in it, each list in the order of the text."""

    text: str
    words: Sequence[Word]
    hits: Sequence[Named]
    dates: Sequence[DateMention]
    institutions: Sequence[InstitutionMention]
    places: Sequence[tuple[int, int, str]]

    def between(self, start: int, end: int) -> Found:
        """The part of what was found that lies within these positions."""
        if start <= 0 and end >= len(self.text):
            return self
        return Found(
            self.text,
            self.words,
            [hit for hit in self.hits if start <= hit.start and hit.end <= end],
            [date for date in self.dates if start <= date.start and date.end <= end],
            [each for each in self.institutions if start <= each.start and each.end <= end],
            [place for place in self.places if start <= place[0] and place[1] <= end],
        )

    def of_role(self, role: str) -> list[Named]:
        """What of a role is named outside the names of institutions."""
        return [hit for hit in self.hits if hit.concept.role == role and not hit.is_in_name]

    def topics_of_names(self) -> list[str]:
        """The topics that the names of institutions speak of."""
        return [
            hit.concept.id for hit in self.hits if hit.concept.role == "topic" and hit.is_in_name
        ]

    def words_outside_dates(self, piece: Piece) -> list[Word]:
        """The words of a piece of the text that belong to no date."""
        first = bisect_left(self.words, piece.start, key=_START)
        last = bisect_left(self.words, piece.end, key=_START)
        spans = [(date.start, date.end) for date in self.dates]
        return [
            word
            for word in self.words[first:last]
            if not any(start <= word.start < end for start, end in spans)
        ]


def name_hits(
    hits: Iterable[Hit], words: Sequence[Word], institutions: Sequence[InstitutionMention]
) -> list[Named]:
    """The hits of the lexicon by position, each with whether an institution's name holds it."""
    found = []
    starts = [each.start for each in institutions]
    for hit in hits:
        start, end = words[hit.first].start, words[hit.last - 1].end
        at = bisect_left(starts, start + 1) - 1
        is_in_name = at >= 0 and end <= institutions[at].end
        found.append(Named(start, end, hit.concept, hit.last - hit.first, hit.is_part, is_in_name))
    return found
