"""A folder of pages for the benchmarks, and what the lines at the top of each say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.errors import FileError

if TYPE_CHECKING:
    from pathlib import Path

_BULLETS: Final = "•*- "  # a line that begins with white space is lost on some tools
_HEADER: Final = re.compile(r"(?:#.*(?:\n|\Z))*")
_LANGUAGE: Final = re.compile(r"\blang: *([a-z]{2})\b")
_WRITTEN: Final = re.compile(r"\bdoc-date: *([0-9]{4}(?:-[0-9]{2}){0,2})\b")


@dataclass(frozen=True, slots=True)
class Source:
    """A page's file: its bytes, and what its header says: lines at the top that begin with #."""

    slug: str
    content: bytes
    language: str | None
    written: str | None
    header: int  # lines of the header

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Each line that is not of the header, nor empty: its number from 1, its bare words."""
        lines = self.content.decode("utf-8", "replace").split("\n")
        return [
            (number, line.strip().lstrip(_BULLETS))
            for number, line in enumerate(lines, start=1)
            if number > self.header and line.strip()
        ]


def read_sources(folder: Path) -> list[Source]:
    """The pages `<slug>.txt` of a folder, by name.

    :raises FileError: if there is none.
    """
    sources = [_read(path) for path in sorted(folder.glob("*.txt"))]
    if not sources:
        raise FileError(f"{folder}: no page (*.txt) is in this folder")
    return sources


def _read(path: Path) -> Source:
    content = path.read_bytes()
    match = _HEADER.match(content.decode("utf-8", "replace"))
    header = match[0] if match else ""
    language, written = _LANGUAGE.search(header), _WRITTEN.search(header)
    return Source(
        path.stem,
        content,
        language[1] if language else None,
        written[1] if written else None,
        len(header.removesuffix("\n").split("\n")) if header else 0,
    )
