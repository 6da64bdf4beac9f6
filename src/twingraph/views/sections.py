"""A file of named sections: a line of JSON with their names and lengths, then their bytes."""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from twingraph.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    Content = bytes | memoryview
    Sections = Mapping[str, Content]


def write_sections(path: Path, sections: Sections) -> str:
    """Write a file of sections; its SHA-256 comes back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = json.dumps([[name, len(content)] for name, content in sections.items()])
    pieces = (head.encode() + b"\n", *sections.values())
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def read_sections(path: Path, sha256: str | None = None) -> dict[str, memoryview]:
    """The sections of a file, which is to have this SHA-256 where one is given.

    :raises FileError: if it is absent, or not what was written.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}") from error
    if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
        raise _damaged(path, "its SHA-256 is not that of the manifest")
    start = content.find(b"\n") + 1
    rest = memoryview(content)[start:]
    try:
        lengths: list[tuple[str, int]] = json.loads(content[:start])
    except ValueError as error:
        raise _damaged(path, str(error)) from error
    if sum(length for _, length in lengths) != len(rest):
        raise _damaged(path, f"{len(rest)} bytes are not those of its sections")
    ends = accumulate(length for _, length in lengths)
    return {
        name: rest[end - length : end] for (name, length), end in zip(lengths, ends, strict=True)
    }


def _damaged(path: Path, how: str) -> FileError:
    hint = "`twingraph build --force` makes it anew"
    return FileError(f"{path}: is not as it was written: {how}; {hint}")


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Numbers of 32 bits, with a sign, as the same bytes on every machine.

    >>> unpack_numbers(pack_numbers([7, -3]))
    array('i', [7, -3])
    """
    return _turned(array("i", numbers)).tobytes()


def unpack_numbers(content: Content) -> array[int]:
    """The numbers that `pack_numbers` packed."""
    numbers = array("i")
    numbers.frombytes(content)
    return _turned(numbers)


def read_json(content: Content) -> Any:
    """What a section of JSON says."""
    return json.loads(bytes(content))


def _turned(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
