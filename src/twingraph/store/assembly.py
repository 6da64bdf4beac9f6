"""The parts of a new generation, made or taken over from the last one, and put together.

First pass: each source is read, its quads are written, and it is learned which subjects others
tell of too or link to. Second pass: each part is closed by itself. Then what the parts gathered
about each other's subjects is put together, bucket by bucket. Parts are worked on in parallel and
loaded as they are done; what is written depends on the records alone.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from twingraph import vocab
from twingraph.files import LOADED, REASONED
from twingraph.graph import build_links
from twingraph.ontology import read_ontology
from twingraph.quads import Term, iri_term
from twingraph.reason.index import checksum
from twingraph.reason.totals import Totals
from twingraph.reason.whole import common_triples
from twingraph.store import work
from twingraph.store.parts import (
    TABLES,
    Around,
    Asserted,
    Closed,
    QuadWriter,
    Seen,
    Segment,
    Written,
    source_name,
    unpack,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from twingraph.quads import Quad
    from twingraph.store.crew import Crew
    from twingraph.store.reuse import Reuse
    from twingraph.store.work import Workshop

    Progress = Callable[[str, int, int], None]  # the step, how much of it is done, and of how much

READING: Final = "reading records"
REASONING: Final = "reasoning"


@dataclass(slots=True)
class Assembly:
    """Makes the quad files of a generation. `add` is told of each file once it is whole."""

    shop: Workshop
    crew: Crew
    reuse: Reuse
    tables: Asserted
    add: Callable[[Written], None]
    progress: Progress
    totals: Totals = field(default_factory=Totals)
    asserted: dict[str, Asserted] = field(default_factory=dict)
    closed: dict[str, Closed] = field(default_factory=dict)
    buckets: list[int] = field(default_factory=list)

    def make(self) -> None:
        """Make all files, or raise.

        :raises RecordErrors: if a record is wrong.
        :raises InconsistentGraph: if the records contradict the ontology.
        """
        self._read()
        self._reason()
        self._settle()
        self._write_common()
        for name, asserted in self.asserted.items():
            self.reuse.keep(asserted, self.closed[name])

    def _read(self) -> None:
        """The first pass, over the sources that have changed."""
        sources = self.shop.folder.sources
        self.asserted[TABLES] = self.tables
        fresh = []
        for source in sources:
            kept = self.reuse.find(source_name(source))
            if kept is None:
                fresh.append((source,))
            else:
                self.asserted[kept.asserted.part] = kept.asserted
                self.shop.folder.accept(kept.asserted.claims)
        self.progress(READING, len(sources) - len(fresh), len(sources))
        for asserted in self.crew.run(work.assert_source, fresh):
            self.asserted[asserted.part] = asserted
            self.shop.folder.accept(asserted.claims)
            self.progress(READING, len(self.asserted) - 1, len(sources))
        self.shop.folder.finish()
        self.asserted = {name: self.asserted[name] for name in sorted(self.asserted)}

    def _reason(self) -> None:
        """The second pass, over the parts that have changed, or around which something has."""
        around = find_around(self.asserted)
        fresh = []
        for name, asserted in self.asserted.items():
            kept = self.reuse.find(name)
            if kept is None or kept.closed.around != around[name]:
                fresh.append((asserted, around[name]))
            else:
                self.reuse.take_closed(kept)
                self._take(kept.closed)
        for closed in self.crew.run(work.close_part, fresh):
            self._take(closed)
            self.progress(REASONING, len(self.closed), len(self.asserted))
        self.closed = {name: self.closed[name] for name in sorted(self.closed)}

    def _take(self, closed: Closed) -> None:
        """Both files of a part are loaded together: they name the same things."""
        self.closed[closed.part] = closed
        self.add(self.asserted[closed.part].written)
        if closed.written is not None:
            self.add(closed.written)

    def _settle(self) -> None:
        """What several parts give: activities that are told again, and what was gathered."""
        parts = list(self.closed.values())
        for part in parts:
            self.totals.join(part.totals)
        retold = work.close_retold(self.shop, parts, _all_seen(self.asserted), self.totals)
        if retold.written is not None:
            self.add(retold.written)
        segments: dict[int, list[tuple[str, Segment]]] = {}
        for part in (*parts, retold):
            for segment in part.segments:
                segments.setdefault(segment.bucket, []).append((part.part, segment))
        self.buckets = sorted(segments)
        fresh = []
        for bucket in self.buckets:
            kept = self.reuse.find_bucket(bucket, segments[bucket])
            if kept is None:
                fresh.append((bucket, segments[bucket]))
            else:
                self.add(kept)
        for written in self.crew.run(work.put_bucket, fresh):
            self.reuse.keep_bucket(written)
            self.add(written)

    def start_views(self) -> Callable[[], dict[str, str]]:
        """Begin the views of what is made; call what comes back for the SHA-256 of each file."""
        labels = [work.labels_file(name) for name, part in self.asserted.items() if part.labels]
        shared = [work.shared_file(bucket) for bucket in self.buckets]
        return self.crew.start(work.make_views, labels, shared)

    def _write_common(self) -> None:
        mint, staging = self.shop.mint, self.shop.staging
        with QuadWriter(staging, "inferred/common.nq") as common:
            common.write(common_triples(self.totals, self.shop.rules, mint), self.shop.inferred)
        ontology = mint.graph(vocab.ONTOLOGY)
        for name, quads, graph in (
            ("asserted/ontology.nq", read_ontology(ontology, (*REASONED, *LOADED)), ontology),
            ("links.nq", build_links(self.shop.folder), mint.graph(vocab.LINKS)),
        ):
            with QuadWriter(staging, name) as writer:
                writer.write(map(_triple, quads), iri_term(graph))
            self.add(writer.written)
        self.add(common.written)


def _triple(quad: Quad) -> str:
    return f"{quad[0]} {quad[1]} {quad[2]}"


def find_around(parts: dict[str, Asserted]) -> dict[str, Around]:
    """What each part has to know of the others: subjects told there too, and links from there."""
    seen = {name: part.seen for name, part in parts.items()}
    every = array("I", b"".join(each.subjects for each in seen.values()))
    several = {one for one, other in pairwise(sorted(every)) if one == other}
    linked: dict[int, set[str]] = {}
    series: dict[int, set[str]] = {}
    for each in seen.values():
        if each.linked:
            subjects = unpack(each.subjects)
            _note_foreign(each.linked, subjects, linked)
            _note_foreign(each.series, subjects, series)
    return {
        name: Around(
            frozenset(several & (subjects := unpack(each.subjects))),
            _pick(linked, subjects),
            _pick(series, subjects),
        )
        for name, each in seen.items()
    }


def _note_foreign(terms: Iterable[str], subjects: set[int], foreign: dict[int, set[str]]) -> None:
    """Note the terms that are no subjects of their part, by checksum."""
    for term in terms:
        number = checksum(Term(term))
        if number not in subjects:
            foreign.setdefault(number, set()).add(term)


def _pick(foreign: dict[int, set[str]], subjects: set[int]) -> frozenset[str]:
    """What others link to, of a part with these subjects."""
    found = subjects.intersection(foreign)
    return frozenset(term for number in found for term in foreign[number])


def _all_seen(parts: dict[str, Asserted]) -> Seen:
    """What is learned of all parts together, the checksums of subjects aside."""

    def union(sets: Iterable[set[str]]) -> set[str]:
        return set().union(*sets)

    return Seen(
        linked=union(part.seen.linked for part in parts.values()),
        series=union(part.seen.series for part in parts.values()),
    )
