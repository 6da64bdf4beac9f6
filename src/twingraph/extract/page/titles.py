"""Lines that stand over others by how they read: leads and headings; and bare entries below."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from twingraph.extract.page.lines import SECTION

if TYPE_CHECKING:
    from twingraph.extract.page.lines import Line

_TITLE, _BELOW = 1, 7  # levels of headings without a mark: the page's, and below marked ones
_WIDE: Final = 240  # characters of an entry
_MANY: Final = 4  # short lines, each on its own, are a list
_FEW: Final = 3  # short lines, one below the other
_YEAR: Final = re.compile(r"(?<![0-9])(?:1[89]|20)[0-9]{2}(?![0-9])")
_ANNOUNCES: Final = re.compile(
    r"following|as follows|folgende|nachstehend|suivant|ci-dessous|siguiente|次の|以下",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"(?:how|why|what|where|when|who|which|wie|warum|was|wo|wann|wer|welche\w?|comment|pourquoi"
    r"|où|quand|cómo|qué|dónde|cuándo|quién)\b",
    re.IGNORECASE,
)
_SAYS: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|ist|sind|war|waren|wurden?|wird|werden|hat|haben|kam"
    r"|besteht|bestehen|est|sont|était|ont|es|son|fue|fueron|ha|han|está|están)\b"
    r"|(?:です|ます|ました|である|いる|した)$"
)
_SINCE: Final = re.compile(
    r"(?:seit|since|depuis|desde|ab|bis|until|in|im|en|am|on|le|el|il y a|vor|nach|after|von"
    r"|from)\b"
    r".{0,30}\b[0-9]{4}\b.",
    re.IGNORECASE,
)
_SAID: Final = 5  # words, at least, of a line that says something


def mark_leads(lines: list[Line]) -> None:
    """Lines that end in a colon, or announce items, are over what follows; bare lines are items."""
    for index, line in enumerate(lines):
        if not line.is_plain or line.joins or index + 1 == len(lines):
            continue
        last = index
        while last + 1 < len(lines) and lines[last + 1].joins and lines[last + 1].is_plain:
            last += 1
        below = _below(lines, last)
        if below is None or below.kind == "heading":
            continue
        is_item_below = below.kind == "item"
        if lines[last].is_over or (is_item_below and _ANNOUNCES.search(line.words[-200:])):
            for part in lines[index : last + 1]:
                part.kind = "lead"
            if below.is_plain:
                _mark_bare_items(lines, last + 1)


def _below(lines: list[Line], index: int) -> Line | None:
    """The next line that is no furniture."""
    for line in lines[index + 1 : index + 20]:
        if line.kind != "furniture":
            return line
    return None


def _mark_bare_items(lines: list[Line], first: int) -> None:
    """Short lines below a lead that are no sentences, one below the other or each on its own."""
    while first < len(lines) and lines[first].kind == "furniture":
        first += 1
    last = first
    while last < len(lines) and _is_entry(lines[last]) and (last == first or not lines[last].gap):
        last += 1
    if last - first == 1:
        while last < len(lines) and _is_entry(lines[last]) and lines[last].gap:
            last += 1
        if last < len(lines) and not (lines[last].is_plain and lines[last].is_over):
            last -= 1  # it is a heading over what follows
    elif last < len(lines) and _is_sentence_below(lines[last]):
        last -= 1
    if last - first > 1:
        for line in lines[first:last]:
            line.kind = "item"


def _is_sentence_below(line: Line) -> bool:
    return line.is_plain and not line.gap and not line.is_over


def _is_entry(line: Line) -> bool:
    return (
        line.is_plain
        and not line.joins
        and not line.is_over
        and len(line.words) <= _WIDE
        and not line.is_sentence
    )


def mark_headings(lines: list[Line]) -> None:
    """Short lines that are no sentences and stand over something; many of them are a list."""
    has_marked = any(line.kind == "heading" and line.words[0] == "#" for line in lines)
    level = _BELOW if has_marked else SECTION
    index = 0
    while index < len(lines):
        first = index
        while index < len(lines) and _is_title(lines[index]):
            index += 1
        _split_titles(lines, first, index, level)
        index += index == first
    _join_split(lines)
    _mark_title(lines)


def _is_title(line: Line) -> bool:
    return (
        line.is_plain
        and not line.joins
        and line.is_short
        and not line.is_sentence
        and not line.is_over
        and line.words[-1] not in ",;、，"
        and not _says_something(line.words)
    )


def _says_something(words: str) -> bool:
    if _SINCE.match(words):
        return True
    return (
        (" " not in words or words.count(" ") + 1 >= _SAID)
        and _SAYS.search(words) is not None
        and _ASKS.match(words) is None
    )


def _split_titles(lines: list[Line], first: int, last: int, level: int) -> None:
    """Short lines one below the other are entries; what is before them is over them."""
    begin = at = first
    while at < last:
        end = at + 1
        while end < last and not lines[end].gap:
            end += 1
        if end - at >= _FEW or (end - at > 1 and _is_chronicle(lines[at:end])):
            _mark_titles(lines, begin, at, level)
            _mark_entries(lines, at, end, level)
            begin = end
        at = end
    _mark_titles(lines, begin, last, level)


def _mark_entries(lines: list[Line], first: int, last: int, level: int) -> None:
    """Entries; the last is a heading if a text follows on the next line."""
    run, following = lines[first:last], _below(lines, last - 1)
    for line in run:
        line.kind = "item"
    if following is not None and not following.gap and not _is_chronicle(run):
        run[-1].kind, run[-1].level = "heading", level


def _mark_titles(lines: list[Line], first: int, last: int, level: int) -> None:
    """Headings, each on its own; many are entries, and the last is over what follows, if any.

    Where only some of many name a year, those are the entries.
    """
    run, following = lines[first:last], _below(lines, last - 1)
    is_dated = len(run) >= (2 if level == _BELOW else _FEW) and _is_chronicle(run)
    is_list = len(run) >= _MANY or is_dated
    is_mixed = is_list and any(_YEAR.search(line.words) for line in run)
    for line in run:
        is_entry = is_list and (not is_mixed or _YEAR.search(line.words))
        line.kind = "item" if is_entry else "heading"
    if run and following is None:
        run[-1].kind = "item" if is_list else "paragraph"
    elif run and not is_dated:
        run[-1].kind = "heading"
    for line in run:
        line.level = level if line.kind == "heading" else 0


def _is_chronicle(run: list[Line]) -> bool:
    """Whether each of some short lines names a year: they are entries, not headings."""
    return all(_YEAR.search(line.words) for line in run)


def _join_split(lines: list[Line]) -> None:
    """A heading that goes on in small letters on the next line is one."""
    for before, line in pairwise(lines):
        if (
            line.kind == before.kind == "heading"
            and line.level == before.level
            and line.words[0].islower()
            and not line.joins
        ):
            line.joins = True


def _mark_title(lines: list[Line]) -> None:
    """The first heading without a mark is the page's, if a blank line or a heading follows it."""
    content = [line for line in lines if line.kind != "furniture"][:3]
    if not content or content[0].kind != "heading" or content[0].level != SECTION:
        return
    if content[0].words[0] == "#" or content[0].mark:
        return
    for index, line in enumerate(content):
        if index and not line.joins:
            if line.gap or line.kind == "heading":
                break
            return
    for line in content:
        if line is content[0] or (line.joins and line.kind == "heading"):
            line.level = _TITLE
        else:
            break
