"""Numbers that look like years or days and are none: counts, labels, telephone numbers, ranges."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from twingraph.extract.dates.tokens import CODES

if TYPE_CHECKING:
    from twingraph.extract.dates.tokens import Tokens

_YEAR, _NUM, _N = CODES["YEAR"], CODES["NUM"], CODES["N"]
_COUNT, _UNITMARK = CODES["COUNT"], CODES["UNITMARK"]
_DECADE: Final = CODES["DECADE"]
_NUMBERS: Final = (_YEAR, _NUM, _N, _DECADE)
_AGED: Final = ("their", "his", "her", "my")  # `in their 60s`
_JOINTS: Final = frozenset(CODES[name] for name in ("DASH", "TO", "UNTIL", "AND", "OR", "INTO"))
_DATES_BEFORE: Final = frozenset(
    CODES[name] for name in ("IN", "YEARWORD", "DECWORD", "SINCE", "MONTH", "SEASON", "BETWEEN")
)
_IN_THE_YEAR: Final = tuple([CODES[name], CODES["YEARWORD"]] for name in ("IN", "THE"))
_EARLIEST: Final = 500
_PLAIN: Final = range(1100, 2061)
_TOLD: Final = range(1850, 2061)
_COUNTED_BY_YEARS: Final = (_COUNT, CODES["UNIT"], CODES["YEARWORD"])
_OF_YEARS: Final = [CODES["DASH"], CODES["YEARWORD"]]  # `1200-Jahr-Feier`
_POINTS: Final = (CODES["DOT"], CODES["COLON"])
_NEAR, _LONGEST_SIGN = 3, 2
_SIGNS: Final = frozenset("@_=#")
_SYMBOLS: Final = frozenset("$€£¥#+@=_%&*:§|°")
_STREETS: Final = frozenset(
    ("strasse", "platz", "rue", "place", "avenue", "boulevard", "calle", "plaza", "avenida")
)
_ADJECTIVES: Final = frozenset(
    [
        "young",
        "different",
        "local",
        "foreign",
        "junge",
        "jungen",
        "jüngere",
        "jüngeren",
        "ausländische",
        "deutsche",
        "deutschen",
        "interessierte",
        "begeisterte",
        "jeunes",
        "jóvenes",
        "square",
        "cubic",
        "full",
    ]
)


def screen(tokens: Tokens) -> Tokens:
    """The tokens, with every number that is no time marked as such.

    >>> from twingraph.extract.dates.tokens import read_tokens
    >>> screen(read_tokens("1999 people", "en")).codes[0] == _N
    True
    """
    codes, values = list(tokens.codes), list(tokens.values)
    numbers = [index for index, code in enumerate(codes) if code in _NUMBERS]
    for index in (*reversed(numbers), *numbers):  # a telephone number is told at either end
        if codes[index] != _N and _is_no_time(tokens, codes, index):
            codes[index] = _N
    for index in numbers:
        if _is_early_year(tokens, codes, index):
            codes[index], values[index] = _YEAR, f"0{values[index]}"
    return replace(tokens, codes="".join(codes), values=values)


def _is_early_year(tokens: Tokens, codes: list[str], index: int) -> bool:
    """Whether three digits are a year: only after `im Jahr`, where nothing is counted."""
    is_named = codes[index - 2 : index] in _IN_THE_YEAR and codes[index] == _N
    return (
        is_named
        and len(tokens.values[index]) == 3  # noqa: PLR2004
        and int(tokens.values[index]) >= _EARLIEST
        and codes[index + 1 : index + 2] not in ([_COUNT], [_UNITMARK])
    )


def _is_no_time(tokens: Tokens, codes: list[str], index: int) -> bool:
    if codes[index] == _DECADE:
        return index > 0 and tokens.raw(index - 1).casefold() in _AGED
    if codes[index] == _NUM:
        return _is_counted(tokens, codes, index) or _names_street(tokens, index)
    year = int(tokens.values[index])
    is_introduced = index > 0 and codes[index - 1] in _DATES_BEFORE
    if is_introduced and year in _TOLD:
        return False
    return (
        _is_counted(tokens, codes, index)
        or _is_in_street(tokens, codes, index)
        or _is_labelled(codes, index)
        or _follows_number(tokens, codes, index)
        or _leads_number(tokens, codes, index)
        or (year not in _PLAIN and not is_introduced)
        or (codes[index - 1 : index] == [CODES["APPROX"]] and year not in _TOLD)
    )


def _is_counted(tokens: Tokens, codes: list[str], index: int) -> bool:
    """Whether people, metres or euros follow, or a number of them after `to`, `and` or a dash."""
    after = index + 1
    if codes[after : after + 1] == [_UNITMARK] or codes[after : after + 2] == _OF_YEARS:
        return codes[index] == _YEAR or codes[after] == _UNITMARK
    if after < len(codes) and codes[after] in _JOINTS and codes[after + 1 : after + 2] == [_N]:
        return codes[after + 2 : after + 3] in ([_COUNT], [_UNITMARK])
    if after + 1 < len(codes) and tokens.raw(after).casefold() in _ADJECTIVES:
        after += 1
    counted = _COUNTED_BY_YEARS if codes[index] == _YEAR else (_COUNT,)
    if after >= len(codes) or codes[after] not in counted:
        return False
    return tokens.text[tokens.ends[after] : tokens.ends[after] + 1] not in ("-", "'", "’")


def _names_street(tokens: Tokens, index: int) -> bool:
    """Whether a day is the name of a street or square: `Straße des 17. Juni`."""
    return index > 1 and tokens.raw(index - 2).casefold() in _STREETS


def _is_in_street(tokens: Tokens, codes: list[str], index: int) -> bool:
    """Whether it is the number of a house: `1800 Main Street`."""
    after = index + 1
    return CODES["STREET"] in codes[after : after + 3] and tokens.raw(after)[0].isupper()


def _is_labelled(codes: list[str], index: int) -> bool:
    """Whether it stands after `No.`, `Tel.:` or `more than`."""
    before = index - 1
    if before >= 0 and codes[before] == CODES["QUANT"]:
        return codes[before - 1 : before] != [CODES["SINCE"]]
    while before > 0 and index - before <= _NEAR and codes[before] in _POINTS:
        before -= 1
    return before >= 0 and codes[before] == CODES["LABEL"]


def _follows_number(tokens: Tokens, codes: list[str], index: int) -> bool:
    """Whether it ends a longer number or sign: `58-1022`, `04 1990`, `CH-1200`, `9001:2015`."""
    before = index - 1
    if before < 0:
        return False
    if codes[before] in (_NUM, _N):
        return codes[before - 1 : before] != [CODES["MONTH"]]
    if not tokens.is_adjacent(index):
        return False
    if codes[before] != CODES["DASH"] or before == 0:
        return tokens.raw(before) in _SYMBOLS
    left = tokens.raw(before - 1)
    return codes[before - 1] == _N or (left.isupper() and len(left) <= _LONGEST_SIGN)


def _leads_number(tokens: Tokens, codes: list[str], index: int) -> bool:
    """Whether a longer number or sign begins with it: `1865 2010`, `2004/38/EG`."""
    after = index + 1
    if after >= len(codes) or codes[after] == _N:
        return after < len(codes)
    if not tokens.is_adjacent(after):
        return False
    beyond = "".join(codes[after + 1 : after + 3])
    is_fraction = beyond[:1] == _N or beyond == _NUM + CODES["SLASH"]
    return is_fraction if codes[after] == CODES["SLASH"] else tokens.raw(after) in _SIGNS
