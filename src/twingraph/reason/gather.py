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
from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from twingraph.quads import Term
    from twingraph.reason.dating import Dating

STATED: Final = "="
DERIVED: Final = "+"
CAREER: Final = "#"
PAIR: Final = "*"
_ABSENT: Final = "-"
_HELD: Final = 100_000  # lines held in memory


class Career(Struct, gc=False):
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


# What terms are ordered by as IRIs: one that begins another comes first, so `>` is left out.
by_iri: Final[Callable[[str], str]] = itemgetter(slice(-1))


def bucket_of(subject: str, buckets: int) -> int:
    """The bucket of a subject, from 0, the same in every process."""
    return zlib.crc32(subject.encode()) % buckets


@dataclass(slots=True)
class Gathered:
    """Lines, each once. `take` gives them and empties; do so when `is_full`."""

    lines: dict[str, None] = field(default_factory=dict)
    # what is derived, by subject and predicate
    relations: dict[tuple[Term, Term], dict[Term, None]] = field(default_factory=dict)
    careers: dict[Term, Career] = field(default_factory=dict)
    pairs: dict[tuple[Term, Term], int] = field(default_factory=dict)
    told: set[object] = field(default_factory=set)  # who has told all that they derive
    # " p o", derived together -> of whom
    typed: dict[tuple[str, ...], set[Term]] = field(default_factory=lambda: defaultdict(set))
    _related: int = 0

    @property
    def is_full(self) -> bool:
        """Whether so many lines are held that they should be taken."""
        held = len(self.lines) + self._related + len(self.careers) + len(self.pairs)
        return held > _HELD

    def derive(self, triples: Iterable[str]) -> None:
        """Take derived triples, each as the text `s p o`."""
        for triple in triples:
            self.lines[DERIVED + triple] = None

    def relate(self, subject: Term, predicate: Term, object_: Term) -> bool:
        """Take one derived triple; whether it was not held before."""
        related = self.relations.setdefault((subject, predicate), {})
        if object_ in related:
            return False
        related[object_] = None
        self._related += 1
        return True

    def tell(self, who: object, triples: Iterable[str]) -> None:
        """The same of one who gives the same triples whenever he is asked."""
        if who not in self.told:
            self.told.add(who)
            self.derive(triples)

    def take(self, buckets: int) -> list[tuple[int, list[str]]]:
        """The lines by bucket, and hold none of them any more."""
        found = _ByBucket(buckets)
        for line in self.lines:
            found[line[1 : line.index(" ")]].append(line)
        for (subject, predicate), objects in self.relations.items():
            found[subject] += [f"{DERIVED}{subject} {predicate} {object_}" for object_ in objects]
        for institution, career in self.careers.items():
            found[institution].append(f"{CAREER}{institution} {career.write()}")
        for (one, other), number in self.pairs.items():
            found[one].append(f"{PAIR}{one} {other} {number}")
            found[other].append(f"{PAIR}{other} {one} {number}")
        for held in (self.lines, self.relations, self.careers, self.pairs, self.told, self.typed):
            held.clear()
        self._related = 0
        return [(bucket, lines) for bucket, lines in enumerate(found.lines) if lines]


class _ByBucket(dict[str, list[str]]):
    """The lines of a subject's bucket, by subject."""

    def __init__(self, buckets: int) -> None:
        self.lines: list[list[str]] = [[] for _ in range(buckets)]

    def __missing__(self, subject: str) -> list[str]:
        found = self[subject] = self.lines[bucket_of(subject, len(self.lines))]
        return found
