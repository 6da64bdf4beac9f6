"""What repeats, and what is counted in years: the readings of recurrences, anniversaries, "ago"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from twingraph.extract.dates.found import Found
from twingraph.extract.dates.tokens import CODES, to_recurrence

if TYPE_CHECKING:
    from twingraph.extract.dates.tokens import Tokens

_NAMES: Final = {code: name for name, code in CODES.items()}
_COUNTED: Final = frozenset({"NUM", "CARD", "ORD", "OTHER", "NYEARLY", "N", "ROMAN"})
_OF_MONTHS: Final = {1: "monthly", 3: "quarterly", 12: "annual", 24: "biennial"}
_JOINTS: Final = "".join(CODES[name] for name in ("OR", "AND", "TO", "UNTIL", "DASH", "SLASH"))
_SEVERAL: Final = 5
_MANY_YEARS: Final = 1500


def read_count(tokens: Tokens, low: int, high: int) -> int | None:
    """The first number in a range of tokens, else None."""
    for index in range(low, high):
        value = tokens.values[index]
        if _NAMES[tokens.codes[index]] in _COUNTED and value.isdigit():
            return int(value)
    return None


def read_every(tokens: Tokens, match: re.Match[str]) -> Found | None:
    """`every two years`, `alle vier Jahre`, `jeden Sommer`: the number, then the unit."""
    last = match.end() - 1
    name, value = _NAMES[tokens.codes[last]], tokens.values[last]
    count = read_count(tokens, match.start() + 1, last)
    if re.search(f"[{_JOINTS}]", match[0]):
        count = _SEVERAL  # two or three
    if name in ("YEARWORD", "DECWORD", "SEASON", "MONTH"):
        return Found(recurrence=to_recurrence(count or 1))
    if value == "M":
        return Found(recurrence=_OF_MONTHS.get(count or 1, "regular"))
    if value == "Q":
        return Found(recurrence="quarterly")
    return Found(recurrence="regular") if value != "H" else None


def read_recurrence(tokens: Tokens, match: re.Match[str]) -> Found:
    """The worth of the first word that names a repeat, by the number that stands with it."""
    at = tokens.find("RECUR", match.start(), match.end())
    value = tokens.values[at] if at >= 0 else "annual"
    count = read_count(tokens, match.start(), match.end())
    if count is not None and value == "annual":
        value = to_recurrence(count)
    return Found(recurrence=value)


def read_always(_tokens: Tokens, _match: re.Match[str]) -> Found:
    """What is so each time, as `immer bei`."""
    return Found(recurrence="regular")


def read_times(tokens: Tokens, match: re.Match[str]) -> Found:
    """`once a year`, `zweimal jährlich`: more than once in a year is regular."""
    low, high = match.span()
    at, unit = tokens.find("TIMES", low, high), tokens.find("RECUR", low, high)
    times = int(tokens.values[at]) or read_count(tokens, low, at) or 1
    if times > 1:
        return Found(recurrence="regular")
    if unit >= 0:
        return Found(recurrence=tokens.values[unit])
    by = tokens.find("UNIT", low, high)
    if by >= 0:
        return Found(
            recurrence={"M": "monthly", "Q": "quarterly"}.get(tokens.values[by], "regular")
        )
    return Found(recurrence=to_recurrence(read_count(tokens, at + 1, high) or 1))


def read_anniversary(tokens: Tokens, match: re.Match[str]) -> Found | None:
    """How many years an anniversary counts; the year in which it is held is found later."""
    count = read_count(tokens, *match.span())
    if count is None or not 0 < count <= _MANY_YEARS:
        return None
    return Found(number=count, anchor="anniversary")


def read_ago(tokens: Tokens, match: re.Match[str]) -> Found:
    """`25 years ago`; "more than" and "many" say no year."""
    count = read_count(tokens, *match.span())
    if count is None or tokens.find("QUANT", *match.span()) >= 0:
        return Found()
    return Found(number=-count, anchor="written")


def read_later(tokens: Tokens, match: re.Match[str]) -> Found:
    """`25 years later` and `a year earlier`, from the year told of before."""
    count = read_count(tokens, *match.span()) or 1
    if tokens.find("QUANT", *match.span()) >= 0 or tokens.find("MANY", *match.span()) >= 0:
        return Found()
    sign = -1 if tokens.find("EARLIER", *match.span()) >= 0 else 1
    return Found(number=sign * count, anchor="year before")


def read_duration(tokens: Tokens, match: re.Match[str]) -> Found | None:
    """A number of years, or of what is shorter; of years it may be an anniversary's."""
    if _NAMES[tokens.codes[match.end()]] == "OLD" if match.end() < len(tokens.codes) else False:
        return None
    last = _NAMES[tokens.codes[match.end() - 1]]
    if last in ("YEARWORD", "DECWORD", "NYEARLY"):
        return Found(number=read_count(tokens, *match.span()))
    return Found()
