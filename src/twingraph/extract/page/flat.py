"""HTML -> lines without a tree, for what is too deep or too large for one."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from twingraph.extract.page.markup import HEADINGS, INLINE, MarkupLine

if TYPE_CHECKING:
    from twingraph.extract.page.markup import LineForm

_TAG: Final = re.compile(r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>?")
_ENDS: Final = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "noscript")
}


def read_flat(html: str) -> list[MarkupLine]:
    """The lines of HTML that is too deep or too large for a tree: its text between its tags."""
    writer = _Flat()
    position = 0
    while (match := _TAG.search(html, position)) is not None:
        writer.say(html[position : match.start()])
        position = match.end()
        if match[0] == "<!--":
            position = html.find("-->", position) + 3
            if position < 3:  # noqa: PLR2004 - not found
                return writer.lines
            continue
        name = match[2].lower()
        if not match[1] and (ending := _ENDS.get(name)):
            end = ending.search(html, position)
            if end is None:
                return writer.lines
            position = end.start()
        elif name not in INLINE:
            writer.part(name, is_end=bool(match[1]))
    writer.say(html[position:])
    writer.part("p", is_end=True)
    return writer.lines


class _Flat:
    def __init__(self) -> None:
        self.lines: list[MarkupLine] = []
        self._parts: list[str] = []
        self._form: LineForm = "paragraph"
        self._mark = ""

    def say(self, text: str) -> None:
        if text:
            self._parts.append(text)

    def part(self, name: str, *, is_end: bool) -> None:
        words = " ".join(unescape("".join(self._parts)).split())
        self._parts = []
        if words:
            self.lines.append(MarkupLine(self._form, self._mark, words))
        elif name == "br":
            return
        self._form, self._mark = "break" if name in ("br", "td", "th", "tr") else "paragraph", ""
        if not is_end and name in HEADINGS:
            self._form, self._mark = "heading", "#" * HEADINGS[name] + " "
        elif not is_end and name == "li":
            self._form, self._mark = "item", "- "
