"""Bytes of a file -> text that can be a record or a page, with what is wrong named by its line."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from twingraph.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Report = Callable[[int, str, str], None]  # line (0: the file), where in it, what

# Allowed neither in XML 1.0 nor in RDF's text formats, or half of a character.
FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Reporter:
    """Collects the findings of one file: called with a line (0: none), a place in it, a message."""

    def __init__(self, path: str, findings: list[Finding]) -> None:
        self.path = path
        self._findings = findings

    def __call__(self, line: int, where: str, message: str) -> None:
        """Take one finding."""
        self._findings.append(Finding(self.path, line, where, message))


def read_bytes(path: Path, report: Report) -> bytes | None:
    """The bytes of a file, or None where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        report(0, "", f"cannot be read: {error.strerror}")
        return None


def read_text(content: bytes, report: Report) -> str | None:
    """The text of a record file, with LF for every line end, without a byte order mark.

    Spreadsheets and editors write a byte order mark and CRLF: both are accepted.
    """
    text = _decode(content.removeprefix(codecs.BOM_UTF8), report)
    return None if text is None else text.replace("\r\n", "\n").replace("\r", "\n")


def read_page(content: bytes, report: Report) -> str | None:
    """The text of a stored page, unchanged: positions in it count from its first character."""
    if content.startswith(codecs.BOM_UTF8):
        report(1, "", "the page begins with a byte order mark; store it without, positions count")
        return None
    if b"\r" in content:
        line = content[: content.index(b"\r")].count(b"\n") + 1
        report(line, "", "the page has a carriage return; store it with LF alone, positions count")
        return None
    return _decode(content, report)


def _decode(content: bytes, report: Report) -> str | None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        report(1, "", "is UTF-16; expected UTF-8")
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = content[error.start : error.start + 1].hex()
        report(line, "", f"byte 0x{found} at offset {error.start} is not UTF-8")
        return None
    if match := FORBIDDEN.search(text):
        line = text[: match.start()].count("\n") + 1
        report(line, "", f"the control character U+{ord(match.group()):04X}; expected plain text")
        return None
    return text
