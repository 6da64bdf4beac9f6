"""The parts of a generation: what each source gives, in files of its own, and what is known of it.

    asserted/ontology.nq  asserted/tables.nq  asserted/sources/<id>.nq
    inferred/common.nq    inferred/retold.nq  inferred/sources/<id>.nq  inferred/shared/<bucket>.nq
    links.nq
    parts/…               what a later build takes over of a source that has not changed

`retold` is about activities that several sources tell of, `shared` about what several subjects
give (`reason.gather`), `common` about topics, years and decades.
"""

from __future__ import annotations

import hashlib
from array import array
from itertools import islice
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from twingraph.reason.totals import Totals
from twingraph.records.claims import Claims

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType
    from typing import BinaryIO, Self

TABLES: Final = "tables"
RETOLD: Final = "retold"
_BUFFERED: Final = 4096  # lines
_TERMINATOR: Final = " .\n"


def source_name(source: str) -> str:
    """The name of a source's part."""
    return f"sources/{source}"


class Written(Struct):
    """A file of quads: its path below the generation, its quads by graph, its SHA-256."""

    name: str
    graphs: dict[str, int]
    sha256: str

    @property
    def quads(self) -> int:
        """How many quads it holds."""
        return sum(self.graphs.values())


class Segment(Struct, frozen=True):
    """The lines of one bucket in a part's gathered file: where they are, and a digest of them."""

    bucket: int
    offset: int
    length: int
    digest: str


class Seen(Struct):
    """What the first pass learned of a part's subjects (`reason.index`); checksums are packed."""

    subjects: bytes = b""
    several: bytes = b""
    linked: set[str] = field(default_factory=set)
    series: set[str] = field(default_factory=set)


def pack(numbers: Iterable[int]) -> bytes:
    """Numbers of 32 bits in order, in as many bytes as they need; for this machine alone.

    >>> sorted(unpack(pack({7, 3})))
    [3, 7]
    """
    return array("I", sorted(numbers)).tobytes()


def unpack(content: bytes) -> set[int]:
    """The numbers that `pack` packed."""
    return set(array("I", content))


class Asserted(Struct):
    """A part after the first pass. `labels` are those of institutions that it may hold."""

    part: str
    written: Written
    seen: Seen
    claims: Claims
    labels: int = 0


class Around(Struct, frozen=True):
    """What a part's closure takes from other parts: what they too tell of, or link to."""

    several: frozenset[int] = frozenset()
    linked: frozenset[str] = frozenset()
    series: frozenset[str] = frozenset()


class Closed(Struct):
    """A part after the second pass. `aside` are the quads that wait for what others tell."""

    part: str
    around: Around
    written: Written | None
    totals: Totals
    segments: list[Segment] = field(default_factory=list)
    aside: int = 0


class Kept(Struct):
    """What a generation remembers of a part: `digest` stands for all that it was made from."""

    digest: str
    asserted: Asserted
    closed: Closed


class QuadWriter:
    """A file of N-Quads below a folder; use it as a context. `written` is known at the end."""

    def __init__(self, folder: Path, name: str) -> None:
        self.written = Written(name, {}, "")
        self._path = folder / name
        self._hash = hashlib.sha256()
        self._lines: list[str] = []

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file: BinaryIO = self._path.open("wb")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._flush()
                self.written.sha256 = self._hash.hexdigest()
        finally:
            self._file.close()

    def write(self, triples: Iterable[str], graph: str) -> None:
        """Write triples `s p o` as quads of a graph, which is a term."""
        ending = f" {graph}{_TERMINATOR}"
        name = graph[1:-1]
        rest = iter(triples)
        while lines := [triple + ending for triple in islice(rest, _BUFFERED)]:
            self.written.graphs[name] = self.written.graphs.get(name, 0) + len(lines)
            self._lines += lines
            if len(self._lines) > _BUFFERED:
                self._flush()

    def _flush(self) -> None:
        content = "".join(self._lines).encode()
        self._lines.clear()
        self._hash.update(content)
        self._file.write(content)
