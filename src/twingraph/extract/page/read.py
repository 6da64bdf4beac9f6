"""Bytes of a page -> its text, language and blocks, and what was not read as it stood."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from itertools import takewhile
from pathlib import PurePath
from typing import Final

from twingraph.errors import SourceError
from twingraph.extract.page.blocks import Block, BlockKind
from twingraph.extract.page.decode import decode_text
from twingraph.extract.page.language import find_language, read_language
from twingraph.extract.page.layout import find_blocks

__all__ = ["Block", "BlockKind", "Page", "read_page"]

_HTML: Final = frozenset({".html", ".htm", ".xhtml"})
_TEXT: Final = frozenset({".txt", ".md", ".markdown", ".text"})
_SNIFFED: Final = 1024
_HTML_BEGINS: Final = re.compile(
    rb"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--.{0,400}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_LEAST: Final = 512  # bytes; no file of the following sorts is shorter
_OTHERS: Final = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b\x08", "compressed"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
_STATED: Final = re.compile(
    r"(?:^|[#;])[ \t]*(lang|language|doc-date|date|title)[ \t]*:[ \t]*([^;\n]+)",
    re.MULTILINE | re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?(?![0-9])"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is read: `text` is what is stored, and `blocks` refer to it.

    `date` is the page's own date (EDTF), `notes` say what was not read as it stood.
    """

    name: str
    text: str
    language: str | None
    title: str | None
    date: str | None
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


def read_page(content: bytes, name: str) -> Page:
    """The page that the bytes are: HTML, Markdown or text by the ending of its name, else by sight.

    :raises SourceError: if the bytes are no text at all, as those of a PDF.

    >>> page = read_page("Jugend:\\n- Austausch seit 1980\\n".encode(), "jugend.txt")
    >>> [block.kind for block in page.blocks]
    ['lead', 'item']
    """
    for magic, what in _OTHERS:
        if content.startswith(magic) and len(content) > _LEAST:
            raise SourceError(f"{name}: it is {what}; a page is HTML, Markdown or text")
    ending = PurePath(name).suffix.casefold()
    if ending in _HTML or (ending not in _TEXT and _looks_like_html(content)):
        return _read_html(content, name)
    return _read_text(content, name)


def _looks_like_html(content: bytes) -> bool:
    return _HTML_BEGINS.match(content[:_SNIFFED].removeprefix(BOM_UTF8)) is not None


def _read_text(content: bytes, name: str) -> Page:
    decoded = decode_text(content)
    text, notes = decoded.text, list(decoded.notes)
    if _looks_like_html(content):
        notes.append("it looks like HTML, but its name says text: its tags were read as words")
    blocks = find_blocks(text)
    if not blocks:
        notes.append("the page is empty")
    about = _read_about(text, blocks)
    language = read_language(about.get("lang") or about.get("language") or "")
    date = _DATE.match(about.get("doc-date") or about.get("date") or "")
    return Page(
        name,
        text,
        language or find_language(text),
        about.get("title") or _find_title(text, blocks),
        date[0] if date else None,
        blocks,
        tuple(notes),
    )


def _read_about(text: str, blocks: tuple[Block, ...]) -> dict[str, str]:
    """What the lines about the page, at its top, state."""
    about: dict[str, str] = {}
    if blocks and text[blocks[0].start] in "#-":
        for block in takewhile(lambda block: block.kind == "furniture", blocks):
            for key, value in _STATED.findall(text[block.start : block.end]):
                about.setdefault(key.casefold(), value.strip("\"' "))
    return about


def _find_title(text: str, blocks: tuple[Block, ...]) -> str | None:
    """The heading of level 1 with which the page begins."""
    first = next((block for block in blocks if block.kind != "furniture"), None)
    if first is None or (first.kind, first.level) != ("heading", 1):
        return None
    return " ".join(text[first.start : first.end].strip("#= \n").split())


def _read_html(content: bytes, name: str) -> Page:
    from twingraph.extract.page.html import read_html

    found = read_html(content)
    blocks = find_blocks(found.text)
    notes = list(found.notes)
    if not blocks:
        notes.append("the page is empty")
    language = read_language(found.language or "")
    if language is None and found.language:
        notes.append(f"it is declared as {found.language[:20]!r}, a language that is not read")
    elif language is None:
        language = find_language(found.text)
    return Page(name, found.text, language, found.title, found.date, blocks, tuple(notes))
