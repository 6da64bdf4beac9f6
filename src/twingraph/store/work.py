"""The work of a build on one part, done in whatever process.

A process inherits the `Workshop` of the build that it was forked from: the tables, the rules and
what was learned of the tables. Tasks take and give plain values.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from twingraph import terms as t
from twingraph import vocab
from twingraph.quads import Term, iri_term, read_lines, read_text, write_line
from twingraph.reason import Index
from twingraph.reason.closer import Closer
from twingraph.reason.gather import Bucket
from twingraph.reason.whole import gather_series, gather_static, put_together
from twingraph.store.parts import (
    RETOLD,
    TABLES,
    Around,
    Asserted,
    Closed,
    QuadWriter,
    Seen,
    Segment,
    Written,
    pack,
    source_name,
    unpack,
)
from twingraph.views.facts import write_labels, write_shared
from twingraph.views.writing import write_views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from twingraph.graph import GraphBuilder
    from twingraph.quads import Quad
    from twingraph.reason import Rules
    from twingraph.reason.expand import Expander
    from twingraph.reason.totals import Totals
    from twingraph.records import Folder
    from twingraph.vocab import Minter


@dataclass(slots=True)
class Workshop:
    """What all work of one build shares: `staging` is the folder of the new generation."""

    staging: Path
    folder: Folder
    builder: GraphBuilder
    rules: Rules
    expander: Expander
    mint: Minter
    index: Index  # of the tables and of all descriptions of sources
    buckets: int

    @property
    def inferred(self) -> Term:
        """The graph of what is inferred."""
        return iri_term(self.mint.graph(vocab.INFERRED))


def assert_source(shop: Workshop, source: str) -> Asserted:
    """Write what a source asserts; say what was learned of it, and what it claims."""
    return assert_part(shop, source_name(source), shop.builder.source(source), source)


def assert_part(shop: Workshop, part: str, quads: Iterable[Quad], source: str | None) -> Asserted:
    """The same of any quads, to the file of a part."""
    index = Index(shop.rules)
    if source is None:
        quads = shop.expander.know_types(quads)
    labels: list[tuple[str, str, str]] = []
    if source is None or source in shop.folder.imported:  # others tell of no institution
        quads = _note_labels(quads, labels)
    with QuadWriter(shop.staging, f"asserted/{part}.nq") as writer:
        for graph, group in groupby(quads, key=itemgetter(3)):
            writer.write(_learn(index, group), graph)
    if source is None:
        shop.index.home |= index.home
    if labels:
        write_labels(shop.staging / labels_file(part), labels)
    seen = Seen(pack(index.seen), pack(index.several), set(index.linked), set(index.series))
    return Asserted(part, writer.written, seen, shop.folder.claims(source), len(labels))


def _note_labels(quads: Iterable[Quad], labels: list[tuple[str, str, str]]) -> Iterator[Quad]:
    """The quads; the labels of subjects, with text and language, are noted as they pass."""
    for quad in quads:
        if quad[1] == t.LABEL:
            labels.append((quad[0][1:-1], *read_text(quad[2])))
        yield quad


def _learn(index: Index, quads: Iterable[Quad]) -> Iterator[str]:
    for quad in index.watch(quads):
        yield f"{quad[0]} {quad[1]} {quad[2]}"


def close_part(shop: Workshop, asserted: Asserted, around: Around) -> Closed:
    """Write what follows about the subjects of a part that it alone tells of.

    What follows about others is gathered in a file of segments; quads of subjects that others tell
    of too are put aside, in a file of their own.
    """
    closer = Closer(
        _index_for(shop, asserted.seen, around), shop.rules, shop.expander, shop.buckets
    )
    if asserted.part == TABLES:
        gather_static(shop.rules, closer.gathered)
    closed = Closed(asserted.part, around, None, closer.totals)
    gathered = _SegmentWriter(shop, asserted.part, closed.segments)
    aside: list[str] = []
    with QuadWriter(shop.staging, f"inferred/{asserted.part}.nq") as writer:
        path = shop.staging / asserted.written.name
        for subject, group in _read_subjects(path):
            if closer.index.is_told_once(subject):
                writer.write(closer.close(subject, group), shop.inferred)
            else:
                aside += map(write_line, group)
            gathered.take(closer, at_end=False)
    gathered.take(closer, at_end=True)
    if aside:
        closed.aside = len(aside)
        (shop.staging / aside_file(asserted.part)).write_text("".join(aside), encoding="utf-8")
    closed.written = writer.written
    return closed


def labels_file(part: str) -> str:
    """The file of the labels of a part that may tell of institutions."""
    return f"parts/{part}.labels"


def aside_file(part: str) -> str:
    """The file of quads of a part that wait for what others tell of their subjects."""
    return f"parts/{part}.aside.nq"


def gathered_file(part: str) -> str:
    """The file of what a part has gathered about subjects of others."""
    return f"parts/{part}.gathered"


def _index_for(shop: Workshop, seen: Seen, around: Around) -> Index:
    index = Index(shop.rules)
    index.home, index.as_of = shop.index.home, shop.index.as_of
    index.several = unpack(seen.several) | around.several
    index.linked = {Term(name) for name in seen.linked | around.linked}
    index.series = {Term(name) for name in seen.series | around.series}
    return index


def _read_subjects(path: Path) -> Iterator[tuple[Term, Iterator[Quad]]]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        yield from groupby(read_lines(lines), key=itemgetter(0))


def close_retold(shop: Workshop, parts: list[Closed], seen: Seen, counted: Totals) -> Closed:
    """Write what follows about subjects that several parts tell of, from what these put aside.

    `counted` is what the parts have counted; series are settled here, when all is known of them.
    """
    by_subject: dict[Term, list[Quad]] = {}
    for part in parts:
        if part.aside:
            for subject, group in _read_subjects(shop.staging / aside_file(part.part)):
                by_subject.setdefault(subject, []).extend(group)
    closer = Closer(_index_for(shop, seen, Around()), shop.rules, shop.expander, shop.buckets)
    closed = Closed(RETOLD, Around(), None, closer.totals)
    gathered = _SegmentWriter(shop, RETOLD, closed.segments)
    with QuadWriter(shop.staging, f"inferred/{RETOLD}.nq") as writer:
        for subject in sorted(by_subject):
            writer.write(closer.close(subject, by_subject[subject]), shop.inferred)
            gathered.take(closer, at_end=False)
    closed.written = writer.written
    counted.join(closer.totals)
    gather_series(counted, closer.gathered)
    gathered.take(closer, at_end=True)
    return closed


class _SegmentWriter:
    """Writes what is gathered, by bucket, to the file of a part."""

    def __init__(self, shop: Workshop, part: str, segments: list[Segment]) -> None:
        self._path = shop.staging / gathered_file(part)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch()
        self._segments = segments
        self._offset = 0

    def take(self, closer: Closer, *, at_end: bool) -> None:
        """Write what is gathered once it is much, and at the end."""
        if not (at_end or closer.gathered.is_full):
            return
        with self._path.open("ab") as file:
            for number, bucket in closer.gathered.take():
                content = "".join(f"{line}\n" for line in bucket.write()).encode()
                digest = hashlib.blake2b(content, digest_size=16).hexdigest()
                self._segments.append(Segment(number, self._offset, len(content), digest))
                self._offset += file.write(content)


def put_bucket(shop: Workshop, bucket: int, parts: list[tuple[str, Segment]]) -> Written:
    """Write the triples that the parts' segments of one bucket come to, put together; apart, in a
    file for the views, what they say of institutions and pairs.
    """

    def lines() -> Iterator[str]:
        for part, segment in parts:
            # Of many small sources there are many segments: a file object for each costs more.
            file = os.open(shop.staging / gathered_file(part), os.O_RDONLY)
            try:
                content = os.pread(file, segment.length, segment.offset)
            finally:
                os.close(file)
            yield from content.decode().split("\n")[:-1]

    together = put_together(Bucket.read(lines()), shop.rules, shop.mint)
    with QuadWriter(shop.staging, bucket_file(bucket)) as writer:
        writer.write(together.triples, shop.inferred)
    careers = {one[1:-1]: career for one, career in together.careers.items()}
    pairs = [(one[1:-1], other[1:-1], number) for one, other, number in together.pairs]
    write_shared(shop.staging / shared_file(bucket), careers, pairs)
    return writer.written


def bucket_file(bucket: int) -> str:
    """The file of a bucket, below a generation."""
    return f"inferred/shared/{bucket:02d}.nq"


def shared_file(bucket: int) -> str:
    """The file of what a bucket says of institutions and pairs, below a generation."""
    return f"parts/shared/{bucket:02d}.facts"


def make_views(shop: Workshop, labels: Sequence[str], shared: Sequence[str]) -> dict[str, str]:
    """Write the views, from files of labels and of buckets; the SHA-256 of each by its name."""
    return write_views(shop.staging, labels, shared)
