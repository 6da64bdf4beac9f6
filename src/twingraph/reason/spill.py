"""Triples that several subjects may give, made single outside memory."""

from __future__ import annotations

import zlib
from typing import IO, TYPE_CHECKING, Final

from twingraph.quads import Term, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BUCKETS: Final = 64
_IN_MEMORY: Final = 200_000  # lines held before they go to disk, and triples remembered as seen


class Spill:
    """Triples by bucket of their subject, in files below `folder` once there are many.

    Each triple is marked as stated or derived; what comes out of `read` is, bucket by bucket, the
    sorted set of its stated and of its derived triples.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: list[list[str]] = [[] for _ in range(_BUCKETS)]
        self._held = 0
        self._seen: set[tuple[Triple, bool]] = set()
        self._files: dict[int, IO[str]] = {}

    def add(self, triple: Triple, *, is_stated: bool) -> None:
        """Take a triple, unless it came by lately."""
        if (triple, is_stated) in self._seen:
            return
        if len(self._seen) >= _IN_MEMORY:
            self._seen.clear()
        self._seen.add((triple, is_stated))
        mark = "=" if is_stated else "+"
        bucket = zlib.crc32(triple[0].encode()) % _BUCKETS
        self._lines[bucket].append(f"{mark}{triple[0]} {triple[1]} {triple[2]}\n")
        self._held += 1
        if self._held >= _IN_MEMORY:
            self._flush()

    def _flush(self) -> None:
        for bucket, lines in enumerate(self._lines):
            if bucket not in self._files:
                path = self._folder / f"spill-{bucket:02d}"
                self._files[bucket] = path.open("w+", encoding="utf-8", newline="\n")
            self._files[bucket].writelines(lines)
            lines.clear()
        self._held = 0

    def read(self) -> Iterator[tuple[list[Triple], list[Triple]]]:
        """Stated and derived triples by bucket, single and sorted; a subject has one bucket."""
        for bucket, lines in enumerate(self._lines):
            found = set(lines)
            if file := self._files.get(bucket):
                file.seek(0)
                found.update(file)
            stated = sorted(_read(line) for line in found if line[0] == "=")
            derived = sorted(_read(line) for line in found if line[0] == "+")
            yield stated, derived

    def close(self) -> None:
        """Close and remove the files."""
        for bucket, file in self._files.items():
            file.close()
            (self._folder / f"spill-{bucket:02d}").unlink()
        self._files.clear()


def _read(line: str) -> Triple:
    subject, predicate, object_ = line[1:-1].split(" ", 2)
    return Term(subject), Term(predicate), Term(object_)
