"""What people and spreadsheets write in the place of EDTF, and what they meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

# Pattern, replacement, what is wrong. A row works on what the rows before it have mended.
_SLIPS: Final = (
    (r"[T ]\d\d:\d\d.*$", "", "a time of day is not kept"),
    (r"[\s\xa0]", "", "it has a space"),
    ("[\"'“”„‘’]", "", "it has quotation marks"),
    (r"\.0$", "", "a year has no decimals"),
    (r"-00", "", "an unknown month or day is left out"),
    (r"(?<!\w)(\d)(?!\w)", r"0\1", "months and days have two digits"),
    (r"(\d\d)\.(\d\d)\.(\d{4})", r"\3-\2-\1", "a day is year-month-day"),
    (r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", "a day is year-month-day"),
    (r"^(\d\d)[./](\d{4})$", r"\2-\1", "a month is year-month"),
    (r"^(?:since|seit|depuis|from|ab)(\d[-\d]*)$", r"\1/..", "what goes on ends in '/..'"),
    (r"^(?:until|till|bis|\.\.)(\d[-\d]*)$", r"../\1", "an open start is '../'"),
    (r"^(?:circa|ca?\.?|about|around|um|etwa|vers)(\d{4})$", r"\1~", "'about' is '~'"),
    (r"^(?:the)?(\d{3})(?:0s|0er(?:jahren?)?|[?_-])$", r"\1X", "a digit left open is X"),
    (r"^(?:from|von)?(\d{4})(?:-|\.\.|to|bis)(\d{4})$", r"\1/\2", "an interval has '/'"),
    (r"(?:[-–—/]|to|bis)(?:present|today|now|heute|open)$", "/..", "what goes on ends in '/..'"),
    (r"(?<=\d)(?:[-–—]|/?\.{2,3}|/?…)$", "/..", "what goes on ends in '/..'"),
    (r"[‐-―−]", "/", "an interval has '/', not a dash"),
    (r"^(\d{4})/(\d\d)$", r"\1-\2", "a month is year-month"),
    (r"^(\d{4})/(\d\d)/(\d\d)$", r"\1-\2-\3", "a day is year-month-day"),
    (r"^(\d\d)(\d\d)-([5-9]\d)$", r"\1\2/\1\3", "an end has a year of four digits"),
    (r"([~?%])([-\dX]+)", r"\2\1", "a qualifier stands at the end of a date"),
    (r"^\(?(\d{4}(?:,\d{4})+)\)?$", r"{\1}", "years of a series stand in braces"),
    (r"o", "0", "the letter O stands for the digit 0"),
    (r"[il]", "1", "a letter stands for the digit 1"),
    (r"[xu]", "X", "a digit left open is a capital X"),
)


class Mended(NamedTuple):
    """What is wrong with a text, and the text without it."""

    slip: str
    text: str


def find_slip(text: str, is_accepted: Callable[[str], bool]) -> Mended | None:
    """The slip in a text and what was meant, if that is accepted; else None.

    >>> find_slip("2O19", str.isdigit)
    Mended(slip='the letter O stands for the digit 0', text='2019')
    """
    mended = text
    for pattern, replacement, slip in _SLIPS:
        mended, count = re.subn(pattern, replacement, mended, flags=re.ASCII | re.IGNORECASE)
        if count and is_accepted(mended):
            return Mended(slip, mended)
    return None
