"""Stated times as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

Say = Callable[[str, str], str]  # of English and German words, those of a language


def tell_years(stated: str, say: Say) -> str:
    """A stated time (EDTF) as people write it: `1993–`, `?–1992`, `1994–1998`, `c. 1990`."""
    if match := re.fullmatch(r"\[(.*)\]", stated):
        return match[1].replace(",", say(" or ", " oder "))
    if match := re.fullmatch(r"\{(.*)\}", stated):
        return match[1].replace(",", ", ")
    first, slash, last = stated.partition("/")
    if not slash:
        return _tell_one(stated, say)
    beginning = "?" if first in ("", "..") else _tell_one(first, say)
    end = {"..": "", "": "?"}.get(last) if last in ("..", "") else _tell_one(last, say)
    return f"{beginning}–{end}"


def _tell_one(date: str, say: Say) -> str:
    if date.endswith(("~", "%")):
        return say("c. ", "um ") + date[:-1]
    if re.fullmatch(r"\d{3}X", date):
        return say(f"{date[:3]}0s", f"{date[:3]}0er")
    return date


def find_runs(years: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Years that follow each other as first and last.

    >>> find_runs({1993, 1994, 1999})
    ((1993, 1994), (1999, 1999))
    """
    ordered = sorted(years)
    breaks = [i for i, (one, other) in enumerate(pairwise(ordered), 1) if other - one > 1]
    cuts = [0, *breaks, len(ordered)]
    return tuple((ordered[i], ordered[j - 1]) for i, j in pairwise(cuts) if j > i)
