"""Quad files cut into chunks of one graph each: the same files give the same chunks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

_HELD: Final = 64 << 20  # bytes that wait, over all graphs


@dataclass(frozen=True, slots=True)
class Limits:
    """What a chunk may hold: so many triples, and about so many bytes."""

    triples: int
    size: int


@dataclass(slots=True)
class Chunk:
    """Some triples of a graph, as lines of N-Triples."""

    graph: str
    lines: list[bytes] = field(default_factory=list)
    size: int = 0

    def add(self, line: bytes) -> None:
        """Add a line."""
        self.lines.append(line)
        self.size += len(line)


def read_chunks(
    files: Iterable[Path], graphs: Collection[str], limits: Limits, held: int = _HELD
) -> Iterator[Chunk]:
    """The triples of the graphs, chunk by chunk; at most `held` bytes and a chunk are in memory.

    A chunk leaves as soon as it is full; the largest, where too much waits; the rest at the end.
    """
    waiting: dict[bytes, Chunk] = {}
    wanted = {f"<{graph}>".encode(): graph for graph in graphs}
    size = 0
    for path in files:
        with path.open("rb") as lines:
            for line in lines:
                triple, graph, _ = line.rsplit(b" ", 2)
                if graph not in wanted:
                    continue
                if graph not in waiting:
                    waiting[graph] = Chunk(wanted[graph])
                chunk = waiting[graph]
                chunk.add(triple + b" .\n")
                size += len(triple) + 3
                if len(chunk.lines) >= limits.triples or chunk.size >= limits.size:
                    full = graph
                elif size >= held:
                    full = max(waiting, key=lambda name: (waiting[name].size, name))
                else:
                    continue
                size -= waiting[full].size
                yield waiting.pop(full)
    yield from waiting.values()
