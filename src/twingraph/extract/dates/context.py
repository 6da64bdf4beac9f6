"""What the rest of a text and its page say of a time: its year, its anchor, its negation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from twingraph.extract.dates.clauses import is_negated, is_planned
from twingraph.extract.dates.countries import is_partner
from twingraph.extract.dates.mention import DateContext, DateMention
from twingraph.extract.dates.tokens import CODES
from twingraph.extract.dates.when import Span, When
from twingraph.years import YearsError, read_years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.extract.dates.found import Draft
    from twingraph.extract.dates.tokens import Tokens

_NOT_AFTER: Final = frozenset(CODES[name] for name in ("AFTER", "VOR", "SINCE", "OLD"))
# Before a full stop: an ordinal or an abbreviation, not the end of a sentence.
_NO_LAST_WORD: Final = frozenset(CODES[name] for name in ("NUM", "ROMAN", "APPROX"))
_SHORTEST_LAST: Final = 3
_FAR: Final = 8
_LONGEST_PARTNER: Final = 120
_AROUND: Final = " \t\n\xa0-‐‑–—:,;.()[]•*·|"
_LONGEST_EVENT: Final = timedelta(days=100)


@dataclass(slots=True)
class _Told:
    """What has been told so far: the last year and day, and the years of the sentence."""

    year: int | None = None
    point: int | None = None
    day: date | None = None
    day_sentence: int = -1
    point_sentence: int = -1
    years: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def settle(tokens: Tokens, drafts: Sequence[Draft], context: DateContext) -> list[DateMention]:
    """The mentions of a text from what the rules found in it."""
    sentences = _sentences(tokens, drafts)
    repeating = {
        sentence
        for draft, sentence in zip(drafts, sentences, strict=True)
        if draft.found.recurrence is not None
    }
    if len(drafts) == 1 and _is_partner_since(tokens, drafts[0]):
        started = replace(drafts[0].found, goes_on=True)
        drafts = [replace(drafts[0], kind="since", rule="partner-since", found=started)]
    told = _Told()
    settled: list[Draft] = []
    for draft, sentence in zip(drafts, sentences, strict=True):
        timed = draft
        if draft.found.anchor not in (None, "anniversary"):
            timed = _count(draft, told, context)
        elif draft.found.span is not None:
            timed = _complete(draft, told, context, sentence, repeats=sentence in repeating)
        _tell(told, timed, sentence)
        settled.append(timed)
    return [
        _mention(tokens, _held(tokens, draft, told.years.get(sentence, [])))
        for draft, sentence in zip(settled, sentences, strict=True)
    ]


def _sentences(tokens: Tokens, drafts: Sequence[Draft]) -> list[int]:
    """The number of the sentence of each draft."""
    numbers: list[int] = []
    sentence = position = 0
    for draft in drafts:
        for index in range(position, draft.first):
            sentence += _ends_sentence(tokens, index)
        position = max(position, draft.first)
        numbers.append(sentence)
    return numbers


def _is_partner_since(tokens: Tokens, draft: Draft) -> bool:
    """Whether a text is a place, its country and a date: a partner and its beginning."""
    if draft.kind != "point" or len(tokens.text) > _LONGEST_PARTNER:
        return False
    low, high = tokens.starts[draft.first], tokens.ends[draft.last - 1]
    return is_partner((tokens.text[:low] + tokens.text[high:]).strip(_AROUND))


def _ends_sentence(tokens: Tokens, index: int) -> bool:
    code = tokens.codes[index]
    if code == CODES["STOP"]:
        return True
    if code != CODES["DOT"] or index == 0 or index + 1 >= len(tokens.codes):
        return False
    if tokens.codes[index - 1] in _NO_LAST_WORD or len(tokens.raw(index - 1)) < _SHORTEST_LAST:
        return False
    return not tokens.is_adjacent(index + 1) and not tokens.raw(index + 1).islower()


def _complete(
    draft: Draft, told: _Told, context: DateContext, sentence: int, *, repeats: bool
) -> Draft:
    """A day or month with its year; an end after a day with that day as its beginning."""
    span = draft.found.span
    assert span is not None
    if span.low.year is None and span.high.year is None:
        year = _year_of(told, context, sentence, repeats=repeats)
        if draft.kind == "relative" and told.year is not None:
            year = f"{told.year:04}"
        span = Span(span.low._replace(year=year), span.high._replace(year=year))
    is_end = draft.found.began_before
    if is_end and told.day is not None and told.day_sentence == sentence:
        end = _day(span.high)
        if end is not None and timedelta(0) < end - told.day <= _LONGEST_EVENT:
            span = Span(_when(told.day), span.high)
            is_end = False
    if span is draft.found.span:
        return draft
    return replace(draft, found=replace(draft.found, span=span, began_before=is_end))


def _year_of(told: _Told, context: DateContext, sentence: int, *, repeats: bool) -> str | None:
    if told.point is not None and told.point_sentence == sentence:
        return f"{told.point:04}"
    if repeats:
        return None
    year = context.year or told.point or _written_year(context)
    return None if year is None else f"{year:04}"


def _count(draft: Draft, told: _Told, context: DateContext) -> Draft:
    """A year or day that is counted from another."""
    found = draft.found
    number = found.number or 0
    if found.anchor == "day before":
        if told.day is None:
            return draft
        day = told.day + timedelta(days=number)
        when = _when(day)
    else:
        year = told.year
        if found.anchor == "written":
            year = _written_year(context)
            if year is None and abs(number) <= 1 and not found.goes_on:
                year = context.year
        if year is None or not 0 < year + number <= 9999:  # noqa: PLR2004
            return replace(draft, kind="vague") if found.goes_on else draft
        when = When(f"{year + number:04}")
    return replace(draft, found=replace(found, span=Span(when, when)))


def _tell(told: _Told, draft: Draft, sentence: int) -> None:
    """Keep what later mentions may count from."""
    span = draft.found.span
    if span is None or draft.kind in ("century", "decade", "anniversary"):
        return
    year = _number(span.low if draft.found.goes_on else span.high)
    if year is None:
        return
    told.year = year
    if draft.found.goes_on or draft.found.began_before:
        return
    if span.is_point:
        told.point, told.point_sentence = year, sentence
        told.years.setdefault(sentence, []).append((draft.first, year))
        day = _day(span.low)
        if day is not None:
            told.day, told.day_sentence = day, sentence


def _held(tokens: Tokens, draft: Draft, years: Sequence[tuple[int, int]]) -> Draft:
    """An anniversary with the year that it remembers: that of its sentence, less its number."""
    number = draft.found.number
    if number is None or draft.found.anchor not in (None, "anniversary"):
        return draft
    if draft.found.anchor is None and not _is_celebrated(tokens, draft):
        return draft
    if draft.found.anchor is None or draft.kind == "anniversary":
        draft = replace(draft, kind="anniversary")
    told = {year for _, year in years}
    remembered = sorted(year for year in told if year + number in told)
    if not remembered and years:
        later = [year for at, year in years if at >= draft.first]
        year = later[0] if later else years[-1][1]
        remembered = [year - number]
    if not remembered or remembered[0] < 1:
        return draft
    when = When(f"{remembered[0]:04}")
    return replace(draft, found=replace(draft.found, span=Span(when, when)))


def _is_celebrated(tokens: Tokens, draft: Draft) -> bool:
    """Whether a sentence with a number of years speaks of a celebration."""
    if _NOT_AFTER.intersection(tokens.codes[max(0, draft.first - 2) : draft.first]):
        return False
    low, high = draft.first, draft.last
    while low > 0 and draft.first - low < 3 * _FAR and not _ends_sentence(tokens, low - 1):
        low -= 1
    while (
        high < len(tokens.codes) and high - draft.last < _FAR and not _ends_sentence(tokens, high)
    ):
        high += 1
    return tokens.find("MARK", low, high) >= 0 or tokens.find("ANNIV", low, high) >= 0


def _mention(tokens: Tokens, draft: Draft) -> DateMention:
    found, kind = draft.found, draft.kind
    if found.recurrence is not None and is_negated(tokens, draft):
        kind, found = "negated", replace(found, recurrence=None)
    elif kind in ("point", "interval", "season") and is_planned(tokens, draft):
        kind = "planned"
    first, last = draft.first, draft.last
    return DateMention(
        tokens.starts[first],
        tokens.ends[last - 1],
        kind,
        _write(found.span, goes_on=found.goes_on, began_before=found.began_before),
        found.recurrence,
        draft.rule,
    )


def _write(span: Span | None, *, goes_on: bool, began_before: bool) -> str | None:
    """EDTF that `read_years` accepts, else None."""
    if span is None:
        return None
    low, high = span.low.edtf(), span.high.edtf()
    if low is None or high is None:
        return None
    text = low if span.is_point else f"{low}/{high}"
    if goes_on:
        text = f"{low}/.."
    elif began_before:
        text = f"../{high}"
    return text if _is_accepted(text) else None


def _is_accepted(text: str) -> bool:
    """Whether `read_years` accepts a text."""
    try:
        read_years(text)
    except YearsError:
        return False
    return True


def _number(when: When) -> int | None:
    year = (when.year or "").strip("{}[]").split(",")[-1]
    return int(year) if year.isdigit() else None


def _day(when: When) -> date | None:
    year = _number(when)
    if year is None or when.month is None or when.day is None:
        return None
    try:
        return date(year, when.month, when.day)
    except ValueError:
        return None


def _when(day: date) -> When:
    return When(f"{day.year:04}", day.month, day.day)


def _written_year(context: DateContext) -> int | None:
    written = (context.written or "")[:4]
    return int(written) if written.isdigit() else None
