"""What subjects tell of others, by bucket, to be put together at the end.

Several sources may give one triple (an institution's topics, its partners in exchange), and a
count is the sum of what each source gives. What is told of a subject belongs to its bucket, which
follows from its IRI. Buckets are put together one by one, in any process, in memory that does not
grow with the whole. As lines of text a bucket is

    =s p o      stated, and could be derived elsewhere
    +s p o      derived
    #s n f l b  n dated activities of the institution s, the first and the last year in which one
                was certainly under way, and the latest in which one certainly began (- for none)
    *s o n      s and o exchanged: in n activities, a series aside where its editions count; n is 0
                where s comes after o, since the reverse has it
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from twingraph.quads import Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from twingraph.reason.dating import Dating

    Pair = tuple[Term, Term]

STATED: Final = "="
DERIVED: Final = "+"
CAREER: Final = "#"
PAIR: Final = "*"
_ABSENT: Final = "-"
_HELD: Final = 100_000  # lines, about, held in memory
_KNOWN: Final = 3 * _HELD  # names held, of whom there may be nothing to tell


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
    """What is told of the subjects of one bucket."""

    stated: list[str] = []  # triples, several in a text, with line feeds between them
    derived: list[str] = []
    # predicate -> subject -> objects: what is derived besides
    relations: dict[Term, dict[Term, dict[Term, None]]] = {}
    careers: dict[Term, Career] = {}
    pairs: Counter[Pair] = field(default_factory=Counter)
    linked: list[Resource] = []  # those that have links
    # Those of the bucket, and beside each whom it met.
    here: list[Resource] = []
    there: list[Term] = []

    def related(self) -> Iterator[str]:
        """The triples that relations and links are."""
        for predicate, subjects in self.relations.items():
            for subject, objects in subjects.items():
                yield from _triples(subject, predicate, objects)
        for resource in self.linked:
            found: dict[Term, dict[Term, None]] = {}
            for link in resource.links:
                found.setdefault(link.predicate, {}).update(link.objects)
            for predicate, objects in found.items():
                yield from _triples(resource.name, predicate, objects)

    def counted(self) -> Iterator[tuple[Term, Term, int]]:
        """Pairs that exchanged, in how many activities: 0 of a pair that is counted reversed."""
        for (one, other), number in self.pairs.items():
            yield one, other, number
        for here, there in zip(self.here, self.there, strict=True):
            yield here.name, there, here.met.get(there, 0)

    def write(self) -> Iterator[str]:
        """What was told, added up, as lines of text."""
        yield from (STATED + text for text in dict.fromkeys(split(self.stated)))
        yield from (DERIVED + text for text in dict.fromkeys(split(self.derived)))
        yield from (DERIVED + text for text in self.related())
        for institution, career in self.careers.items():
            yield f"{CAREER}{institution} {career.write()}"
        for one, other, number in self.counted():
            yield f"{PAIR}{one} {other} {number}"

    @classmethod
    def read(cls, lines: Iterable[str]) -> Bucket:
        """What lines tell that `write` wrote, of one bucket in several places."""
        bucket = cls()
        for line in lines:
            mark, text = line[0], line[1:]
            if mark == DERIVED:
                bucket.derived.append(text)
            elif mark == STATED:
                bucket.stated.append(text)
            elif mark == PAIR:
                one, other, count = text.split(" ")
                bucket.pairs[Term(one), Term(other)] += int(count)
            else:
                institution, _, years = text.partition(" ")
                bucket.careers.setdefault(Term(institution), Career()).join(Career.read(years))
        return bucket


def split(texts: Iterable[str]) -> Iterator[str]:
    """The triples in texts that hold several, with line feeds between them."""
    return chain.from_iterable(text.split("\n") for text in texts)


def _triples(subject: Term, predicate: Term, objects: Iterable[Term]) -> Iterator[str]:
    start = f"{subject} {predicate} "
    return (start + object_ for object_ in objects)


class Resource(Struct, eq=False, gc=False):
    """Someone of whom others tell, and what they told."""

    name: Term
    home: Term | None  # equal ones are the same object
    number: int  # of its bucket
    types: tuple[str, ...] = ()  # " p o" that was last told of its types
    links: dict[Link, None] = {}
    met: dict[Term, int] = {}  # those after it that it met, and in how many activities
    career: Career | None = None


class Gathered:
    """What subjects tell of others. `take` gives it, by bucket; do so when `is_full`.

    `home` says where institutions are based.
    """

    def __init__(self, buckets: int, home: Mapping[Term, Term]) -> None:
        self.told: set[object] = set()  # who has told all that they derive
        self.resources = _Resources(buckets, home)
        self._buckets: dict[int, Bucket] = defaultdict(Bucket)
        self._held = 0

    @property
    def is_full(self) -> bool:
        """Whether so much is held that it should be taken."""
        return self._held > _HELD or len(self.resources) > _KNOWN

    def state(self, subject: Term, texts: Sequence[str]) -> None:
        """Take stated triples about a subject, each as the text ` p o`."""
        if texts:
            self._bucket(subject).stated.append("\n".join([subject + text for text in texts]))
            self._held += len(texts)

    def derive_about(self, subject: Term, texts: Sequence[str]) -> None:
        """Take derived triples about a subject, each as the text ` p o`."""
        if texts:
            self._bucket(subject).derived.append("\n".join([subject + text for text in texts]))
            self._held += len(texts)

    def derive(self, triples: Iterable[str]) -> None:
        """Take derived triples, each as the text `s p o`."""
        for triple in triples:
            self._bucket(Term(triple[: triple.index(" ")])).derived.append(triple)
            self._held += 1

    def _bucket(self, subject: Term) -> Bucket:
        return self._buckets[self.resources[subject].number]

    def tell(self, who: object, triples: Iterable[str]) -> None:
        """Take derived triples of one who gives the same whenever he is asked."""
        if who not in self.told:
            self.told.add(who)
            self.derive(triples)

    def relate(self, subject: Term, predicate: Term, object_: Term) -> bool:
        """Take one derived triple; whether it was not held before."""
        relations = self._bucket(subject).relations
        related = relations.setdefault(predicate, {}).setdefault(subject, {})
        if object_ in related:
            return False
        related[object_] = None
        self._held += 1
        return True

    def link(self, resource: Resource, link: Link) -> None:
        """Take that a resource is related to all objects of a link."""
        links = resource.links
        if link not in links:
            if not links:
                self._buckets[resource.number].linked.append(resource)
            links[link] = None
            self._held += 1

    def date(self, institutions: Iterable[Resource], dating: Dating) -> None:
        """Count a dated activity in which institutions are involved."""
        for each in institutions:
            career = each.career
            if career is None:
                career = each.career = Career()
                self._buckets[each.number].careers[each.name] = career
                self._held += 1
            career.add(dating)

    def meet(self, one: Resource, other: Resource, number: int = 1) -> None:
        """Count so many activities in which a pair, in the order of their IRIs, exchanged."""
        name = other.name
        if name in one.met:
            one.met[name] += number
            return
        one.met[name] = number
        for here, there in ((one, name), (other, one.name)):
            bucket = self._buckets[here.number]
            bucket.here.append(here)
            bucket.there.append(there)
        self._held += 1

    def take(self) -> Iterator[tuple[int, Bucket]]:
        """The buckets of which something is told, by number, and hold none of them any more."""
        buckets, self._buckets = self._buckets, defaultdict(Bucket)
        self.resources.clear()
        self.told.clear()
        self._held = 0
        for number in sorted(buckets):
            yield number, buckets.pop(number)


class _Resources(dict[Term, Resource]):
    """Those of whom something is told, by name.

    Each is looked up again and again, in no order, and compared by its name. So the name is a text
    of its own: it lies beside those of the others, and not among all the quads.
    """

    def __init__(self, buckets: int, home: Mapping[Term, Term]) -> None:
        self._buckets = buckets
        self._home = home
        self._homes: dict[Term, Term] = {}

    def __missing__(self, name: Term) -> Resource:
        encoded = name.encode()
        own = Term(encoded.decode())
        number = zlib.crc32(encoded) % self._buckets
        home = self._home.get(name)
        if home is not None:
            home = self._homes.setdefault(home, home)
        found = self[own] = Resource(own, home, number)
        return found
