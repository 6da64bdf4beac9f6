"""What a new generation takes over from the last one: parts whose records have not changed.

A part's digest stands for all that it is made from: its source's files, and what every part takes
in (the tables, the ontology, the names to mask, the versions). Files are linked, not copied: a
generation is never changed once it is published.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import msgspec

from twingraph.store.parts import TABLES, Asserted, Closed, Kept, Segment, Written, source_name
from twingraph.store.work import (
    aside_file,
    bucket_file,
    gathered_file,
    labels_file,
    shared_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from twingraph.records import Folder

_KEPT: Final = "kept.msgpack"
_OF_ALL: Final = ("municipalities.", "institutions.", "partnerships.", "programmes.", "twingraph.")
_SOURCES: Final = "sources/"


class _Bucket(msgspec.Struct):
    digest: str
    written: Written


class _Memory(msgspec.Struct):
    """What a generation remembers of how it was made."""

    parts: dict[str, Kept]
    buckets: dict[int, _Bucket]


class Reuse:
    """Finds what may be taken over from `previous`, takes it to `staging`, and remembers it."""

    def __init__(self, previous: Path | None, staging: Path, digests: Mapping[str, str]) -> None:
        self._previous = previous
        self._staging = staging
        self._digests = digests
        self._was = _read_memory(previous)
        self._is = _Memory({}, {})
        self._of_bucket: dict[str, tuple[int, str]] = {}

    @cached_property
    def is_most(self) -> bool:
        """Whether most parts can be taken over."""
        same = sum(
            name in self._was.parts and self._was.parts[name].digest == digest
            for name, digest in self._digests.items()
        )
        return 2 * same > len(self._digests)

    def find(self, part: str) -> Kept | None:
        """A part of the last generation that was made from the same; its quads are taken over."""
        kept = self._was.parts.get(part)
        if kept is None or kept.digest != self._digests[part] or not self._is_whole(kept):
            return None
        for name in _asserted_files(kept.asserted):
            self._link(name)
        return kept

    def _is_whole(self, kept: Kept) -> bool:
        assert self._previous is not None
        names = (*_asserted_files(kept.asserted), *_closed_files(kept.closed))
        return all((self._previous / name).exists() for name in names)

    def take_closed(self, kept: Kept) -> None:
        """Take over what follows about a part too."""
        for name in _closed_files(kept.closed):
            self._link(name)

    def _link(self, name: str) -> None:
        assert self._previous is not None
        new = self._staging / name
        if not new.exists():
            new.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(self._previous / name, new)

    def keep(self, asserted: Asserted, closed: Closed) -> None:
        """Remember a part for the next generation."""
        part = asserted.part
        self._is.parts[part] = Kept(self._digests[part], asserted, closed)

    def find_bucket(self, bucket: int, segments: list[tuple[str, Segment]]) -> Written | None:
        """What a bucket came to when it was last made from the same segments."""
        told = "".join(f"{part} {segment.digest}\n" for part, segment in segments)
        digest = hashlib.sha256(f"{self._digests[TABLES]}\n{told}".encode()).hexdigest()
        self._of_bucket[bucket_file(bucket)] = bucket, digest
        kept = self._was.buckets.get(bucket)
        if kept is None or kept.digest != digest or self._previous is None:
            return None
        names = (kept.written.name, shared_file(bucket))
        if not all((self._previous / name).exists() for name in names):
            return None
        for name in names:
            self._link(name)
        self.keep_bucket(kept.written)
        return kept.written

    def keep_bucket(self, written: Written) -> None:
        """Remember what a bucket came to."""
        bucket, digest = self._of_bucket[written.name]
        self._is.buckets[bucket] = _Bucket(digest, written)

    def write(self) -> None:
        """Write what is remembered to the new generation."""
        content = msgspec.msgpack.encode(self._is)
        (self._staging / "parts" / _KEPT).write_bytes(content)


def _asserted_files(asserted: Asserted) -> Iterator[str]:
    yield asserted.written.name
    if asserted.labels:
        yield labels_file(asserted.part)


def _closed_files(closed: Closed) -> Iterator[str]:
    yield gathered_file(closed.part)
    if closed.aside:
        yield aside_file(closed.part)
    if closed.written is not None:
        yield closed.written.name


def _read_memory(generation: Path | None) -> _Memory:
    nothing = _Memory({}, {})
    if generation is None:
        return nothing
    try:
        content = (generation / "parts" / _KEPT).read_bytes()
        return msgspec.msgpack.decode(content, type=_Memory)
    except (OSError, msgspec.DecodeError):
        return nothing


def link_or_copy(old: Path, new: Path) -> None:
    """The same file under another name, or a copy where files cannot be linked."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def part_digests(folder: Folder, given: Mapping[str, Any], buckets: int) -> dict[str, str]:
    """The digest of each part of a folder: equal ones are made from the same."""
    inputs: Mapping[str, str] = given["inputs"]
    of_all = {
        **{name: value for name, value in given.items() if name != "inputs"},
        "tables": {name: digest for name, digest in inputs.items() if name.startswith(_OF_ALL)},
        "contacts": sorted(folder.contact_names),
        "proposed": msgspec.json.encode(folder.proposed).decode(),
        "buckets": buckets,
    }
    text = json.dumps(of_all, sort_keys=True)
    digests = {TABLES: hashlib.sha256(text.encode()).hexdigest()}
    of_source: dict[str, list[str]] = {}
    for name, digest in inputs.items():
        if name.startswith(_SOURCES):
            source = name.removeprefix(_SOURCES).partition("/")[0]
            of_source.setdefault(source, []).append(f"{name} {digest}")
    for source in folder.sources:
        told = "\n".join((digests[TABLES], *sorted(of_source.get(source, ()))))
        digests[source_name(source)] = hashlib.sha256(told.encode()).hexdigest()
    return digests
