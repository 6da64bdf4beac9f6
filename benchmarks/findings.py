"""What the extractor finds on pages, as plain values for scoring; and how fast it finds it."""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from benchmarks.activities import Draft
from benchmarks.scoring import Mention, plain_date
from twingraph.extract import extract_page, read_page, spare_collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benchmarks.pages import Source
    from twingraph.extract import Extraction

_NO_DATE: Final = "/.."  # from some time to some time
_LEAST_SECONDS: Final = 1.0
_USUAL_LENGTH: Final = 2000  # characters


@dataclass(slots=True)
class Findings:
    """What was found; names of institutions are not scored on the lines of `furniture`."""

    dates: list[Mention] = field(default_factory=list)
    recurrence: list[Mention] = field(default_factory=list)
    institutions: list[Mention] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    furniture: set[tuple[str, int]] = field(default_factory=set)


def extract_source(source: Source) -> Extraction:
    """A page extracted as by a person who knows its date, and no more."""
    page = read_page(source.content, source.slug)
    return extract_page(page, between=(), written=source.written)


def find_all(sources: Iterable[Source]) -> Findings:
    """What the extractor finds on all pages."""
    findings = Findings()
    for source in sources:
        _add(findings, source.slug, extract_source(source))
    return findings


def measure_speed(sources: Sequence[Source]) -> dict[str, float]:
    """Pages a second in this one process, and how many they were at 2,000 characters each.

    The process is set up as that of `twingraph extract`.
    """
    spare_collector()
    characters = sum(len(extract_source(source).page.text) for source in sources)  # and warms up
    rounds, started, seconds = 0, time.perf_counter(), 0.0
    while seconds < _LEAST_SECONDS:
        for source in sources:
            extract_source(source)
        rounds += 1
        seconds = time.perf_counter() - started
    return {
        "pages_per_second": round(rounds * len(sources) / seconds, 1),
        "pages_of_2000_characters_per_second": round(
            rounds * characters / _USUAL_LENGTH / seconds, 1
        ),
    }


def _add(findings: Findings, slug: str, extraction: Extraction) -> None:
    line_at = _lines(extraction.page.text)
    for block in extraction.page.blocks:
        if block.kind == "furniture":
            last = line_at(max(block.start, block.end - 1))
            findings.furniture |= {(slug, line) for line in range(block.line, last + 1)}
    for date in extraction.dates:
        line, words = line_at(date.start), extraction.page.text[date.start : date.end]
        if date.edtf and date.edtf != _NO_DATE and date.kind != "recurrence":
            findings.dates.append(Mention(slug, line, plain_date(date.edtf), words))
        if date.recurrence and date.kind != "negated":
            findings.recurrence.append(Mention(slug, line, date.recurrence, words))
    for named in extraction.institutions:
        line = line_at(named.start)
        if (slug, line) not in findings.furniture:
            findings.institutions.append(Mention(slug, line, named.name))
    for activity in extraction.activities:
        findings.drafts.append(
            Draft(
                slug,
                activity.line,
                activity.label,
                activity.form,
                plain_date(activity.years or ""),
                activity.recurrence or "",
                frozenset(activity.topics),
            )
        )


def _lines(text: str) -> Callable[[int], int]:
    """The line of a position, from 1."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return lambda position: bisect_right(starts, position)
