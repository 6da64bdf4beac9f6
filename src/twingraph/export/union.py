"""The quads of a package, and the union of their graphs: sorted triples, each once.

The quads are the package's truth: what every other file holds is made of them. Triples are sorted
outside memory, as bytes, so that those of one subject come together whichever graphs tell them.
"""

from __future__ import annotations

import heapq
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from twingraph.export.quotes import filter_quotes
from twingraph.export.subjects import write_runs
from twingraph.quads import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    Statement = tuple[Term, Term]  # predicate and object, the subject being known

_BUFFER: Final = 2**20


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
        yield from group_lines(lines)


def group_lines(lines: Iterable[str]) -> Iterator[tuple[Term, list[Statement]]]:
    """Each subject of a union's lines with its statements."""
    parted = (line[:-3].split(" ", 2) for line in lines)
    for subject, group in groupby(parted, key=itemgetter(0)):
        yield Term(subject), [(Term(p), Term(o)) for _, p, o in group]
