"""The lines of a page, each with what its own mark says: bullet, number, heading, table row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.extract.page.furniture import is_about_page

if TYPE_CHECKING:
    from twingraph.extract.page.blocks import BlockKind

SECTION: Final = 2  # level of a heading that has no mark
ROW: Final = 8  # level of a table's first row: below any heading
_BULLETS: Final = "•◦▪▫●○‣⁃∙►▸➢➤➔✓✔■□◆◇❖・※»→"  # also without a space after them
_DASHES: Final = "-–—*+·"  # only with a space after them
_RULES: Final = frozenset("-=_*~–—· ")
_TAB: Final = 4
_HEADING_TITLE: Final = re.compile(r"(#{1,6})[ \t]+\S")
_BOLD: Final = re.compile(r"(\*\*|__)\S.*\S\1:?")
_DELIMITER: Final = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*")
_NUMBER: Final = re.compile(r"\(?([0-9]{1,2})[.)][ \t ]+(\w+)|\(?([a-z])\)[ \t]+\S|[①-⑳]\s*\S")
_SECTION: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,4}\.?[ \t]+[^\W\d]")
# After "4." these make a date or an ordinal of it, not the fourth of a list.
_NO_NUMBER: Final = re.compile(
    r"(?:jan|feb|mär|maer|apr|mai|jun|jul|aug|sep|okt|nov|dez|jahr|jubil|geburtstag|internation"
    r"|deutsch|europ|auflage|platz|preis|klasse|stock|mal\b)",
    re.IGNORECASE,
)
_KEY: Final = re.compile(r"-\s|[A-Za-z][\w-]*\s*:(?:\s|$)")
_MOST_FRONT: Final = 60  # lines of front matter
_COLUMNS: Final = 3  # of a table of which the first row is no fact
_STOPS: Final = frozenset(".!?…。！？")
_CLOSERS: Final = "\"'”“»’)]）」』"
_ABBREVIATION: Final = re.compile(
    r"(?:\be\. ?V|\bu\. ?a|\betc|\bInc|\bLtd|\bCo|\bJr|\bSt|\bbzw|\busw|\bGmbH|\bC\. ?V|\bS\. ?A"
    r"|\bU\. ?S|\bD\. ?C|\bg\. ?GmbH|\bz\. ?B|\bca|(?<![0-9])[0-9]{1,2})\.$"
)
_SHORT: Final = 100
_TALL: Final = 45  # of Japanese, which says more in a character
_KANA: Final = re.compile("[ぁ-んァ-ヶ一-龠]")


@dataclass(slots=True)
class Line:
    """A line that is not blank. `kind` is None until something says what it is.

    `gap` is whether a blank line stands before it; `joins`, whether it goes on with the block
    before; `mark` the sort of its bullet ("1" a number), "" without one.
    """

    number: int
    start: int
    end: int
    words: str
    indent: int
    gap: bool
    kind: BlockKind | None = None
    level: int = 0
    joins: bool = False
    mark: str = ""
    rank: int = 0  # of a numbered line: its number

    @property
    def is_plain(self) -> bool:
        """Whether nothing says yet what it is."""
        return self.kind is None

    @property
    def is_short(self) -> bool:
        """Whether it has at most the length of a heading or an entry."""
        length = len(self.words)
        return length <= _TALL or (length <= _SHORT and not _KANA.search(self.words))

    @property
    def is_over(self) -> bool:
        """Whether it ends in a colon."""
        return self.words[-1] in ":：" or self.words.endswith((":**", ":__", "：**"))

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as a sentence does; `e.V.` is no end."""
        words = self.words if self.words[-1] in _STOPS else self.words[-8:].rstrip(_CLOSERS)
        if not words or words[-1] not in _STOPS:
            return False
        return words[-1] != "." or not _ABBREVIATION.search(words[-8:])


def read_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, marked by what they begin and end with."""
    lines: list[Line] = []
    position, gap = 0, True
    for number, raw in enumerate(text.split("\n"), start=1):
        if words := raw.strip():
            start = position + len(raw) - len(raw.lstrip())
            indent = _indent(raw, start - position)
            lines.append(Line(number, start, start + len(words), words, indent, gap))
            gap = False
        else:
            gap = True
        position += len(raw) + 1
    _mark_about(lines)
    for index, line in enumerate(lines):
        if line.is_plain:
            _mark(line, lines[index - 1] if index else None)
    return lines


def _indent(raw: str, width: int) -> int:
    white = raw[:width]
    return len(white.expandtabs(_TAB)) if "\t" in white else width


def _mark_about(lines: list[Line]) -> None:
    """The leading run of `# key: value`, or `key: value` between two rules, is about the page."""
    last = _front_matter(lines)
    while last < len(lines) and (
        is_about_page(lines[last].words) or (last and lines[last].words == "#")
    ):
        last += 1
    for line in lines[:last]:
        line.kind = "furniture"


def _front_matter(lines: list[Line]) -> int:
    """How many lines the front matter of Markdown has, with its rules."""
    if not lines or lines[0].words != "---" or lines[0].number > 1:
        return 0
    for index, line in enumerate(lines[1:_MOST_FRONT], start=1):
        if line.words in ("---", "..."):
            return index + 1
        if not (line.indent or _KEY.match(line.words)):
            return 0
    return 0


def _mark(line: Line, before: Line | None) -> None:
    words = line.words
    first, second = words[0], words[1:2]
    if first == "|" or (words[-1] == "|" and " " in words):
        _mark_row(line, before)
    elif first == "#" and (match := _HEADING_TITLE.match(words)):
        line.kind, line.level = "heading", len(match[1])
    elif first in _RULES and len(words) > 2 and _RULES.issuperset(words):  # noqa: PLR2004
        _mark_rule(line, before)
    elif first in _BULLETS or (first in _DASHES and second in ("", " ", "\t", "\u00a0")):
        line.kind, line.mark = "item", first
    elif first in "*_" and len(words) <= _SHORT and _BOLD.fullmatch(words):
        if not line.is_over:
            line.kind, line.level = "heading", 6
    elif (first.isascii() and (first.isdigit() or first in "(abcdefgh")) or "①" <= first <= "⑳":
        _mark_number(line)


def _mark_row(line: Line, before: Line | None) -> None:
    """A row of a table; the first of a wide one stands over the others if a rule follows it."""
    if not _DELIMITER.fullmatch(line.words[:2000]):
        line.kind = "cell"
        return
    line.kind = "furniture"
    if before is None or before.kind != "cell" or line.gap:
        return
    if before.words.strip("|").count("|") + 1 >= _COLUMNS:
        before.kind, before.level = "heading", ROW


def _mark_rule(line: Line, before: Line | None) -> None:
    """A line under a heading, or one that parts what is above from what is below."""
    if (
        before is not None
        and not line.gap
        and before.is_plain
        and before.gap
        and before.is_short
        and line.words[0] in "=-"
    ):
        before.kind, before.level = "heading", 1 if line.words[0] == "=" else 2
        line.kind, line.joins = "heading", True
    else:
        line.kind = "furniture"


def _mark_number(line: Line) -> None:
    head = line.words[:80]
    if (match := _NUMBER.match(head)) is None:
        if _SECTION.match(head) and line.is_short and not line.is_sentence:
            line.kind, line.level = "heading", 2 + head.split()[0].rstrip(".").count(".")
        return
    if match[1]:
        if not _NO_NUMBER.match(match[2]):
            line.mark, line.rank = "1", int(match[1])
    elif match[3]:
        line.mark, line.rank = "a", ord(match[3]) - ord("a") + 1
    else:
        line.mark, line.rank = "①", ord(head[0]) - ord("①") + 1
