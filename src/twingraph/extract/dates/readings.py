"""How a match of a rule is read: points, intervals, beginnings, ends, lists of years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from twingraph.extract.dates.found import Anchor, Found
from twingraph.extract.dates.repeats import read_count
from twingraph.extract.dates.tokens import CODES
from twingraph.extract.dates.when import Span, When, read_second_year, read_span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from twingraph.extract.dates.tokens import Tokens

    Match = re.Match[str]

_LONGEST_PRE: Final = 4
_YEAR: Final = CODES["YEAR"]
_JOINTS: Final = tuple(CODES[name] for name in ("TO", "UNTIL", "DASH", "SLASH"))
_SENTENCE_END: Final = frozenset((CODES["DOT"], CODES["STOP"]))


def read_point(tokens: Tokens, match: Match) -> Found | None:
    """One time: a year, month, day, season, decade or century."""
    span = read_span(tokens, *_inner(match))
    return Found(span) if span is not None and _is_sound(span) else None


def read_after(names: Sequence[str]) -> Callable[[Tokens, Match], Found | None]:
    """A reading of a time that is one only after a word of these classes: `in May`."""
    wanted = "".join(CODES[name] for name in names)
    between = "".join(CODES[name] for name in ("THE", "OF", "OFFROM", "UNIT"))
    before = re.compile(f"[{wanted}][{between}]{{0,3}}$")

    def read(tokens: Tokens, match: Match) -> Found | None:
        low = max(0, match.start() - _LONGEST_PRE)
        found = before.search(tokens.codes[low : match.start()])
        return read_point(tokens, match) if found else None

    return read


def read_interval(tokens: Tokens, match: Match) -> Found | None:
    """From the first group to the second; the first takes month and year from the second."""
    low, high = read_span(tokens, *match.span(1)), read_span(tokens, *match.span(2))
    if low is None or high is None:
        return None
    start, end = low.low, high.high
    if tokens.find("DECWORD", *match.span(1)) >= 0:
        start, end = _as_one_kind(tokens, match, start, end)
    if start.month is None and start.day is not None:
        start = start._replace(month=end.month)
    if start.year is None:
        start = start._replace(year=end.year)
    elif end.year is None:
        end = end._replace(year=start.year)
    if not (_is_day(start) and _is_day(end)):
        return None
    return Found(Span(start, end))


def _as_one_kind(tokens: Tokens, match: Match, start: When, end: When) -> tuple[When, When]:
    """Two decades of `années 1950-1960`; two years of `años 1950 a 1955`."""
    year = end.year or ""
    if year.isdigit() and year.endswith("0"):
        return start, end._replace(year=f"{year[:-1]}X")
    at = tokens.find("YEAR", *match.span(1))
    if at >= 0 and year.isdigit():
        return When(tokens.values[at]), end
    return start, end


def read_months(tokens: Tokens, match: Match) -> Found | None:
    """Two months of a year: an interval if they follow each other, else their year."""
    first = int(tokens.values[match.start(1)])
    span = read_span(tokens, *match.span(2))
    if span is None or span.low.month is None:
        return None
    if span.low.month == first + 1:
        return Found(Span(span.low._replace(month=first), span.low))
    year = When(span.low.year)
    return Found(Span(year, year), kind="point")


def read_centuries(tokens: Tokens, match: Match) -> Found | None:
    """`19. und 20. Jahrhundert`: from the first to the second."""
    first, high = read_count(tokens, *match.span(1)), read_span(tokens, *match.span(2))
    if first is None or high is None or not 0 < first <= 21:  # noqa: PLR2004
        return None
    return Found(Span(When(f"{first - 1:02}XX"), high.high))


def read_days(tokens: Tokens, match: Match) -> Found | None:
    """Two days of a month: an interval if they follow each other, else their month."""
    span = read_span(tokens, *match.span())
    if span is None or span.low.month is None:
        return None
    first, last = (read_count(tokens, *match.span(group)) for group in (1, 2))
    if first is None or last is None or not 0 < first < last:
        return None
    low, high = span.low._replace(day=first), span.low._replace(day=last)
    is_range = not re.search(f"[{CODES['AND']}{CODES['COMMA']}]", match[0]) or last == first + 1
    if tokens.language == "en" and match.start(1) > tokens.find("MONTH", *match.span()):
        is_range = CODES["AND"] not in match[0] or last == first + 1
    if not (_is_day(low) and _is_day(high)):
        return None
    if is_range:
        return Found(Span(low, high))
    month = span.low._replace(day=None)
    return Found(Span(month, month), kind="point")


def read_short_range(tokens: Tokens, match: Match) -> Found | None:
    """`1993-94`, `2015/19`; `2016-04` is a month."""
    first, second = match.start(1), match.start(2)
    if not (tokens.is_adjacent(second) and tokens.is_adjacent(second - 1)):
        return None
    year, raw = tokens.values[first], tokens.raw(second)
    later = read_second_year(tokens, first, second)
    if len(raw) != 2 or later is None:  # noqa: PLR2004 - 94
        return None
    if int(raw) <= int(year[2:]) and 1 <= int(raw) <= 12:  # noqa: PLR2004
        month = When(year, int(raw))
        return Found(Span(month, month), kind="point")
    return Found(Span(When(year), When(later)))


def read_school_years(tokens: Tokens, match: Match) -> Found | None:
    """`1990/91 bis 1995/96`: from the first year to the last."""
    last = read_second_year(tokens, match.start(2), match.start(3))
    if last is None:
        return None
    return Found(Span(When(tokens.values[match.start(1)]), When(last)))


def read_open(tokens: Tokens, match: Match) -> Found | None:
    """A time from the first group on."""
    span = read_span(tokens, *match.span(1))
    return None if span is None else Found(span, goes_on=True)


def read_from(tokens: Tokens, match: Match) -> Found | None:
    """`from 1990 on`; without "on" a beginning only at the head of an English sentence."""
    if match.end(1) == match.end() and tokens.codes[match.end() : match.end() + 1] in _JOINTS:
        return None
    last = tokens.raw(match.end() - 1).casefold()
    is_head = match.start() == 0 or tokens.codes[match.start() - 1] in _SENTENCE_END
    if match.end(1) == match.end():
        return read_open(tokens, match) if is_head and tokens.language == "en" else None
    return (
        read_open(tokens, match) if last in ("on", "onward", "onwards", "forward", "an") else None
    )


def read_since(tokens: Tokens, match: Match) -> Found | None:
    """A beginning; what goes on since the early years of a decade goes on since about then."""
    span = read_span(tokens, *match.span(1))
    if span is None or not _is_sound(span):
        return None
    return Found(Span(span.low, span.low), goes_on=True)


def read_until(tokens: Tokens, match: Match) -> Found | None:
    """An end."""
    span = read_span(tokens, *match.span(1))
    if span is None or not _is_sound(span):
        return None
    return Found(Span(span.high, span.high), began_before=True)


def read_since_count(tokens: Tokens, match: Match) -> Found | None:
    """`seit 25 Jahren`, counted back from the writing; "more than" says no year."""
    count = read_count(tokens, *match.span(1))
    is_years = re.search(f"[{CODES['YEARWORD']}{CODES['DECWORD']}]", match[0])
    if tokens.raw(match.start()).casefold() == "ab":
        return None  # an age
    if count is None or not is_years or tokens.find("QUANT", *match.span()) >= 0:
        return Found(kind="vague")
    return Found(number=-count, anchor="written", goes_on=True)


def read_list(tokens: Tokens, match: Match) -> Found | None:
    """Years side by side: all of them; with "or" one of them."""
    years = sorted({tokens.values[i] for i in range(*match.span()) if tokens.codes[i] == _YEAR})
    if len(years) == 1:
        return Found(Span(When(years[0]), When(years[0])))
    opening, closing = "[]" if CODES["OR"] in match[0] else "{}"
    when = When(f"{opening}{','.join(years)}{closing}")
    return Found(Span(when, when))


def relative_to(
    anchor: Anchor, number: int, *, goes_on: bool = False
) -> Callable[[Tokens, Match], Found | None]:
    """A reading of words for the year or day so many after the anchor."""

    def read(tokens: Tokens, match: Match) -> Found | None:
        at = tokens.find("YEARWORD", *match.span())
        if at >= 0 and tokens.values[at] != "1":
            return None
        return Found(number=number, anchor=anchor, goes_on=goes_on)

    return read


def read_named_year(anchor: Anchor) -> Callable[[Tokens, Match], Found | None]:
    """A reading of a word that is a year by itself: `heuer`, `im Folgejahr`."""

    def read(tokens: Tokens, match: Match) -> Found | None:
        return Found(number=int(tokens.values[match.start()]), anchor=anchor)

    return read


def _inner(match: Match) -> tuple[int, int]:
    return match.span(1) if match.re.groups else match.span()


def _is_sound(span: Span) -> bool:
    return all(_is_day(when) for when in span)


def _is_day(when: When) -> bool:
    return when.day is None or (when.month is not None and 1 <= when.day <= 31)  # noqa: PLR2004
