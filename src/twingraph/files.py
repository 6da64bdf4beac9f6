"""Where the files are that twingraph ships, and how a file is written whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from twingraph.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_PACKAGE: Final = Path(__file__).resolve().parent

# The ontology files that a build reasons with, and those it only loads.
REASONED: Final = ("twingraph.ttl", "topics.ttl")
LOADED: Final = ("align.ttl",)
SHAPES: Final = "shapes.ttl"


@cache
def find_shipped(name: str) -> Path:
    """The folder `ontology` or `queries`: in an installed package, or beside a checkout's `src`.

    :raises FileError: if it is in neither place.
    """
    places = (_PACKAGE / "share" / name, _PACKAGE.parents[1] / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileError(f"the folder {name!r} is missing from this installation; looked in {places[0]}")


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def count_lines(path: Path) -> int:
    """The number of lines of a file."""
    with path.open("rb") as file:
        return sum(1 for _ in file)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable (a rename is lost with the power otherwise)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(file: BinaryIO) -> None:
    """Make a file's bytes durable."""
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def write_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of `path` only when all went well."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            yield file
            sync_file(file)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


@contextmanager
def hold_file(path: Path, busy: str) -> Iterator[None]:
    """Keep other processes from what the lock at `path` stands for.

    :raises FileError: with the message `busy`, if another process holds it now.
    """
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FileError(busy) from error
        yield
