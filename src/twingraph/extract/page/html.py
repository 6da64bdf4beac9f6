"""HTML -> the text of its main part, as trafilatura finds it, with language, title and date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from twingraph.extract.page.decode import decode_text, find_charset, replace_controls
from twingraph.extract.page.flat import read_flat
from twingraph.extract.page.markup import MarkupLine, read_tree, write_lines
from twingraph.extract.page.metadata import find_date, find_language, find_title

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST: Final = 16_000_000  # bytes that are read
_MOST_FOR_TRAFILATURA: Final = 1_000_000  # characters
_SMALL: Final = 100  # words of a page of which trafilatura sees too little
_SHARE: Final = 0.8  # of a line's pairs of words that trafilatura has
_SUBSET: Final = re.compile(r"<!DOCTYPE\b[^>\[]{0,1000}\[", re.IGNORECASE)
_LONG: Final = 100_000  # characters of a page with which a long tag would take time
_LONGEST_TAG: Final = 8_000
_TAG: Final = re.compile(
    r"""<(?:(!--)|([a-zA-Z][^\s/>]*+)(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>?)"""
)
_ENDS: Final = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}


@dataclass(frozen=True, slots=True)
class HtmlText:
    """What an HTML page says: `text` in the form of Markdown, `language` the tag it declares."""

    text: str
    language: str | None
    title: str | None
    date: str | None
    notes: tuple[str, ...]


def read_html(content: bytes) -> HtmlText:
    """The main part of any bytes as HTML.

    >>> read_html(b"<html lang=en><h1>Youth</h1><ul><li>Exchange since 1980</ul>").text
    '# Youth\\n\\n- Exchange since 1980\\n'
    """
    notes: list[str] = []
    if len(content) > _MOST:
        notes.append(f"only the first {_MOST} of {len(content)} bytes were read")
        content = content[:_MOST]
    decoded = decode_text(content, find_charset(content))
    notes += decoded.notes
    html = _without_long_tags(_without_subset(decoded.text, notes))
    root = _read_root(html)
    if root is None:
        if html.strip():
            notes.append("too deep or too large for a tree: navigation was not told from the rest")
        return HtmlText(_write(read_flat(html)), None, None, None, tuple(notes))
    body = root.find("body")
    lines, left = read_tree(root if body is None else body)
    selected = lines
    if len(html) <= _MOST_FOR_TRAFILATURA:
        selected = _select(lines, root)
    else:
        notes.append("too large for the main part to be told from the rest: all was read")
    read = sum(len(line.words.split()) for line in selected)
    left += sum(len(line.words.split()) for line in lines) - read
    if left:
        notes.append(f"{left} of {left + read} words stand beside the main part: not read")
    return HtmlText(
        _write(selected),
        find_language(root),
        find_title(root),
        find_date(root),
        tuple(notes),
    )


def _without_subset(html: str, notes: list[str]) -> str:
    """HTML without the internal subset of its DOCTYPE: entities of its own are not read."""
    match = _SUBSET.search(html[:4096])
    end = html.find("]", match.end()) if match else -1
    if match is None or end < 0:
        return html
    notes.append("the internal subset of the DOCTYPE was not read")
    return html[: match.start()] + html[html.find(">", end) + 1 :]


def _without_long_tags(html: str) -> str:
    """HTML without the attributes of tags that are so long that there may be thousands.

    libxml2 takes time by the square of their number; no attribute holds words of the page.
    """
    parts: list[str] = []
    position = kept = 0
    while len(html) > _LONG and (match := _TAG.search(html, position)) is not None:
        position = match.end()
        if match[1]:
            position = html.find("-->", position) + 1 or len(html)
        elif match[2].lower() in _ENDS:
            end = _ENDS[match[2].lower()].search(html, position)
            position = end.start() if end else len(html)
        elif len(match[0]) > _LONGEST_TAG:
            parts += html[kept : match.start()], f"<{match[2]}>"
            kept = position
    return "".join(parts) + html[kept:]


def _write(lines: Iterable[MarkupLine]) -> str:
    return replace_controls(write_lines(lines))[0]


def _read_root(html: str) -> Any | None:
    """The tree, or None if there is none or libxml2's limits cut it off."""
    from lxml import etree  # lxml has no types
    from lxml.html import HTMLParser  # lxml has no types

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(html.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    limits = (
        etree.ErrorTypes.ERR_RESOURCE_LIMIT,
        etree.ErrorTypes.ERR_INTERNAL_ERROR,
        etree.ErrorTypes.ERR_NO_MEMORY,
    )
    return None if any(entry.type in limits for entry in parser.error_log) else root


def _select(lines: list[MarkupLine], root: Any) -> list[MarkupLine]:
    """The lines from the first to the last that trafilatura keeps, and those in `main`.

    Outside `main`, a line that is all links goes if trafilatura leaves it out, unless it is an
    item below a line that ends in a colon. Of a small page every other line stays.
    """
    kept = _kept_lines(lines, root)
    if not any(kept):
        return lines
    first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
    while first and lines[first - 1].form == "heading":
        first -= 1
    if sum(len(line.words.split()) for line in lines) <= _SMALL:
        first, last = 0, len(lines)
    selected, is_led = [], False
    for index, line in enumerate(lines):
        if line.form not in ("item", "more"):
            is_led = line.words.endswith((":", "："))
        is_within = first <= index <= last and (is_led or not line.is_link)
        if kept[index] or line.in_main or is_within:
            selected.append(line)
    return selected


def _kept_lines(lines: list[MarkupLine], root: Any) -> list[bool]:
    from trafilatura import bare_extraction

    found = bare_extraction(root, favor_recall=True, include_tables=True, include_comments=False)
    if found is None or isinstance(found, dict) or found.body is None:
        return [False] * len(lines)
    pieces = {
        tuple(words)
        for text in found.body.itertext()
        for piece in text.split("\n")
        if (words := _words(piece))
    }
    pairs = {pair for text in _texts(found.body) for pair in _pairs(_words(text))}
    return [_is_kept(_words(line.words), pieces, pairs) for line in lines]


def _texts(body: Any) -> Iterable[str]:
    for element in body:
        yield "".join(f"{text} " for text in element.itertext())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _pairs(words: list[str]) -> Iterable[tuple[str, str]]:
    return pairwise(words)


def _is_kept(words: list[str], pieces: set[tuple[str, ...]], pairs: set[tuple[str, str]]) -> bool:
    if tuple(words) in pieces:
        return True
    own = list(_pairs(words))
    return len(own) > 1 and sum(pair in pairs for pair in own) >= _SHARE * len(own)
