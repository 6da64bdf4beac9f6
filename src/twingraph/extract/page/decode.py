"""Bytes -> text: any bytes, with a note on each thing that was not read as it stood."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

_SAMPLE: Final = 4096
_LINES: Final = re.compile(r"\r\n?")
# C0 controls but tab and the line ends, and DEL.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPED: Final = re.compile("[\udc80-\udcff]")
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_HIRAGANA: Final = re.compile("[ぁ-ん]")
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")

# A byte order mark, its codec and its name; the longer first, since UTF-32 begins as UTF-16 does.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
# Where NUL bytes stand in mostly Latin text without a mark: the columns (mod 4) that are NUL.
_NUL_COLUMNS: Final[dict[tuple[bool, ...], tuple[str, str]]] = {
    (False, True, True, True): ("utf-32-le", "UTF-32"),
    (True, True, True, False): ("utf-32-be", "UTF-32"),
    (False, True, False, True): ("utf-16-le", "UTF-16"),
    (True, False, True, False): ("utf-16-be", "UTF-16"),
}
_JAPANESE: Final = (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"))
_DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)"""
    rb"""\s*=\s*["']?\s*([\w:.-]{2,40})""",
    re.IGNORECASE,
)
# https://encoding.spec.whatwg.org/#names-and-labels: these labels all mean Windows-1252.
_LATIN: Final = frozenset({"ascii", "iso8859-1", "cp1252"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with LF only and no control characters, and what was not read as it stood."""

    text: str
    notes: tuple[str, ...]


def decode_text(content: bytes, declared: str | None = None) -> Decoded:
    """The text of any bytes; `declared` is an encoding that they claim for themselves.

    >>> decode_text("Städte\\r\\n".encode("latin-1"))
    Decoded(text='Städte\\n', notes=('1 byte is no UTF-8: read as Windows-1252', 'CRLF read as LF'))
    """
    notes: list[str] = []
    return Decoded(_clean(_decode(content, declared, notes), notes), tuple(notes))


def find_charset(content: bytes) -> str | None:
    """The encoding that an HTML page declares for itself.

    >>> find_charset(b'<html><meta charset="ISO-8859-15">')
    'ISO-8859-15'
    """
    match = _DECLARED.search(content[:_SAMPLE])
    return match[1].decode("ascii", "replace") if match else None


def _decode(content: bytes, declared: str | None, notes: list[str]) -> str:
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            if codec == "utf-8":
                return _decode_marked(content[len(mark) :], notes)
            return _decode_wide(content[len(mark) :], codec, name, notes)
    if wide := _NUL_COLUMNS.get(_nul_columns(content)):
        return _decode_wide(content, *wide, notes)
    claimed = _codec_of(declared, notes)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(content, claimed, notes)
    if claimed == "iso2022_jp" and b"\x1b" in content:
        return _decode_other(content, claimed, notes)
    if claimed not in (None, "utf-8") and not text.isascii():
        notes.append(f"declared as {declared}, read as UTF-8, which it is")
    return text


def _nul_columns(content: bytes) -> tuple[bool, ...]:
    """Which of the byte columns (mod 4) are NUL in at least 7 of 10 places of the sample."""
    sample = content[:_SAMPLE]
    columns = [sample[offset::4] for offset in range(4)]
    if len(sample) < 4:  # noqa: PLR2004 - one unit of UTF-32
        return ()
    return tuple(column.count(0) * 10 >= len(column) * 7 for column in columns)


def _decode_marked(content: bytes, notes: list[str]) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_windows(content, notes)


def _decode_wide(content: bytes, codec: str, name: str, notes: list[str]) -> str:
    text = content.decode(codec, "replace")
    notes.append(f"read as {name}")
    if wrong := text.count(_REPLACEMENT):
        notes.append(f"{_count(wrong, 'place is', 'places are')} no {name}: replaced by U+FFFD")
    return text


def _codec_of(declared: str | None, notes: list[str]) -> str | None:
    if declared is None:
        return None
    try:
        codec = codecs.lookup(declared)
        "".encode(declared)  # raises LookupError if it is no encoding of text
    except (LookupError, ValueError):
        notes.append(f"the declared encoding {declared!r} is unknown")
        return None
    return "cp1252" if codec.name in _LATIN else codec.name


def _decode_other(content: bytes, codec: str | None, notes: list[str]) -> str:
    """What is no UTF-8: as declared if that fits, else Japanese if it reads so, else Windows."""
    if codec not in (None, "utf-8"):
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            notes.append(f"the page is not in {codec}, which it declares")
    for candidate, name in _JAPANESE:
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        if len(_HIRAGANA.findall(text)) * 10 >= len(_FOREIGN.findall(text)):
            notes.append(f"read as {name}")
            return text
    return _decode_windows(content, notes)


def _decode_windows(content: bytes, notes: list[str]) -> str:
    """UTF-8 with each wrong byte read as Windows-1252 has it."""
    text = content.decode("utf-8", "surrogateescape")
    wrong = len(_ESCAPED.findall(text))
    notes.append(f"{_count(wrong, 'byte is', 'bytes are')} no UTF-8: read as Windows-1252")
    return text.translate(_WINDOWS)


_WINDOWS: Final = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)
}


def _clean(text: str, notes: list[str]) -> str:
    if "\r" in text:
        notes.append("CRLF read as LF" if "\r\n" in text else "CR read as LF")
        text = _LINES.sub("\n", text)
    text, controls = replace_controls(text)
    if controls:
        notes.append(f"{_count(controls, 'control character', 'control characters')} replaced")
    return text


def replace_controls(text: str) -> tuple[str, int]:
    """The text without control characters, and how many were replaced by U+FFFD."""
    return _CONTROLS.subn(_REPLACEMENT, text)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
