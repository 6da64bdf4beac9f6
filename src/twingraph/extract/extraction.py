"""A page -> what it tells: dates, institutions and activities, each with its place on the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from twingraph.extract.activities import Composer, Drafted, Lead
from twingraph.extract.activities.found import Found, name_hits
from twingraph.extract.dates import DateContext, DateMention, find_dates
from twingraph.extract.institutions import InstitutionMention, find_institutions
from twingraph.extract.lexicon import read_lexicon
from twingraph.extract.words import read_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twingraph.extract.page import Block, Page

_DEFAULT_LANGUAGE: Final = "en"
_LONGEST: Final = 4000  # characters of a block that are read at one stroke
_NEAR: Final = 30  # characters before a place in which it is said that something is held there
_AND: Final = re.compile(r"\s*(?:,|and|or|und|oder|et|ou|y|o)\s*")
_TOLD: Final = ("item", "paragraph", "cell")
# What stands before the name of a place where something is held.
_IN: Final = {
    "de": re.compile(r"\b(?:in|nach|im Wechsel zwischen)\s+$", re.IGNORECASE),
    "en": re.compile(r"\b(?:in|to|at|alternating between)\s+$", re.IGNORECASE),
    "es": re.compile(r"\b(?:en|a)\s+$", re.IGNORECASE),
    "fr": re.compile(r"\b(?:à|en)\s+$", re.IGNORECASE),
}
_YEAR: Final = re.compile(r"(?<![0-9.,])(?:19|20)[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from a page; every position is one of `page.text` (code points)."""

    page: Page
    dates: tuple[DateMention, ...]
    institutions: tuple[InstitutionMention, ...]
    activities: tuple[Drafted, ...]
    unread: tuple[Block, ...]  # told blocks that were taken for nothing


def extract_page(
    page: Page,
    between: Sequence[str] = (),
    written: str | None = None,
    language: str | None = None,
) -> Extraction:
    """What a page tells of a partnership, in the order of the page.

    `between` are names of the municipalities; `written` is the EDTF date on which the page was
    written, where the page does not say it; `language` overrides that of the page.
    """
    reader = _Reader(page, between, written or page.date, language or page.language)
    for number, block in enumerate(page.blocks):
        reader.read(number, block)
    return Extraction(
        page,
        tuple(reader.dates),
        tuple(reader.institutions),
        tuple(reader.activities),
        tuple(reader.unread),
    )


class _Reader:
    def __init__(
        self, page: Page, between: Sequence[str], written: str | None, language: str | None
    ) -> None:
        self.page = page
        self.language = language or _DEFAULT_LANGUAGE
        self.lexicon = read_lexicon(self.language)
        self.composer = Composer()
        self.places = _names_pattern(between)
        self.written = written
        self.year: int | None = None
        self.leads: dict[int, Lead] = {}
        self.over: dict[tuple[tuple[int, ...], bool], Lead] = {}
        self.partnership = False
        self.lines = [0, *(match.end() for match in re.finditer("\n", page.text))]
        self.dates: list[DateMention] = []
        self.institutions: list[InstitutionMention] = []
        self.activities: list[Drafted] = []
        self.unread: list[Block] = []

    def read(self, number: int, block: Block) -> None:
        """Read one block; headings and leads are kept for what stands below them."""
        if block.kind == "furniture":
            return
        lead = self._lead(block) if block.kind in _TOLD else None
        before = len(self.activities)
        for start, end in _cut(self.page.text, block.start, block.end):
            found = self._find(start, end)
            self.dates += [_moved_date(date, start) for date in found.dates]
            self.institutions += [_moved(each, start) for each in found.institutions]
            if lead is not None:
                drafted = self.composer.compose(found, lead, is_item=block.kind == "item")
                self.activities += [self._placed(activity, start) for activity in drafted]
                self.partnership = self.partnership or bool(found.of_role("partnership"))
            elif start == block.start:
                self._keep_lead(number, block, found)
        if lead is not None and len(self.activities) == before:
            self.unread.append(block)

    def _keep_lead(self, number: int, block: Block, found: Found) -> None:
        """Keep what a heading or lead says for what stands below it."""
        self.leads[number] = self.composer.read_lead(found)
        self.partnership = self.partnership or self.leads[number].is_partnership
        self._keep_year(block)

    def _find(self, start: int, end: int) -> Found:
        text = self.page.text[start:end]
        words = read_words(text, self.language)
        hits = self.lexicon.find(words)
        context = DateContext(year=self.year, written=self.written)
        institutions = find_institutions(words, hits, self.language)
        return Found(
            text,
            words,
            name_hits(hits, words, institutions),
            find_dates(text, self.language, context),
            institutions,
            self._find_places(text, institutions),
        )

    def _find_places(
        self, text: str, institutions: Sequence[InstitutionMention]
    ) -> list[tuple[int, int, str]]:
        """Where something is held: names after `in` or `to`, outside the names of institutions."""
        found: list[tuple[int, int, str]] = []
        for match in self.places.finditer(text) if self.places else ():
            if any(each.start <= match.start() < each.end for each in institutions):
                continue
            before = text[max(0, match.start() - _NEAR) : match.start()]
            follows = found and _AND.fullmatch(text, found[-1][1], match.start())
            is_in = self.language in _IN and _IN[self.language].search(before)
            if is_in or follows:
                found.append((match.start(), match.end(), match.group()))
        return found

    def _keep_year(self, block: Block) -> None:
        """A heading's year is that of the days and months below it."""
        years = _YEAR.findall(self.page.text, block.start, block.end)
        if len(years) == 1:
            self.year = int(years[0])

    def _lead(self, block: Block) -> Lead:
        """What stands over a block: the form of the nearest lead, the topics of all."""
        key = (block.heads, self.partnership)
        if key not in self.over:
            self.over[key] = self._combine(block.heads)
        return self.over[key]

    def _combine(self, heads: Sequence[int]) -> Lead:
        form, recurrence, text = None, None, ""
        topics: tuple[str, ...] = ()
        for number in heads:
            each = self.leads.get(number)
            if each is None:
                continue
            topics = each.topics or topics
            if self.page.blocks[number].kind == "lead":
                form, recurrence, text = each.form or form, each.recurrence, each.text
        return Lead(form, topics, recurrence, self.partnership, text)

    def _placed(self, activity: Drafted, by: int) -> Drafted:
        return replace(
            activity,
            line=bisect_right(self.lines, by + activity.start),
            start=by + activity.start,
            end=by + activity.end,
            institutions=tuple(_moved(each, by) for each in activity.institutions),
        )


def _moved_date(date: DateMention, by: int) -> DateMention:
    return DateMention(
        date.start + by, date.end + by, date.kind, date.edtf, date.recurrence, date.rule
    )


def _moved(each: InstitutionMention, by: int) -> InstitutionMention:
    return InstitutionMention(
        each.start + by, each.end + by, each.name, each.kind, each.municipality, each.rule
    )


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block in pieces that are read one by one, cut at a space: no text is read twice."""
    while end - start > _LONGEST:
        space = text.rfind(". ", start + _LONGEST // 2, start + _LONGEST)
        space = space if space >= 0 else text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = start + _LONGEST if space < 0 else space + 1
        yield start, cut
        start = cut
    yield start, end


def _names_pattern(names: Sequence[str]) -> re.Pattern[str] | None:
    """The names as whole words, the longest first; None where there are none."""
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{alternatives})\b") if names else None
