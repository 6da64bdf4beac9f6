"""Texts that turn the direction of writing, and leave what stands beside them as it is.

An element that isolates (`bdi`) ends where a pop of an isolate does, so a text that opens one and
does not close it, or closes one that it has not opened, breaks out of it
(https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates).
"""

from __future__ import annotations

import re
from typing import Final

_POP_ISOLATE: Final = "\u2069"
_POP: Final = "\u202c"
# What opens a direction, and what closes it.
_CLOSING: Final = {
    **dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE),
    **dict.fromkeys("\u202a\u202b\u202d\u202e", _POP),
}
_CONTROL: Final = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# Letters and numbers that are written from right to left, by block, and marks of direction.
_TURNING: Final = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def is_turning(text: str) -> bool:
    r"""Whether the text may turn the direction of what stands beside it, in a line from the left.

    >>> is_turning("Kumamoto 熊本"), is_turning("תל אביב"), is_turning("a\u202eb")
    (False, True, True)
    """
    return _TURNING.search(text) is not None


def balance(text: str) -> str:
    r"""The text with each direction that it opens closed, and nothing closed that it did not open.

    >>> balance("a\u2066b\u2069\u2069\u202ec")
    'a\u2066b\u2069\u202ec\u202c'
    """
    open_: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if closing := _CLOSING.get(match[0]):
            open_.append(closing)
        elif match[0] not in open_:
            return ""
        elif match[0] == _POP_ISOLATE or open_[-1] == _POP:
            while open_.pop() != match[0]:  # an isolate's end closes what was opened in it
                pass
        return match[0]

    kept = _CONTROL.sub(keep, text)
    return kept + "".join(reversed(open_))
