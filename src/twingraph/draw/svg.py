"""Elements of SVG 1.1 as text, escaped (https://www.w3.org/TR/SVG11/), and words cut to a width."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

FONT: Final = "Helvetica, Arial, DejaVu Sans, Noto Sans, sans-serif"
SIZE: Final = 12  # pixels of letters, unless told
INK: Final = "#222"
BOLD: Final = 1.15  # so much broader are bold letters
_ELLIPSIS: Final = "…"
_LONGEST_TOLD: Final = 300  # code points of a tooltip
# What XML cannot hold, and the marks that turn the direction of what follows.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_BREAK: Final = re.compile(r"(?<=[ -])(?=[^ -])")
_NARROW: Final = frozenset("ijlI.,:;'’|!·()[]ftr- ")
_BROAD: Final = frozenset("mwMW—…%@")
# Widths in em, of the broadest of the usual fonts.
_WIDTHS: Final = {"narrow": 0.39, "broad": 0.96, "capital": 0.71, "other": 0.61, "whole": 1.0}

Value = str | float | int | None


def element(name: str, content: str = "", /, **attributes: Value) -> str:
    """An element; `_` in a name stands for `-`, an attribute that is None is left out.

    >>> element("rect", x=1.25, width=3.0, fill_opacity=None, stroke_width='"')
    '<rect x="1.2" width="3" stroke-width="&quot;"/>'
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def _value(value: str | float) -> str:
    return escape(clean(value)) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """A number with at most one decimal, which no pixel shows more of.

    >>> number(2.0), number(2.04), number(-0.04)
    ('2', '2', '0')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def trace(points: Iterable[tuple[float, float]], unit: float = 0.1) -> str:
    """The path through points: the first, then the steps, as short as they can be written, in
    multiples of a `unit` of pixels.

    >>> trace([(10, 20), (11.04, 20), (10.54, 18)])
    'M10 20l1 0-.5-2'
    >>> trace([(10, 20), (11.04, 20), (10.54, 18)], 0.5)
    'M10 20l1 0-.5-2'
    >>> trace([(10, 20), (10.1, 20.2), (12.3, 18)], 0.5)
    'M10 20l2.5-2'
    """
    told: list[str] = []
    x = y = 0
    for here_x, here_y in points:
        u, v = round(here_x / unit), round(here_y / unit)  # steps between what is written: no drift
        if told and (u, v) == (x, y):
            continue
        told += (_step((u - x) * unit), _step((v - y) * unit))
        x, y = u, v
    return f"M{_join(told[:2])}l{_join(told[2:])}" if told else ""


def _step(pixels: float) -> str:
    text = number(pixels)
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def _join(numbers: Iterable[str]) -> str:
    """Numbers as a path has them: a minus needs no space before it (SVG 1.1, 8.3.9)."""
    return " ".join(numbers).replace(" -", "-")


def clean(text: str) -> str:
    """The text in one line, without what XML cannot hold or what turns its neighbours round.

    >>> clean("a\\x00\\n b")
    'a b'
    """
    return " ".join(_UNSAFE.sub("", text).split())


def words(x: float, y: float, text: str, /, size: float = SIZE, **attributes: Value) -> str:
    """Text as text, its baseline at `y`; size in pixels. It is of colour `INK`, unless told."""
    drawn = {"x": x or None, "y": y, "font_size": None if size == SIZE else size, **attributes}
    return element("text", escape(clean(text)), **drawn)


def tooltip(text: str) -> str:
    """What a browser shows when the pointer rests on the element around it, and readers read."""
    told = clean(text)
    return element("title", escape(told if len(told) <= _LONGEST_TOLD else _cut(told, 299)))


def group(*parts: str, **attributes: Value) -> str:
    """Elements as one."""
    return element("g", "".join(parts), **attributes)


def width_of(text: str, size: float) -> float:
    """The pixels that a text takes at most in the usual sans-serif fonts."""
    return size * sum(map(_em, text))


def _em(character: str) -> float:
    if character in _NARROW:
        return _WIDTHS["narrow"]
    if character in _BROAD:
        return _WIDTHS["broad"]
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDTHS["whole"]
    return _WIDTHS["capital"] if character.isupper() else _WIDTHS["other"]


def fit(text: str, size: float, width: float) -> str:
    """The text, cut with an ellipsis where it is wider than `width` pixels.

    >>> fit("International symposium", 12, 80)
    'Internation…'
    """
    text = clean(text)
    room = width / size
    used = 0.0
    last = 0  # code points that leave room for the ellipsis
    for index, character in enumerate(text):
        if used + _WIDTHS["broad"] <= room:
            last = index
        used += _em(character)
        if used > room:
            return _cut(text, last)
    return text


def is_cut(told: str) -> bool:
    """Whether a text ends as `fit` and `wrap` end what they cut."""
    return told.endswith(_ELLIPSIS)


def _cut(text: str, length: int) -> str:
    """The first code points and an ellipsis; no letter loses its accents."""
    while length and unicodedata.combining(text[length]):
        length -= 1
    return text[:length].rstrip() + _ELLIPSIS


def wrap(text: str, size: float, width: float, most: int = 3) -> list[str]:
    """The text in lines of at most `width` pixels, broken at spaces and after hyphens; of more
    lines than `most` the last is cut.

    >>> wrap("Olympia-Schwimmmannschaft in Kumamoto", 12, 150)
    ['Olympia-', 'Schwimmmannschaft', 'in Kumamoto']
    """
    lines: list[str] = []
    rest = _BREAK.split(clean(text))
    while rest:
        if len(lines) == most - 1:
            return [*lines, fit("".join(rest), size, width)]
        taken = 1
        while taken < len(rest) and width_of("".join(rest[: taken + 1]).rstrip(), size) <= width:
            taken += 1
        lines.append(fit("".join(rest[:taken]), size, width))
        rest = rest[taken:]
    return lines
