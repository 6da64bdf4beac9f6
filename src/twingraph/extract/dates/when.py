"""What a run of tokens says of time: year, month, day; the year left open where none is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph.extract.dates.repeats import read_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.extract.dates.tokens import Tokens

_WINTER: Final = 24
# The first and the last year of a part of a decade.
_ENDS_OF_PART: Final = {"early": ("0", "4"), "mid": ("4", "6"), "late": ("5", "9")}


class When(NamedTuple):
    """A date of EDTF in parts; a year of None is to be found elsewhere."""

    year: str | None = None
    month: int | None = None
    day: int | None = None
    is_about: bool = False

    def edtf(self) -> str | None:
        """The date, or None while its year is not known.

        >>> When("2017", 6, 4).edtf(), When("1990", is_about=True).edtf(), When(None, 6).edtf()
        ('2017-06-04', '1990~', None)
        """
        if self.year is None:
            return None
        month = "" if self.month is None else f"-{self.month:02}"
        day = "" if self.day is None else f"-{self.day:02}"
        return f"{self.year}{month}{day}{'~' if self.is_about else ''}"


class Span(NamedTuple):
    """A time from `low` to `high`; the same for a point."""

    low: When
    high: When

    @property
    def is_point(self) -> bool:
        """Whether it is one date."""
        return self.low == self.high


def read_span(tokens: Tokens, low: int, high: int) -> Span | None:
    """The time that the tokens of a range say, else None."""
    for name, read in _BY_CLASS.items():
        at = tokens.find(name, low, high)
        if at >= 0:
            return read(tokens, at, low, high)
    year = _value(tokens, ("YEAR", "DECADE"), low, high)
    month = _value(tokens, ("MONTH",), low, high)
    day = _value(tokens, ("NUM", "ORD"), low, high)
    is_about = tokens.find("APPROX", low, high) >= 0
    if year is not None and "X" in year:
        return _in_part(year, _part(tokens, low, high), is_about=is_about)
    if month is None and (year is not None or day is None):
        return None if year is None else _point(When(year, is_about=is_about))
    number = None if month is None else int(month)
    return _point(When(year, number, None if day is None else int(day), is_about))


def _value(tokens: Tokens, names: Sequence[str], low: int, high: int) -> str | None:
    """The worth of the first token of these classes."""
    found = [at for name in names if (at := tokens.find(name, low, high)) >= 0]
    return tokens.values[min(found)] if found else None


def _part(tokens: Tokens, low: int, high: int) -> str:
    return _value(tokens, ("PART",), low, high) or ""


def _point(when: When) -> Span:
    return Span(when, when)


def _parse(value: str) -> When:
    parts = value.split("-")
    month = int(parts[1]) if len(parts) > 1 else None
    day = int(parts[2]) if len(parts) > 2 else None  # noqa: PLR2004
    return When(parts[0], month, day)


def _in_part(decade: str, part: str, *, is_about: bool) -> Span | None:
    """The early, middle or late years of a decade, both ends about."""
    if not part or decade.endswith("XX"):
        return _point(When(decade, is_about=is_about))
    first, last = _ENDS_OF_PART[part]
    stem = decade[:-1]
    return Span(When(stem + first, is_about=True), When(stem + last, is_about=True))


def _read_full(tokens: Tokens, at: int, _low: int, _high: int) -> Span:
    return _point(_parse(tokens.values[at]))


def _read_day(tokens: Tokens, at: int, _low: int, _high: int) -> Span:
    return _point(_parse(f"0000-{tokens.values[at]}")._replace(year=None))


def _read_century(tokens: Tokens, _at: int, low: int, high: int) -> Span | None:
    number = read_count(tokens, low, high) or 0
    return _point(When(f"{number - 1:02}XX")) if 0 < number <= 21 else None  # noqa: PLR2004


def _read_decade(tokens: Tokens, at: int, low: int, high: int) -> Span | None:
    """Decades that are named by their first year after a word: `années 60`, `años sesenta`."""
    part = _part(tokens, low, high)
    year = _value(tokens, ("YEAR",), at + 1, high)
    if year is not None:
        ends_in_0 = year.endswith("0")
        return _in_part(f"{year[:3]}X", part, is_about=False) if ends_in_0 else _point(When(year))
    number = read_count(tokens, at + 1, high)
    if number is None or number % 10 or not 20 <= number < 100:  # noqa: PLR2004
        return None
    return _in_part(f"19{number // 10}X", part, is_about=False)


def _read_season(tokens: Tokens, season: int, low: int, high: int) -> Span | None:
    """A season of a year, or of two: a winter has December to February."""
    number = int(tokens.values[season])
    at = tokens.find("YEAR", low, high)
    if at < 0:
        return _point(When(month=number))
    year = tokens.values[at]
    second = read_second_year(tokens, at, at + 2) if at + 2 < high else None
    if second is None:
        return _point(When(year, number))
    if number == _WINTER:
        return Span(When(year, 12), When(second, 2))
    return Span(When(year), When(second))


def read_second_year(tokens: Tokens, first: int, second: int) -> str | None:
    """The later year of `1993-94` or `1993/1994`, if it is one: later, within fifty years."""
    year, raw = tokens.values[first], tokens.raw(second)
    if len(raw) == 2 and raw.isdigit():  # noqa: PLR2004 - 94
        raw = year[:2] + raw
        if int(raw) < int(year):
            raw = f"{int(year[:2]) + 1}{raw[2:]}"
    if len(raw) != 4 or not raw.isdigit():  # noqa: PLR2004 - 1994
        return None
    return raw if 0 < int(raw) - int(year) <= 50 else None  # noqa: PLR2004


_BY_CLASS: Final = {
    "FULL": _read_full,
    "DAYMONTH": _read_day,
    "CENTURY": _read_century,
    "SEASON": _read_season,
    "DECWORD": _read_decade,
}
