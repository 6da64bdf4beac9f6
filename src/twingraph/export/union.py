"""The quads of a package, and the union of their graphs: sorted triples, each once.

The quads are the package's truth: what every other file holds is made of them. Triples are sorted
outside memory, as bytes, so that those of one subject come together whichever graphs tell them.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from contextlib import ExitStack
from functools import partial
from itertools import groupby, takewhile
from operator import itemgetter
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from twingraph.export.quotes import filter_quotes
from twingraph.export.subjects import write_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from twingraph.quads import Term

    Statement = tuple[Term, Term]  # predicate and object, the subject being known

_BUFFER: Final = 2**20
_END: Final = b"\xff"  # sorts behind all lines: no UTF-8 has it


def write_quads(quad_files: Sequence[Path], quotes: str, target: Path) -> None:
    """Write the quads of a build into one file of N-Quads, in the order of its files."""
    with target.open("wb", _BUFFER) as file:
        for path in quad_files:
            with path.open("rb", _BUFFER) as lines:
                file.writelines(filter_quotes(lines, quotes))


def write_union(quads: Path, target: Path, runs: Path) -> None:
    """Write the triples of the quads as N-Triples, sorted; `runs` is a folder for what is sorted.

    :raises OSError: if the disk is full.
    """
    with quads.open("rb", _BUFFER) as lines:
        paths = list(write_runs(map(_triple_of, lines), runs))
    with ExitStack() as stack, target.open("wb", _BUFFER) as file:
        sorted_lines = heapq.merge(*(stack.enter_context(path.open("rb")) for path in paths))
        file.writelines(_once(sorted_lines))
    for path in paths:
        path.unlink()


def _triple_of(line: bytes) -> bytes:
    return line[: line.rindex(b" ", 0, -3)] + b" .\n"


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    last = b""
    for line in lines:
        if line != last:
            yield line
            last = line


def read_union(path: Path) -> Iterator[tuple[Term, list[Statement]]]:
    """Each subject of a union with its statements, by subject, predicate and object."""
    with path.open(encoding="utf-8", newline="\n", buffering=_BUFFER) as lines:
        yield from _group(lines)


def read_below(path: Path, beginning: str) -> Iterator[tuple[Term, list[Statement]]]:
    """The same of the subjects alone that begin so: they stand together, and the rest is not read.

    `beginning` has the bracket before an IRI.
    """
    with path.open("rb") as lines:
        key = beginning.encode()
        first = bisect_left(range(path.stat().st_size), key, key=partial(_read_line, lines))
        _move(lines, first)
        found = takewhile(lambda line: line.startswith(key), lines)
        yield from _group(line.decode() for line in found)


def _read_line(file: BinaryIO, offset: int) -> bytes:
    """The first line that begins at an offset or behind it."""
    _move(file, offset)
    return file.readline() or _END


def _move(file: BinaryIO, offset: int) -> None:
    file.seek(max(offset - 1, 0))
    if offset:
        file.readline()


def _group(lines: Iterable[str]) -> Iterator[tuple[Term, list[Statement]]]:
    """Each subject of a union's lines with its statements."""
    parted = cast("Iterator[list[Term]]", (line[:-3].split(" ", 2) for line in lines))
    for subject, group in groupby(parted, key=itemgetter(0)):
        yield subject, [(p, o) for _, p, o in group]
