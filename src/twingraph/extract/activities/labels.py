"""The words of an activity on the page, and the label that is made of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from twingraph.extract.activities.segments import Piece

_BULLET: Final = re.compile(r"\s*(?:[•·▪◦‣*–—-]|[0-9]{1,2}[.)])\s+(?=\S)")
_LONGEST_LABEL: Final = 90
_SHORT: Final = 40  # characters that say too little without the lead


def past_bullet(text: str, group: Piece) -> int:
    """Where the words begin, after a bullet or number."""
    bullet = _BULLET.match(text, group.start, group.end)
    return group.start if bullet is None else bullet.end()


def past_bracket(text: str, group: Piece) -> int:
    """Where the words end, with a bracket that closes one in them."""
    words = text[group.start : group.end]
    is_open = words.count("(") > words.count(")")
    return group.end + (is_open and text[group.end : group.end + 1] == ")")


def make_label(text: str, lead: str) -> str:
    """A short name: the words without bullet and closing mark, cut at a word."""
    bullet = _BULLET.match(text)
    words = (
        " ".join(text[bullet.end() if bullet else 0 :].split())
        .strip(" .;,:|–-")
        .replace(" | ", ", ")
    )
    words += ")" * (words.count("(") > words.count(")"))
    words = re.sub(r"^(?:and|und|sowie|et|y|,)\s+", "", words)
    if lead and len(words) < _SHORT:
        words = f"{lead.strip().rstrip(':')}: {words}"
    if len(words) > _LONGEST_LABEL:
        words = words[:_LONGEST_LABEL].rsplit(" ", 1)[0].rstrip(" ,;") + " …"
    return words[:1].upper() + words[1:]
