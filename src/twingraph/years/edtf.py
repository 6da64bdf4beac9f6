"""EDTF texts, and what they say of years: certainly active, possibly active, and the bounds.

Accepted are levels 0 and 1 of EDTF (https://www.loc.gov/standards/datetime/, ISO 8601-2) and, of
level 2, the sets `{1980,2002}` and `[1980,1982]` and unspecified digits in intervals. All else is
refused, since a text is published as it stands, typed as EDTF.

A text has *readings*: pairs of a start and an end year, start <= end. A year is certain if every
reading has it, possible if only some have; a bound is the least or the greatest of all readings.
A qualifier (`~ ? %`) changes no reading: its end just no longer vouches for its own year. What
goes on is under way in as_of. An unknown end, an unknown or an open start add no year.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from twingraph.years.slips import find_slip

_Ascending = range | tuple[int, ...]

_ACCEPTED: Final = (
    "1999, 1999-05, 1999-05-04, 2003-21 (spring), 1994/1998, 1993/.. (goes on), "
    "1993/ (end unknown), ../2014, 198X, 1990~, {1980,2002,2006} (all), [1980,1982] (one of)"
)
_MAX_LENGTH: Final = 2000
_MAX_SHOWN: Final = 60
_LATER: Final = 10_000  # than any year of a text or an as_of
_SEASONS: Final = range(21, 25)
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CLOSING: Final = {"{": "}", "[": "]"}
_DATE: Final = "([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%]?)"


class YearsError(ValueError):
    """A text is no time that is accepted, or goes on while its source has no as_of.

    >>> read_years("2O19")
    Traceback (most recent call last):
    twingraph.years.edtf.YearsError: '2O19' is not EDTF: the letter O stands for the digit 0; ...
    """


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest year of start and end; None where the text sets no limit.

    >>> read_years("199X/2004").bounds(None)
    Bounds(earliest_start=1990, latest_start=1999, earliest_end=2004, latest_end=2004)
    """

    earliest_start: int | None
    latest_start: int | None
    earliest_end: int | None
    latest_end: int | None


@dataclass(frozen=True, slots=True)
class Years:
    """The value of an EDTF text, made by `read_years`.

    `members` are the years of a set `{…}`, ascending, else (); `is_open` is for what goes on
    (`1993/..`). An `as_of` is the year for which the source speaks: nothing later is done yet.
    Without it nothing is cut off, and what goes on raises YearsError.

    >>> read_years("{2002,1980}").members
    (1980, 2002)
    """

    text: str
    members: tuple[int, ...]
    _certain: _Ascending
    _spoken: _Ascending
    _bounds: Bounds
    is_open: bool = False

    @property
    def first(self) -> int:
        """The earliest year that the text speaks of.

        >>> read_years("198X").first, read_years("../2014").first
        (1980, 2014)
        """
        return self._spoken[0]

    @property
    def signature(self) -> tuple[object, ...]:
        """Equal for texts with the same years, bounds and open end; months and qualifiers aside.

        >>> [read_years(x).signature == read_years("1993").signature for x in ("1993-05~", "1993/")]
        [True, False]
        """
        return self._bounds, self._spoken

    def certain(self, as_of: int | None) -> tuple[int, ...]:
        """The years certainly active, ascending.

        >>> read_years("196X/..").certain(1971)
        (1969, 1970, 1971)
        """
        horizon = self._horizon(as_of)
        if self.is_open and self.first <= horizon < self._certain[0]:
            return (horizon,)  # what goes on is under way in as_of, however vague its start
        return _until(horizon, self._certain)

    def possible(self, as_of: int | None) -> tuple[int, ...]:
        """The years only possibly active, ascending.

        >>> read_years("1960~/1964~").possible(None)
        (1960, 1964)
        """
        certain, spoken = self.certain(as_of), _until(self._horizon(as_of), self._spoken)
        return () if certain == spoken else tuple(sorted(set(spoken).difference(certain)))

    def bounds(self, as_of: int | None) -> Bounds | None:
        """The bounds as stated; None of a set (its editions have them) and of what is planned.

        >>> read_years("1993/..").bounds(2021)
        Bounds(earliest_start=1993, latest_start=1993, earliest_end=2021, latest_end=None)
        """
        horizon, stated = self._horizon(as_of), self._bounds
        if self.members or self.is_planned(as_of):
            return None
        if not self.is_open:
            return stated
        latest_start = min(stated.latest_start or horizon, horizon)
        return Bounds(stated.earliest_start, latest_start, horizon, None)

    def is_planned(self, as_of: int | None) -> bool:
        """Whether all years that the text speaks of lie after as_of.

        >>> read_years("2025/..").is_planned(2021), read_years("2019/2024").is_planned(2021)
        (True, False)
        """
        return as_of is not None and self.first > as_of

    def _horizon(self, as_of: int | None) -> int:
        if as_of is None and self.is_open:
            raise YearsError(f"{self.text!r} goes on: the source needs as_of, its year")
        return _LATER if as_of is None else as_of


@lru_cache(maxsize=1 << 14)
def read_years(text: str) -> Years:
    """The value of an EDTF text.

    :raises YearsError: with what was found, what is wrong with it and what is accepted.

    >>> read_years("1994-05/1996").certain(None)
    (1994, 1995, 1996)
    """
    try:
        return _read(text)
    except YearsError as error:
        raise YearsError(_explain(text, str(error))) from None


class _Date(NamedTuple):
    first: int
    last: int
    is_qualified: bool = False
    opens: tuple[int, int] = (1, 1)  # month and day
    closes: tuple[int, int] = (12, 31)


def _until(last: int, years: _Ascending) -> tuple[int, ...]:
    return tuple(years[: bisect_right(years, last)])


def _read(text: str) -> Years:
    if len(text) > _MAX_LENGTH:
        raise YearsError(f"{len(text)} characters are too many for a time")
    if strange := next((character for character in text if not character.isascii()), ""):
        raise YearsError(f"{strange!r} is no character of EDTF")
    return _read_set(text) if text[:1] in _CLOSING else _read_interval(text)


def _read_set(text: str) -> Years:
    """All of `{…}` or one of `[…]` (level 2)."""
    if text[-1] != _CLOSING[text[0]]:
        raise YearsError(f"{text[0]!r} is not closed by {_CLOSING[text[0]]!r}")
    parts = text[1:-1].split(",")
    for part in parts:
        if not re.fullmatch("[0-9]{4}", part) or part == "0000":
            raise YearsError(f"{_show(part)} in it is not a year; a set names each of its years")
    years = tuple(sorted(map(int, parts)))
    if len(set(years)) < len(years):
        raise YearsError("it names a year twice")
    first, last = years[0], years[-1]
    spoken = range(first, last + 1) if last - first < len(years) else years
    if text[0] == "{":
        return Years(text, years, spoken, spoken, Bounds(first, first, last, last))
    certain = spoken if first == last else ()
    return Years(text, (), certain, spoken, Bounds(first, last, first, last))


def _read_interval(text: str) -> Years:
    """An interval, or a date, which is the interval that starts and ends with it."""
    start_text, slash, end_text = text.partition("/")
    if not slash:
        end_text = start_text
    has_start, has_end = start_text not in ("", ".."), end_text not in ("", "..")
    if not (has_start or has_end):
        raise YearsError("it names no year")
    if "/" in end_text:
        raise YearsError("it has more than one '/'; a day is year-month-day")
    is_open = end_text == ".."
    start = _read_date(start_text if has_start else end_text)
    end = _Date(_LATER, _LATER) if is_open else _read_date(end_text if has_end else start_text)
    if (end.last, end.closes) < (start.first, start.opens):
        raise YearsError("it ends before it starts")
    bounds = Bounds(
        start.first if has_start else None,
        min(start.last, end.last),
        max(start.first, end.first),
        end.last if has_end else None,
    )
    low, high = start.last + start.is_qualified, end.first - end.is_qualified
    if not (start.is_qualified and end.is_qualified):
        # An end without a qualifier vouches for its year wherever the other end lies, as 1994
        # does in 199X/1994 and 1994~/1994.
        low, high = min(low, end.last), max(high, start.first)
    certain, spoken = range(low, high + 1), range(start.first, end.last + 1)
    return Years(text, (), certain, spoken, bounds, is_open)


def _read_date(text: str) -> _Date:
    """A year, month, season or day, with unspecified digits and a qualifier (levels 0 and 1)."""
    match = re.fullmatch(_DATE, text)
    if match is None:
        raise YearsError(f"{_show(text)} is no year of four digits, month or day of EDTF level 1")
    year, month, day, qualifier = match.groups()
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first == 0:
        raise YearsError("years begin with 0001")
    if month and first < last:
        raise YearsError(f"a month needs a year without X, not {year}")
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise YearsError(f"day {day} needs its month")
        return _Date(first, last, bool(qualifier))
    opens, closes = _read_month(first, int(month), day)
    return _Date(first, last, bool(qualifier), opens, closes)


def _read_month(year: int, month: int, day: str | None) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last possible (month, day) of a month, season or day."""
    if month in _SEASONS and day is None:
        return (1, 1), (12, 31)  # its months depend on the hemisphere
    if not 1 <= month <= len(_DAYS):
        raise YearsError(f"there is no month {month:02}; seasons are 21 to 24, without a day")
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    length = 29 if (month, is_leap) == (2, True) else _DAYS[month - 1]
    if day in (None, "XX"):
        return (month, 1), (month, length)
    if not 1 <= int(day) <= length:
        raise YearsError(f"{year:04}-{month:02} has no day {day}")
    return (month, int(day)), (month, int(day))


def _explain(text: str, wrong: str) -> str:
    mended = find_slip(text, _is_accepted) if len(text) <= _MAX_LENGTH else None
    if mended is not None:
        return f"{_show(text)} is not EDTF: {mended.slip}; write {mended.text}"
    return f"{_show(text)} is not accepted: {wrong}; accepted are {_ACCEPTED}"


def _is_accepted(text: str) -> bool:
    try:
        _read(text)
    except YearsError:
        return False
    return True


def _show(text: str) -> str:
    return repr(text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…")
