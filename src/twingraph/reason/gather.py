"""What subjects tell of others, as lines by bucket, to be put together at the end.

Several sources may give one triple (an institution's topics, its partners in exchange), and a
count is the sum of what each source gives. Lines are

    =s p o      stated, and could be derived elsewhere
    +s p o      derived
    #s n f l b  n dated activities of the institution s, the first and the last year in which one
                was certainly under way, and the latest in which one certainly began (- for none)
    *s o n      s and o exchanged: in n activities, a series aside where its editions count

A line belongs to the bucket of its s: buckets are put together one by one, in any process, in
memory that does not grow with the whole.
"""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twingraph.quads import Term
    from twingraph.reason.dating import Dating

STATED: Final = "="
DERIVED: Final = "+"
CAREER: Final = "#"
PAIR: Final = "*"
_ABSENT: Final = "-"
_HELD: Final = 100_000  # lines held in memory


@dataclass(slots=True)
class Career:
    """An institution's years, gathered over its dated activities."""

    activities: int = 0
    first: int | None = None
    last: int | None = None
    last_started: int | None = None

    def add(self, dating: Dating) -> None:
        """Count one more dated activity."""
        self.activities += 1
        started = dating.bounds.earliest_start if dating.bounds else None
        self._widen(dating.first, dating.last, started)

    def join(self, other: Career) -> None:
        """Count what was gathered elsewhere."""
        self.activities += other.activities
        self._widen(other.first, other.last, other.last_started)

    def _widen(self, first: int | None, last: int | None, started: int | None) -> None:
        if first is not None and (self.first is None or first < self.first):
            self.first = first
        if last is not None and (self.last is None or last > self.last):
            self.last = last
        if started is not None and (self.last_started is None or started > self.last_started):
            self.last_started = started

    def write(self) -> str:
        """The four numbers as text.

        >>> Career.read(Career(2, 1999, 2001).write())
        Career(activities=2, first=1999, last=2001, last_started=None)
        """
        years = (self.first, self.last, self.last_started)
        return " ".join(map(str, (self.activities, *(_ABSENT if y is None else y for y in years))))

    @classmethod
    def read(cls, text: str) -> Career:
        """The career that `write` wrote."""
        activities, *years = text.split(" ")
        return cls(int(activities), *(None if year == _ABSENT else int(year) for year in years))


def by_iri(term: str) -> str:
    """What terms are ordered by as IRIs: one that begins another comes first.

    >>> sorted(["<a:b/1>", "<a:b>"]), sorted(["<a:b/1>", "<a:b>"], key=by_iri)
    (['<a:b/1>', '<a:b>'], ['<a:b>', '<a:b/1>'])
    """
    return term[:-1]


def bucket_of(subject: str, buckets: int) -> int:
    """The bucket of a subject, from 0, the same in every process."""
    return zlib.crc32(subject.encode()) % buckets


@dataclass(slots=True)
class Gathered:
    """Lines, each once. `take` gives them and empties; do so when `is_full`."""

    lines: dict[str, None] = field(default_factory=dict)
    careers: dict[Term, Career] = field(default_factory=dict)
    pairs: Counter[tuple[Term, Term]] = field(default_factory=Counter)

    @property
    def is_full(self) -> bool:
        """Whether so many lines are held that they should be taken."""
        return len(self.lines) + len(self.careers) + len(self.pairs) > _HELD

    def derive(self, triples: Iterable[str]) -> None:
        """Take derived triples, each as the text `s p o`."""
        for triple in triples:
            self.lines[DERIVED + triple] = None

    def take(self, buckets: int) -> list[tuple[int, list[str]]]:
        """The lines by bucket, and hold none of them any more."""
        by_bucket: list[list[str]] = [[] for _ in range(buckets)]
        known: dict[str, list[str]] = {}  # by subject
        for line in self._written():
            subject = line[1 : line.index(" ")]
            lines = known.get(subject)
            if lines is None:
                lines = known[subject] = by_bucket[bucket_of(subject, buckets)]
            lines.append(line)
        self.lines, self.careers, self.pairs = {}, {}, Counter()
        return [(bucket, lines) for bucket, lines in enumerate(by_bucket) if lines]

    def _written(self) -> Iterable[str]:
        yield from self.lines
        for institution, career in self.careers.items():
            yield f"{CAREER}{institution} {career.write()}"
        for (one, other), number in self.pairs.items():
            yield f"{PAIR}{one} {other} {number}"
            yield f"{PAIR}{other} {one} {number}"
