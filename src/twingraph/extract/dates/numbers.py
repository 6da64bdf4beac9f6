"""Numbers of a page: which are dates, years, days or ordinals, and which are none of these."""

from __future__ import annotations

import re
from typing import Final

_DAY_LAST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FIRST_YEAR, _LAST_YEAR = 1000, 2099

# What a number is by its own characters; every repeat is bounded.
NUMBER: Final = {
    "link": r"(?P<link>(?:https?://|www\.)\S+)",
    "dates": (
        r"(?P<full>(?<![\w.,/+])(?<!\w-)(?:[0-9]{1,2}\.[ \xa0]?[0-9]{1,2}\.[ \xa0]?[0-9]{4}"
        r"|[0-9]{2}\.[0-9]{2}\.[0-9]{2}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
        r"|[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}|[0-9]{4}/[0-9]{2}/[0-9]{2})(?![\w/]|[.,][0-9]))"
        r"|(?P<daymonth>(?<![\w.,/+-])[0-9]{1,2}\.[ \xa0]?[0-9]{1,2}\.(?![\w.]|,[0-9]))"
        r"|(?P<yearmonth>(?<![\w.,/+-])[0-9]{1,2}/[0-9]{4}(?![\w/]|[.,-][0-9]))"
    ),
    "numbers": (
        r"(?P<big>(?<![\w])[0-9]{1,3}(?:[.,'’ \xa0\u202f][0-9]{3}){1,5}(?![0-9])(?:[.,][0-9]{1,3})?"
        r"|(?<![\w.,:])[0-9]{1,5}(?:[,:][0-9]{1,2}|\.[0-9]{1,2})(?![\w]|\.[0-9])"
        r"|(?<![\w.,:])[0-9]{1,2}(?:[.,:][0-9]{2}){2,7}(?!\w))"
        r"|(?P<number>(?<!\w)[0-9]+(?!\w))"
    ),
}
# What may follow a number without a space.
SUFFIXES: Final = {
    "de": r"er|-er|ern|-ern|-?jährig\w{0,2}|-?jährlich\w{0,2}|-?wöchig\w{0,2}|-?tägig\w{0,2}",
    "en": r"['’]?s|st|nd|rd|th",
    "es": r"[ºª]|\.[ºª]|er",
    "fr": r"er|re|ère|e|è|ème|ième|eme|nd|nde",
}
_ORDINALS: Final = ("st", "nd", "rd", "th", "º", "ª", "e", "re", "ère", "è", "ème", "ième", "eme")


def read_number(kind: str, raw: str, language: str) -> tuple[str, str]:
    """The class of a number and what it is worth; what is no time is N.

    >>> read_number("full", "04.06.2017", "de"), read_number("full", "6/13/1961", "en")
    (('FULL', '2017-06-04'), ('FULL', '1961-06-13'))
    """
    if kind == "number":
        return _read_plain(raw)
    parts = [int(part) for part in re.findall("[0-9]+", raw)]
    if kind == "full":
        value = _read_full(raw, parts, language)
        return ("FULL", value) if value else ("N", "")
    if kind == "daymonth" and _is_day(parts[0], parts[1]):
        return "DAYMONTH", f"{parts[1]:02}-{parts[0]:02}"
    if kind == "yearmonth" and parts[0] in range(1, 13) and _is_year(parts[1]):
        return "FULL", f"{parts[1]}-{parts[0]:02}"
    return ("WORD" if kind in ("junk", "link") else "N"), ""


def read_suffixed(raw: str, language: str) -> tuple[str, str]:
    """The class of a number with an ending, and its worth.

    >>> read_suffixed("1960er", "de"), read_suffixed("60-er", "de"), read_suffixed("4th", "en")
    (('DECADE', '196X'), ('DECADE', '196X'), ('ORD', '4'))
    """
    digits = raw[: len(raw) - len(raw.lstrip("0123456789"))]
    suffix = raw[len(digits) :].casefold().lstrip("-.'’")
    if suffix.startswith("jährig"):
        return "NYEARLY", str(int(digits))
    if suffix.startswith("jährlich"):
        return "RECUR", {"1": "annual", "2": "biennial", "3": "triennial", "4": "quadrennial"}.get(
            digits, "regular"
        )
    if suffix.startswith(("wöchig", "tägig")):
        return "DURATION", digits
    if suffix in _ORDINALS or language in ("fr", "es"):
        return ("ORD", str(int(digits))) if len(digits) <= 3 else ("N", "")  # noqa: PLR2004
    return _read_decade(digits, language)


def _read_decade(digits: str, language: str) -> tuple[str, str]:
    year = int(digits) if len(digits) == 4 else 1900 + int(digits)  # noqa: PLR2004
    if len(digits) not in (2, 4) or year % 10 or not _is_year(year):
        return "N", ""
    if len(digits) == 2 and year < 1920:  # noqa: PLR2004
        return "DECADE", f"{(year + 100) // 10}X"
    if language == "en" and year % 100 == 0 and year < 2000:  # noqa: PLR2004
        return "DECADE", f"{year // 100}XX"
    return "DECADE", f"{year // 10}X"


def _read_plain(raw: str) -> tuple[str, str]:
    if len(raw) == 4 and _is_year(int(raw)):  # noqa: PLR2004
        return "YEAR", raw
    if len(raw) <= 2:  # noqa: PLR2004
        return "NUM", str(int(raw))
    return "N", raw if len(raw) == 3 else ""  # noqa: PLR2004


def _read_full(raw: str, parts: list[int], language: str) -> str:
    first, second, third = parts
    if len(raw.split("-", maxsplit=1)[0]) == 4 or len(raw.split("/", maxsplit=1)[0]) == 4:  # noqa: PLR2004
        return f"{first}-{second:02}-{third:02}" if _is_day(third, second) else ""
    year = third if third >= 100 else third + (2000 if third <= 50 else 1900)  # noqa: PLR2004
    if not _is_year(year):
        return ""
    if language == "en" and "." not in raw and first != second:
        # Month first in America, day first in Britain: told apart by a day above 12 only.
        if _is_day(first, second) and _is_day(second, first):
            return str(year)
        if _is_day(second, first):
            first, second = second, first
    return f"{year}-{second:02}-{first:02}" if _is_day(first, second) else ""


def _is_year(year: int) -> bool:
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= len(_DAY_LAST) and 1 <= day <= _DAY_LAST[month - 1]
