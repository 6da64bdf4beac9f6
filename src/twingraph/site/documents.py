"""What a site has pages of: all that is told of in the quads, document by document."""

from __future__ import annotations

import heapq
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from twingraph.export.subjects import write_runs
from twingraph.pages.addresses import find_document
from twingraph.site.names import Names
from twingraph.vocab import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from twingraph.vocab import Minter

_TOGETHER: Final = 25  # documents of a task
_KEPT: Final = 500_000  # IRIs that are known to have been seen
_BUFFER: Final = 2**20


@dataclass(frozen=True, slots=True)
class Documents:
    """The IRIs of all documents, a line each, in the order of their files' names.

    `clashing` are those that some file systems would not tell apart, `tasks` the places in the file
    where a task's documents begin, with their number.
    """

    path: Path
    number: int
    clashing: frozenset[str]
    tasks: tuple[tuple[int, int], ...]

    def read(self, start: int, number: int) -> Iterator[str]:
        """The documents of a task."""
        with self.path.open("rb") as file:
            file.seek(start)
            for _ in range(number):
                yield file.readline().decode().rstrip("\n")


def list_documents(quads: Path, mint: Minter, target: Path, runs: Path) -> Documents:
    """Write the documents of N-Quads to `target`; `runs` is a folder for what is sorted.

    :raises OSError: if the disk is full.
    """
    names = Names(mint)
    lines = (
        f"{stem.casefold()}\t{document}\n".encode()
        for document in _find_documents(quads, mint)
        if (stem := names.find_stem(document)) is not None
    )
    runs.mkdir()
    paths = list(write_runs(lines, runs))
    clashing: set[str] = set()
    tasks: list[tuple[int, int]] = []
    number = start = offset = 0
    with ExitStack() as stack, target.open("wb", _BUFFER) as file:
        found = heapq.merge(*(stack.enter_context(path.open("rb")) for path in paths))
        for _, group in groupby(found, key=lambda line: line.partition(b"\t")[0]):
            same = dict.fromkeys(line.partition(b"\t")[2] for line in group)
            if len(same) > 1:
                clashing.update(line.decode().rstrip("\n") for line in same)
            for line in same:
                offset += file.write(line)
                number += 1
                if number % _TOGETHER == 0:
                    tasks.append((start, _TOGETHER))
                    start = offset
    if number % _TOGETHER:
        tasks.append((start, number % _TOGETHER))
    return Documents(target, number, frozenset(clashing), tuple(tasks))


def _find_documents(quads: Path, mint: Minter) -> Iterator[str]:
    """The documents that subjects and objects stand in, some of them more than once."""
    spaces = tuple(f"<{space}".encode() for space in (mint.base, OURS))
    seen: set[bytes] = set()
    with quads.open("rb", _BUFFER) as lines:
        for line in lines:
            subject, _, rest = line.split(b" ", 2)
            for term in (subject, rest.partition(b" ")[0]):
                if term not in seen and term.startswith(spaces):
                    if len(seen) >= _KEPT:
                        seen.clear()
                    seen.add(term)
                    yield find_document(term[1:-1].decode())
