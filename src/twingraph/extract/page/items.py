"""Lines that go together: numbered ones, what goes on below an item, paragraphs broken by hand."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from twingraph.extract.page.lines import SECTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.extract.page.lines import Line

_WIDEST: Final = 120  # characters of a line that is broken by hand
_NARROWEST: Final = 45
# A label without figures and a value, parted by a colon, a bar or a tab.
_FACT: Final = re.compile(r"[^\W\d][^:：.!?|\t0-9]{0,40}(?:[:：]\s|：| \| |\t)\s*\S")


def mark_numbers(lines: list[Line]) -> None:
    """Numbers that count 1, 2, 3 mark headings where text stands between them, else items."""
    counted: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if not (line.is_plain and line.mark):
            continue
        counts = counted.setdefault(line.mark, [])
        if line.rank == 1:
            _mark_counted(lines, counts)
            counted[line.mark] = [index]
        elif counts and line.rank == lines[counts[-1]].rank + 1:
            counts.append(index)
        else:
            line.mark = ""
    for counts in counted.values():
        _mark_counted(lines, counts)


def _mark_counted(lines: list[Line], counts: list[int]) -> None:
    apart = sum(_is_over_text(lines, index) for index in counts)
    are_headings = apart * 2 > len(counts)
    for index in counts:
        line = lines[index]
        if are_headings and line.is_short and not line.is_sentence and not line.is_over:
            line.kind, line.level = "heading", SECTION + (line.mark != "1")
        else:
            line.kind = "item"


def _is_over_text(lines: list[Line], index: int) -> bool:
    """Whether a numbered line is short and has text of its own below it."""
    line, below = lines[index], lines[index + 1 : index + 2]
    return (
        line.is_short
        and not line.is_sentence
        and bool(below)
        and below[0].mark != line.mark
        and below[0].indent <= line.indent
        and below[0].words[0] not in "(（"
    )


def mark_continuations(lines: list[Line]) -> None:
    """Lines in brackets, deeper or in mid-sentence below an item belong to it."""
    item: Line | None = None
    for index, line in enumerate(lines):
        if line.kind == "item":
            item = line
        elif item is None or not line.is_plain or not _goes_on(item, line, lines[index - 1]):
            item = None
        else:
            line.kind, line.joins = "item", True


def _goes_on(item: Line, line: Line, before: Line) -> bool:
    if line.gap:
        return line.indent >= item.indent + 2 and not line.is_over
    return (
        line.indent > item.indent
        or line.words[0] in "(（"
        or before.words == before.mark
        or (line.words[0].islower() and not before.is_sentence and not before.is_over)
    )


def mark_facts(lines: list[Line]) -> None:
    """Two or more lines of `label: value`, one below the other, are rows of facts."""
    for first, last in _plain_runs(lines):
        begin = first
        for index in range(first, last + 1):
            if index < last and _is_fact(lines[index]):
                continue
            if index - begin > 1:
                for line in lines[begin:index]:
                    line.kind = "cell"
            begin = index + 1


def _is_fact(line: Line) -> bool:
    return line.is_short and not line.is_over and _FACT.match(line.words) is not None


def join_wrapped(lines: list[Line]) -> None:
    """Joins the lines of paragraphs that were broken by hand."""
    for first, last in _plain_runs(lines):
        _join_run(lines[first:last])


def _plain_runs(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """First and last (exclusive) of each run of plain lines without a gap."""
    index = 0
    while index < len(lines):
        first = index
        index += 1
        if lines[first].is_plain:
            while index < len(lines) and lines[index].is_plain and not lines[index].gap:
                index += 1
            yield first, index


def _join_run(run: list[Line]) -> None:
    """Joins the lines of a paragraph that was broken by hand at some width."""
    width = max(line.end - line.start for line in run)
    if len(run) == 1 or not _NARROWEST <= width <= _WIDEST:
        return
    pairs = [
        (before, line)
        for before, line in pairwise(run)
        if len(before.words) + 1 + len(line.words.split(None, 1)[0]) > width
    ]
    if len(pairs) < len(run) - 1 or all(before.is_sentence for before, _ in pairs):
        return
    if any(before.is_over for before, _ in pairs):
        return
    for _, line in pairs:
        line.joins = True
