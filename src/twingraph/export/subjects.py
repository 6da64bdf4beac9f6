"""The quads of a build, gathered by subject and in the order of the subjects, outside memory.

The quad files tell a subject in few stretches: one a source, one of what follows. A stretch becomes
one line, the lines are sorted in runs that fit in memory, and the runs are merged. Lines are bytes:
UTF-8 sorts as code points do, and only what ends up in a table is decoded.
"""

from __future__ import annotations

import heapq
from contextlib import ExitStack
from itertools import groupby
from typing import TYPE_CHECKING, Final

from twingraph import terms as t
from twingraph.quads import Term, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    Progress = Callable[[str, int], None]  # the step, and how many quads or rows of it are done

# The predicates that tables are made of.
KEPT: Final = (
    t.TYPE, t.LABEL, t.DATE, t.RECURRENCE, t.OWNER, t.COUNTRY, t.VENUE,
    t.EARLIEST_START, t.LATEST_START, t.EARLIEST_END, t.LATEST_END, t.HAS_EDITION,
    t.ORGANIZER, t.PARTICIPANT, t.HOST, t.SUPPORTER, t.ACTIVE_IN, t.POSSIBLY_ACTIVE_IN,
    t.TOPIC, t.ABOUT, t.EDITION_OF, t.PART_OF, t.WITHIN, t.HELD_IN, t.EVIDENCE,
    t.BASED_IN, t.SUB_ORGANIZATION_OF, t.HOMEPAGE, t.EXACT_MATCH,
    t.FIRST_ACTIVE, t.LAST_ACTIVE, t.LAST_STARTED, t.DATED_ACTIVITIES,
    t.PARTNER, t.KIND, t.STAGE, t.LATITUDE, t.LONGITUDE,
    t.TITLE, t.ORIGIN, t.PUBLISHER, t.LANGUAGE, t.LICENSE, t.RIGHTS, t.AS_OF, t.ISSUED, t.RETRIEVED,
    t.FROM_SOURCE, t.QUOTE, t.START_POSITION, t.END_POSITION, t.LINE,
)  # fmt: skip
# Those of which it matters who says so.
WITH_GRAPH: Final = (t.DATE, t.PART_OF)

_RUN: Final = 96 * 2**20  # bytes of lines that are sorted in memory at once
_TICK: Final = 100_000


class Facts:
    """What all graphs together say of one subject, each thing once."""

    def __init__(self, stretches: Iterable[bytes]) -> None:
        told: dict[int, set[str]] = {}
        for stretch in stretches:
            for fact in stretch.decode().split("\t"):
                code, _, object_ = fact.partition(" ")
                told.setdefault(int(code), set()).add(object_)
        self._told = {KEPT[code]: sorted(objects) for code, objects in told.items()}

    def terms(self, predicate: Term) -> list[str]:
        """The objects of a predicate; of those in `WITH_GRAPH`, each with a space and its graph."""
        return self._told.get(predicate, [])

    def iris(self, predicate: Term) -> list[str]:
        """The IRIs that a predicate leads to, in order (which is not that of their terms)."""
        return sorted(term[1:-1] for term in self._told.get(predicate, ()) if term[0] == "<")

    def iri(self, predicate: Term) -> str | None:
        """The first of the IRIs that a predicate leads to."""
        return next(iter(self.iris(predicate)), None)

    def texts(self, predicate: Term) -> list[tuple[str, str]]:
        """The texts of a predicate, each with its language tag."""
        return [read_text(Term(term)) for term in self._told.get(predicate, ()) if term[0] == '"']

    def text(self, predicate: Term) -> str | None:
        """The first of the texts of a predicate."""
        return min((text for text, _ in self.texts(predicate)), default=None)


def read_subjects(
    quad_files: Sequence[Path], runs: Path, progress: Progress
) -> Iterator[tuple[str, Facts]]:
    """Each subject's IRI with what is said of it, by IRI; `runs` is a folder for what is sorted.

    :raises OSError: if the disk is full.
    """
    paths = list(write_runs(_read_stretches(quad_files, progress), runs))
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("rb")) for path in paths]
        parted = (line[:-1].split(b"\t", 1) for line in heapq.merge(*files))
        for subject, group in groupby(parted, key=lambda parts: parts[0]):
            yield subject.decode(), Facts(facts for _, facts in group)


def _read_stretches(quad_files: Sequence[Path], progress: Progress) -> Iterator[bytes]:
    """The lines to sort: a subject, and the facts of it that stand together in a quad file."""
    codes = {predicate.encode(): b"%d " % code for code, predicate in enumerate(KEPT)}
    told = {predicate.encode() for predicate in WITH_GRAPH}
    current, facts = b"", list[bytes]()
    for line in _read_lines(quad_files, progress):
        subject, predicate, rest = line.split(b" ", 2)
        if (code := codes.get(predicate)) is None:
            continue
        if subject != current:
            if facts:
                yield b"%b\t%b\n" % (current[1:-1], b"\t".join(facts))
            current, facts = subject, []
        object_ = rest[:-3] if predicate in told else rest.rsplit(b" ", 2)[0]
        facts.append(code + object_)
    if facts:
        yield b"%b\t%b\n" % (current[1:-1], b"\t".join(facts))


def _read_lines(paths: Sequence[Path], progress: Progress) -> Iterator[bytes]:
    """The lines of the files, one after another."""
    count = 0
    for path in paths:
        with path.open("rb") as lines:
            for line in lines:
                yield line
                count += 1
                if count % _TICK == 0:
                    progress("quads read", count)


def write_runs(lines: Iterable[bytes], runs: Path) -> Iterator[Path]:
    """Write lines into files, each sorted and of a size that fits in memory."""
    held: list[bytes] = []
    size = 0
    number = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _RUN:
            yield _write_run(held, runs / f"run-{number:04d}")
            held, size, number = [], 0, number + 1
    yield _write_run(held, runs / f"run-{number:04d}")


def _write_run(lines: list[bytes], path: Path) -> Path:
    lines.sort()
    with path.open("wb") as file:
        file.writelines(lines)
    return path
