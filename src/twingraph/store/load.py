"""Quad files -> an Oxigraph store: loaded whole, or the store of the last build brought up to date.

Oxigraph's bulk load of one file parses in one thread. Batches loaded from several threads keep all
cores busy, while others still reason, and take less memory than one large load.
"""

from __future__ import annotations

import json
import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Self

from twingraph.store.generations import MANIFEST
from twingraph.store.reuse import link_or_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    import pyoxigraph

    from twingraph.store.parts import Written

_BATCH: Final = 32_000_000  # bytes, some 150,000 quads, that one thread loads at a time
_MOST_CHANGES: Final = 300_000  # quads; beyond them a store is loaded anew


class Loader:
    """Loads files of quads into a new store, in batches, while others are still being written.

    Use it as a context: what has not begun at its end is dropped.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        self._folder = folder
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="load")
        self._waiting: list[_Slice] = []
        self._waits = 0  # bytes
        self._futures: list[Future[int]] = []

    @cached_property
    def _store(self) -> pyoxigraph.Store:
        import pyoxigraph

        return pyoxigraph.Store(str(self._folder / "store"))

    def add(self, file: Written) -> None:
        """Take a file, and load what has come together once it is enough for a batch."""
        for part in _slices(self._folder / file.name):
            self._waiting.append(part)
            self._waits += part.length
            if self._waits >= _BATCH:
                self._submit()

    def _submit(self) -> None:
        batch, self._waiting, self._waits = self._waiting, [], 0
        self._futures.append(self._pool.submit(self._load, self._store, batch))

    @staticmethod
    def _load(store: pyoxigraph.Store, batch: list[_Slice]) -> int:
        import pyoxigraph

        content = b"".join(part.read() for part in batch)
        # What the build wrote is valid: `read_iri` has asked the same engine.
        store.bulk_load(content, format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
        return content.count(b"\n")

    def finish(self, progress: Callable[[int], None]) -> int:
        """Load the rest; how many quads the store then holds."""
        self._submit()
        loaded = 0
        for future in self._futures:
            loaded += future.result()
            progress(loaded)
        self._store.flush()
        return len(self._store)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Slice:
    """Whole lines of a file."""

    path: Path
    offset: int
    length: int

    def read(self) -> bytes:
        with self.path.open("rb") as file:
            file.seek(self.offset)
            return file.read(self.length)


def _slices(path: Path) -> Iterator[_Slice]:
    """A file in slices of about a batch at most."""
    size = path.stat().st_size
    with path.open("rb") as file:
        offset = 0
        while offset < size:
            file.seek(offset + _BATCH)
            file.readline()
            end = min(file.tell(), size)
            yield _Slice(path, offset, end - offset)
            offset = end


def update_store(old: Path | None, new: Path, files: Iterable[Written]) -> bool:
    """Make the store of a new generation from that of the old one.

    False, and no store, where there is none, or so much has changed that loading anew is quicker.
    """
    if old is None or not (old / "store").exists():
        return False
    manifest = json.loads((old / MANIFEST).read_text(encoding="utf-8"))
    after = {file.name: file for file in files}
    digests = {name: file.sha256 for name, file in after.items()}
    changes = find_changes(old, new, manifest["files"], digests)
    if changes is None:
        return False
    _clone(old / "store", new / "store")
    found = _apply(new / "store", *changes)
    if found != sum(file.quads for file in after.values()):
        shutil.rmtree(new / "store")
        return False
    return True


def _clone(old: Path, new: Path) -> None:
    """Copy a closed store. RocksDB never changes a table file: those are linked, not copied."""
    new.mkdir()
    for path in old.iterdir():
        if path.suffix == ".sst":
            link_or_copy(path, new / path.name)
        elif not path.name.startswith("LO"):  # LOCK, LOG and old logs
            shutil.copyfile(path, new / path.name)


def find_changes(
    old: Path, new: Path, before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[list[str], list[str]] | None:
    """The quads, as lines in order, that a generation has no more, and those that are new.

    `before` and `after` are the files of each with their digests. None where there are too many.
    """
    gone: set[str] = set()
    added: set[str] = set()
    for name in before.keys() | after.keys():
        if before.get(name) == after.get(name):
            continue
        was = set(_lines(old / name)) if name in before else set()
        now = set(_lines(new / name)) if name in after else set()
        gone |= was - now
        added |= now - was
        if len(gone) + len(added) > _MOST_CHANGES:
            return None
    # A quad that has moved to another file is in both.
    return sorted(gone - added), sorted(added - gone)


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        yield from lines


def _apply(path: Path, gone: Iterable[str], added: Iterable[str]) -> int:
    import pyoxigraph

    store = pyoxigraph.Store(str(path))
    for quad in _parse(gone):
        store.remove(quad)
    store.extend(_parse(added))
    store.flush()
    return len(store)


def _parse(lines: Iterable[str]) -> Iterator[pyoxigraph.Quad]:
    import pyoxigraph

    return pyoxigraph.parse("".join(lines), format=pyoxigraph.RdfFormat.N_QUADS)
