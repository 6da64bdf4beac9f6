"""What subjects tell of others, by bucket, to be put together at the end.

Several sources may give one triple (an institution's topics, its partners in exchange), and a
count is the sum of what each source gives. What is told of a subject belongs to its bucket, which
follows from its IRI. Buckets are put together one by one, in any process, in memory that does not
grow with the whole. As lines of text a bucket is

    =s p o      stated, and could be derived elsewhere
    +s p o      derived
    #s n f l b  n dated activities of the institution s, the first and the last year in which one
                was certainly under way, and the latest in which one certainly began (- for none)
    *s o n      s and o exchanged: in n activities, a series aside where its editions count

Activities tell of institutions in no order of these. So what they tell is noted at the end of
lists, and looked up and added up only when its bucket is taken: a look-up in a table that holds
the institutions of one bucket costs the same however many there are in all (as in the hash join
of the Grace machine: Kitsuregawa, Tanaka and Moto-oka 1983, "Application of hash to data base
machine and its architecture").
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from twingraph.quads import Term
from twingraph.reason.dating import Dating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Pair = tuple[Term, Term]

STATED: Final = "="
DERIVED: Final = "+"
CAREER: Final = "#"
PAIR: Final = "*"
_ABSENT: Final = "-"
_HELD: Final = 100_000  # lines and notes held in memory
_REMEMBERED: Final = 1 << 10  # subjects of which the bucket is remembered


# What terms are ordered by as IRIs: one that begins another comes first, so `>` is left out.
by_iri: Final[Callable[[str], str]] = itemgetter(slice(-1))


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


class Link(Struct, frozen=True, eq=False, gc=False):
    """A predicate and the objects to which it leads from some subject."""

    predicate: Term
    objects: dict[Term, None]


class Bucket(Struct, gc=False):
    """What is told of the subjects of one bucket. Texts are `s p o`; dicts keep their order."""

    stated: dict[str, None] = {}
    derived: dict[str, None] = {}
    # predicate -> subject -> objects: what is derived besides
    relations: dict[Term, dict[Term, dict[Term, None]]] = {}
    careers: dict[Term, Career] = {}
    pairs: Counter[Pair] = field(default_factory=Counter)
    # What is noted and not yet added up. Lists of one kind are as long as each other.
    linked: list[Term] = []
    links: list[Link] = []
    active: list[Term] = []
    datings: list[Dating] = []
    ones: list[Term] = []
    others: list[Term] = []
    in_series: list[tuple[Pair, int]] = []

    def settle(self) -> None:
        """Add up what is noted."""
        for subject, link in zip(self.linked, self.links, strict=True):
            related = self.relations.setdefault(link.predicate, {})
            held = related.get(subject)
            if held is None:
                related[subject] = link.objects.copy()
            else:
                held |= link.objects
        for institution, dating in zip(self.active, self.datings, strict=True):
            career = self.careers.get(institution)
            if career is None:
                career = self.careers[institution] = Career()
            career.add(dating)
        self.pairs.update(zip(self.ones, self.others, strict=True))
        for pair, number in self.in_series:
            self.pairs[pair] += number
        for noted in (self.linked, self.links, self.active, self.datings, self.ones, self.others):
            noted.clear()
        self.in_series.clear()

    def related(self) -> Iterator[str]:
        """The triples that `relations` hold."""
        for predicate, subjects in self.relations.items():
            middle = f" {predicate} "
            for subject, objects in subjects.items():
                start = subject + middle
                for object_ in objects:
                    yield start + object_

    def write(self) -> Iterator[str]:
        """What was told, added up, as lines of text."""
        yield from (STATED + text for text in self.stated)
        yield from (DERIVED + text for text in self.derived)
        yield from (DERIVED + text for text in self.related())
        for institution, career in self.careers.items():
            yield f"{CAREER}{institution} {career.write()}"
        for (one, other), number in self.pairs.items():
            yield f"{PAIR}{one} {other} {number}"

    @classmethod
    def read(cls, lines: Iterable[str]) -> Bucket:
        """What lines tell that `write` wrote, of one bucket in several places."""
        bucket = cls()
        for line in lines:
            mark, text = line[0], line[1:]
            if mark == DERIVED:
                bucket.derived[text] = None
            elif mark == STATED:
                bucket.stated[text] = None
            elif mark == PAIR:
                one, other, count = text.split(" ")
                bucket.pairs[Term(one), Term(other)] += int(count)
            else:
                institution, _, years = text.partition(" ")
                bucket.careers.setdefault(Term(institution), Career()).join(Career.read(years))
        return bucket


class Gathered:
    """What subjects tell of others. `take` gives it, by bucket; do so when `is_full`."""

    def __init__(self, buckets: int) -> None:
        self.told: set[object] = set()  # who has told all that they derive
        # " p o", derived together -> of whom
        self.typed: dict[tuple[str, ...], set[Term]] = defaultdict(set)
        self._of = _BySubject(buckets)
        self._held = 0

    @property
    def is_full(self) -> bool:
        """Whether so much is held that it should be taken."""
        return self._held > _HELD

    def state(self, subject: Term, texts: Iterable[str]) -> None:
        """Take stated triples about a subject, each as the text ` p o`."""
        self._note(self._of[subject].stated, (subject + text for text in texts))

    def derive_about(self, subject: Term, texts: Iterable[str]) -> None:
        """Take derived triples about a subject, each as the text ` p o`."""
        self._note(self._of[subject].derived, (subject + text for text in texts))

    def derive(self, triples: Iterable[str]) -> None:
        """Take derived triples, each as the text `s p o`."""
        for triple in triples:
            subject = Term(triple[: triple.index(" ")])
            self._note(self._of[subject].derived, (triple,))

    def _note(self, known: dict[str, None], triples: Iterable[str]) -> None:
        before = len(known)
        known.update(dict.fromkeys(triples))
        self._held += len(known) - before

    def tell(self, who: object, triples: Iterable[str]) -> None:
        """Take derived triples of one who gives the same whenever he is asked."""
        if who not in self.told:
            self.told.add(who)
            self.derive(triples)

    def relate(self, subject: Term, predicate: Term, object_: Term) -> bool:
        """Take one derived triple; whether it was not held before."""
        related = self._of[subject].relations.setdefault(predicate, {}).setdefault(subject, {})
        if object_ in related:
            return False
        related[object_] = None
        self._held += 1
        return True

    def link(self, subject: Term, link: Link) -> None:
        """Note that a subject is related to all objects of a link."""
        bucket = self._of[subject]
        bucket.linked.append(subject)
        bucket.links.append(link)
        self._held += 1

    def date(self, institutions: Iterable[Term], dating: Dating) -> None:
        """Note an activity in which institutions are involved."""
        for institution in institutions:
            bucket = self._of[institution]
            bucket.active.append(institution)
            bucket.datings.append(dating)
            self._held += 1

    def pair(self, pairs: Iterable[Pair]) -> None:
        """Note the pairs that exchanged in an activity."""
        for one, other in pairs:
            bucket = self._of[one]
            bucket.ones.append(one)
            bucket.others.append(other)
            bucket = self._of[other]
            bucket.ones.append(other)
            bucket.others.append(one)
            self._held += 1

    def pair_in_series(self, pair: Pair, number: int) -> None:
        """Note a pair that exchanged in a series, and in how many activities beyond editions."""
        self._of[pair[0]].in_series.append((pair, number))
        self._of[pair[1]].in_series.append((pair[::-1], number))

    def take(self) -> Iterator[tuple[int, Bucket]]:
        """The buckets of which something is told, by number, and hold none of them any more."""
        buckets = self._of.take()
        self.told.clear()
        self.typed.clear()
        self._held = 0
        for number in sorted(buckets):
            bucket = buckets.pop(number)
            bucket.settle()
            yield number, bucket


class _BySubject(dict[Term, Bucket]):
    """The buckets by subject; of some subjects, which are soon asked for again, at once."""

    def __init__(self, buckets: int) -> None:
        self._buckets = buckets
        self._by_number: dict[int, Bucket] = {}

    def __missing__(self, subject: Term) -> Bucket:
        if len(self) >= _REMEMBERED:
            self.clear()
        number = bucket_of(subject, self._buckets)
        bucket = self._by_number.get(number)
        if bucket is None:
            bucket = self._by_number[number] = Bucket()
        self[subject] = bucket
        return bucket

    def take(self) -> dict[int, Bucket]:
        """The buckets by number; none is held any more."""
        taken, self._by_number = self._by_number, {}
        self.clear()
        return taken


def bucket_of(subject: str, buckets: int) -> int:
    """The bucket of a subject, from 0, the same in every process."""
    return zlib.crc32(subject.encode()) % buckets
