"""HTML -> lines of text, in the form of Markdown: headings, items, table rows, paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LineForm = Literal["heading", "item", "more", "row", "paragraph", "break"]


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LISTS: Final = frozenset({"ul", "ol", "menu", "dir"})
INLINE: Final = _tags(
    "a abbr acronym b bdi bdo big cite code del dfn em font i img input ins kbd label mark nobr "
    "q s samp small span strike strong sub sup time tt u var wbr ruby rb output data meter"
)
_UNSEEN: Final = _tags(
    "script style noscript template head iframe object embed applet svg math canvas audio video "
    "map select datalist textarea rt rp"
)
_AS_SET: Final = frozenset({"pre", "listing", "xmp"})
_ASIDE: Final = frozenset({"nav", "aside"})
_MARGINS: Final = frozenset({"header", "footer"})  # of the site, unless in one of these:
_CONTENT: Final = frozenset({"main", "article", "section"})
_IN_LAYOUT: Final = frozenset({"ul", "ol", "dl", "table", "p", "div", "section", *HEADINGS})
_WIDE_CELL: Final = 300  # characters; longer is no value of a fact
_DEEPEST: Final = 10


@dataclass(slots=True)
class MarkupLine:
    """A line of text from HTML: its words, the mark before them, and where it stood."""

    form: LineForm
    mark: str
    words: str
    linked: int = 0  # characters of the words that are links
    in_main: bool = False
    is_new: bool = False  # the first of a list or table

    @property
    def is_link(self) -> bool:
        """Whether it is nothing but links."""
        return self.linked * 10 >= len(self.words) * 9


class _Writer:
    """Gathers words into lines while the elements of a tree open and close."""

    def __init__(self) -> None:
        self.lines: list[MarkupLine] = []
        self._parts: list[str] = []
        self._linked = 0
        self._form: LineForm = "paragraph"
        self._mark = ""
        self._lists = 0
        self._items: list[bool] = []  # of each open item: whether its first line is written
        self._links = self._mains = 0
        self._cells: list[str] | None = None
        self._heads = 0
        self._tables: list[bool] = []  # of each open table: whether it is one of facts
        self._is_new = False
        self._as_set = 0  # open elements of which the line breaks count

    def say(self, text: str | None) -> None:
        if not text:
            return
        if self._as_set and self._cells is None:
            self._say_as_set(text)
            return
        self._parts.append(text)
        if self._links:
            self._linked += len(text.strip())

    def _say_as_set(self, text: str) -> None:
        first, *others = text.split("\n")
        self._parts.append(first)
        for line in others:
            self.flush("break" if "".join(self._parts).strip() else "paragraph")
            self._parts.append(line)
            self._mark = self._mark or line[: len(line) - len(line.lstrip())].expandtabs(4)

    def flush(self, after: LineForm = "paragraph") -> None:
        """Ends a line; the next is of the form `after`."""
        words = " ".join("".join(self._parts).split())
        if words:
            self._add(words)
        if words or after != "break":
            self._form, self._mark = after, ""
        self._parts, self._linked = [], 0

    def _add(self, words: str) -> None:
        form, mark = self._form, self._mark
        if self._items and form != "row":
            indent = "  " * (min(len(self._items), _DEEPEST) - 1)
            form, mark = ("more", indent + "  ") if self._items[-1] else ("item", indent + "- ")
            self._items[-1] = True
        elif form == "heading" and not mark:
            form = "paragraph"
        line = MarkupLine(form, mark, words, self._linked, self._mains > 0, self._is_new)
        self.lines.append(line)
        self._is_new = False

    def open(self, element: Any, tag: str) -> None:
        if tag in INLINE:
            self._links += tag == "a"
        elif tag == "br":
            if self._cells is None:
                self.flush("break")
            else:
                self.say(" ")
        elif self._cells is not None:
            self._open_in_row(tag)
        else:
            self.flush()
            self._open_block(element, tag)
        self._mains += tag == "main"
        self._as_set += tag in _AS_SET

    def _open_in_row(self, tag: str) -> None:
        if tag in ("td", "th", "dt", "dd"):
            self._parts, self._linked = [], 0
            self._heads += tag == "th"
        else:
            self.say(" ")

    def _open_block(self, element: Any, tag: str) -> None:
        if level := HEADINGS.get(tag):
            self._form, self._mark = "heading", "#" * level + " "
        elif tag in _LISTS:
            self._lists += 1
            self._is_new = self._is_new or self._lists == 1
        elif tag == "li":
            self._items.append(False)
        elif tag in ("table", "dl"):
            self._tables.append(_is_of_facts(element))
            self._is_new = True
        elif tag in ("tr", "dt") and self._tables and self._tables[-1]:
            self._cells, self._heads = [], 0

    def close(self, tag: str) -> None:
        if tag in INLINE:
            self._links -= tag == "a"
        elif tag == "br":
            pass
        elif self._cells is not None:
            self._close_in_row(tag)
        else:
            self._close_block(tag)
        self._mains -= tag == "main"
        self._as_set -= tag in _AS_SET

    def _close_in_row(self, tag: str) -> None:
        assert self._cells is not None
        if tag in ("td", "th", "dt", "dd"):
            self._cells.append(" ".join("".join(self._parts).split()))
            self._parts, self._linked = [], 0
        if tag in ("tr", "dd", "dl", "table"):
            self._write_row()
        if tag in ("dl", "table"):
            self._tables.pop()

    def _write_row(self) -> None:
        cells, self._cells = self._cells or [], None
        self._parts = []
        if not any(cells):
            return
        indent = "  " * len(self._items[:_DEEPEST])
        line = MarkupLine(
            "row", indent, f"| {' | '.join(cells)} |", 0, self._mains > 0, self._is_new
        )
        self.lines.append(line)
        if self._heads == len(cells) > 1 and self._is_new:
            self.lines.append(MarkupLine("row", indent, "|---" * len(cells) + "|", 0, line.in_main))
        self._is_new = False

    def _close_block(self, tag: str) -> None:
        self.flush()
        if tag in _LISTS:
            self._lists -= 1
        elif tag == "li":
            self._items.pop()
        elif tag in ("table", "dl"):
            self._tables.pop()


def _is_of_facts(table: Any) -> bool:
    """Whether a table holds facts, not the layout of a page: no blocks and no long texts in it."""
    rows = cells = 0
    for element in table.iter():
        tag = element.tag
        if (
            element is not table
            and tag in _IN_LAYOUT
            and (tag != "p" or element.getnext() is not None)
        ):
            return False
        rows += tag in ("tr", "dt")
        cells += tag in ("td", "th", "dt", "dd")
        if tag in ("td", "dd") and len("".join(element.itertext())) > _WIDE_CELL:
            return False
    return cells > rows > 0


def read_tree(body: Any) -> tuple[list[MarkupLine], int]:
    """The lines of a tree of HTML, and how many words of navigation and margins are not in them.

    What is not shown is never in them; navigation is if there is nothing else.
    """
    lines, left = _read_shown(body, is_skipped=_is_beside)
    return (lines, left) if lines else _read_shown(body, is_skipped=lambda _element: False)


def _read_shown(body: Any, is_skipped: Callable[[Any], bool]) -> tuple[list[MarkupLine], int]:
    from lxml.etree import iterwalk  # lxml has no types

    writer, left, skipped = _Writer(), 0, None
    walk = iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else "script"
        if event == "start":
            is_unseen = tag in _UNSEEN
            if is_unseen or is_skipped(element):
                walk.skip_subtree()
                skipped = element
                left += 0 if is_unseen else len(" ".join(element.itertext()).split())
            else:
                writer.open(element, tag)
                writer.say(element.text)
            continue
        if element is not skipped:
            writer.close(tag)
        skipped = None
        if element is not body:
            writer.say(element.tail)
    writer.flush()
    return writer.lines, left


def _is_beside(element: Any) -> bool:
    """Whether an element is navigation or a margin of the site."""
    tag = element.tag
    if tag in _ASIDE or element.get("role") == "navigation":
        return True
    return tag in _MARGINS and not any(above.tag in _CONTENT for above in element.iterancestors())


def write_lines(lines: Iterable[MarkupLine]) -> str:
    """The text of lines: a blank line before all that is not of one list, table or paragraph.

    >>> write_lines([MarkupLine("heading", "# ", "Youth"), MarkupLine("item", "- ", "Exchange")])
    '# Youth\\n\\n- Exchange\\n'
    """
    parts: list[str] = []
    before: MarkupLine | None = None
    for line in lines:
        if before is not None and not _is_close(before, line):
            parts.append("\n")
        parts.append(f"{line.mark}{line.words}\n")
        before = line
    return "".join(parts)


def _is_close(before: MarkupLine, line: MarkupLine) -> bool:
    if line.form in ("more", "break"):
        return True
    if line.form == "item":
        return before.form in ("item", "more") and not line.is_new
    return line.form == "row" and not line.is_new and (before.form == "row" or line.mark != "")
