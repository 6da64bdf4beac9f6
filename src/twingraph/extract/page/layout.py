"""The blocks of a page, and what stands over each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from twingraph.extract.page.blocks import Block, BlockKind
from twingraph.extract.page.contacts import mark_furniture
from twingraph.extract.page.items import join_wrapped, mark_continuations, mark_facts, mark_numbers
from twingraph.extract.page.lines import ROW, read_lines
from twingraph.extract.page.titles import mark_headings, mark_leads

if TYPE_CHECKING:
    from twingraph.extract.page.lines import Line

_DEEPEST: Final = 12  # items in items
_DASHES: Final = "-–—*+·"
_RANKS: Final = ("1", "①", "a")


def find_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a page with LF only, in order; each non-space character is in exactly one.

    >>> for block in find_blocks("Jugend:\\n\\n • Austausch\\n   (1998)\\n"):
    ...     print(block.kind, block.line, block.start, block.end, block.heads)
    lead 1 0 7 ()
    item 3 10 31 (0,)
    """
    lines = read_lines(text)
    mark_numbers(lines)
    mark_continuations(lines)
    mark_furniture(lines)
    mark_facts(lines)
    join_wrapped(lines)
    mark_leads(lines)
    mark_headings(lines)
    stack = _Stack()
    return tuple(
        stack.place(index, line, line.kind or "paragraph")
        for index, line in enumerate(_merge(lines))
    )


def _merge(lines: list[Line]) -> list[Line]:
    """One line for each block, with the end of its last."""
    merged: list[Line] = []
    for line in lines:
        if line.joins and merged:
            merged[-1].end = line.end
        else:
            merged.append(line)
    return merged


class _Stack:
    """What stands over the next block."""

    def __init__(self) -> None:
        self.headings: list[tuple[int, int]] = []  # level and index
        self.items: list[tuple[int, str, int]] = []  # indent, mark and index
        self.lead: int | None = None

    def place(self, index: int, line: Line, kind: BlockKind) -> Block:
        """The block of a line, at its index; what comes after may stand below it."""
        if self.headings and self.headings[-1][0] == ROW and kind not in ("cell", "furniture"):
            self.headings.pop()
        level, heads = self._heads(index, line, kind)
        return Block(line.start, line.end, line.number, kind, level, heads)

    def _heads(self, index: int, line: Line, kind: BlockKind) -> tuple[int, tuple[int, ...]]:
        """The level of a block, and what stands over it."""
        match kind:
            case "furniture":
                return 0, ()
            case "heading":
                return line.level, self._open_heading(index, line.level)
            case "lead":
                self.lead, self.items = index, []
                return 0, self._headings()
            case "item":
                heads = self._open_item(index, line)
                return len(self.items), heads
            case "cell" | "paragraph":
                return 0, self._end_items(is_last=kind == "paragraph")

    def _open_heading(self, index: int, level: int) -> tuple[int, ...]:
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        heads = self._headings()
        self.headings.append((level, index))
        if level != ROW:
            self.lead, self.items = None, []
        return heads

    def _open_item(self, index: int, line: Line) -> tuple[int, ...]:
        _close_items(self.items, line)
        heads = (*self._headings(), *self._leads(), *(item for _, _, item in self.items))
        self.items.append((line.indent, line.mark, index))
        return heads

    def _end_items(self, *, is_last: bool) -> tuple[int, ...]:
        """A lead stands over one paragraph, or over all of a list or table."""
        if self.items:
            self.lead, self.items = None, []
        heads = (*self._headings(), *self._leads())
        if is_last:
            self.lead = None
        return heads

    def _headings(self) -> tuple[int, ...]:
        return tuple(index for _, index in self.headings)

    def _leads(self) -> tuple[int, ...]:
        return () if self.lead is None else (self.lead,)


def _close_items(items: list[tuple[int, str, int]], line: Line) -> None:
    """Leaves the items that hold this one: less deep, or as deep with a mark of a higher rank."""
    while items and items[-1][0] > line.indent:
        items.pop()
    rank = _rank(line.mark)
    while items and items[-1][0] == line.indent and (line.gap or _rank(items[-1][1]) >= rank):
        items.pop()
    del items[_DEEPEST:]


def _rank(mark: str) -> int:
    """1. stands over a), a) over bullets, bullets over dashes."""
    return _RANKS.index(mark) if mark in _RANKS else len(_RANKS) + (mark in _DASHES)
