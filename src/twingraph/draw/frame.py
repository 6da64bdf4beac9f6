"""What all drawings have in common: title, legend, notes, sources, and the words for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from twingraph.draw.svg import BOLD, FONT, INK, SIZE, clean, element, fit, width_of, words, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH: Final = 960
MARGIN: Final = 24
INNER: Final = WIDTH - 2 * MARGIN
FAINT: Final = "#595959"  # 7:1 on white
GRID: Final = "#e2e2e2"
BLUE: Final = "#0072b2"
SKY: Final = "#56b4e9"
ORANGE: Final = "#e69f00"
VERMILION: Final = "#d55e00"
# Of the same words below a name, so that it can be read on lines and coasts.
HALO: Final[Mapping[str, str]] = {
    "fill": "#fff",
    "aria_hidden": "true",
    "stroke": "#fff",
    "stroke_width": "3",
    "stroke_linejoin": "round",
}
_TITLE_SIZE: Final = 20
_SMALL: Final = 11
_LINE: Final = 15
_NOTE_LINES: Final = 5
_IDENTIFIER: Final = re.compile(r' id="([^"]*)"')
_TOLD: Final = 4  # lines of a title's or subtitle's words in <title> and <desc>, no matter how long


@dataclass(frozen=True, slots=True)
class About:
    """What is told around a drawing.

    `sources` are the texts of the source line, `notes` stand above it; `language` is that of the
    drawing's own words: English, or German for `de` and its variants.
    """

    title: str
    subtitle: str = ""
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    language: str = "en"

    def say(self, english: str, german: str) -> str:
        """The words in the language of the drawing."""
        return german if self.language.partition("-")[0] == "de" else english

    def count(self, number: int) -> str:
        """A number as the language writes thousands.

        >>> About("", language="de").count(12345)
        '12.345'
        """
        return f"{number:,}".replace(",", self.say(",", "."))


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a legend: a mark of 28 x 12 pixels, and what it means."""

    mark: str
    meaning: str


def hatching(identifier: str, colour: str = BLUE) -> str:
    """A pattern of slanting lines: what is possible and not certain."""
    line = element("path", d="M-1,5 l6,-6 M0,8 l8,-8 M3,9 l6,-6", stroke=colour, stroke_width=1.6)
    return element(
        "pattern",
        element("rect", width=8, height=8, fill="#fff") + line,
        id=identifier,
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
    )


@dataclass(frozen=True, slots=True)
class Body:
    """The drawing itself: elements placed from 0, 0 down to `height`, and what they refer to."""

    parts: tuple[str, ...]
    height: float
    legend: tuple[Key, ...] = ()
    definitions: tuple[str, ...] = ()


def frame(about: About, body: Body) -> str:
    """The whole picture: a document of SVG."""
    lines = wrap(about.title, _TITLE_SIZE * BOLD, INNER, 2)
    parts = [
        words(MARGIN, 36 + 24 * number, line, _TITLE_SIZE, font_weight="bold")
        for number, line in enumerate(lines)
    ]
    y = 36.0 + 24 * (len(lines) - 1)
    for line in wrap(about.subtitle, 13, INNER, 2) if about.subtitle else ():
        y += 20
        parts.append(words(MARGIN, y, line, 13, fill=FAINT))
    legend, y = _legend(body.legend, y + 16)
    parts += legend
    parts.append(element("g", "".join(body.parts), transform=f"translate({MARGIN},{y:.0f})"))
    feet, height = _feet(about, y + body.height + 12)
    parts += feet
    return _document(about, height, parts, body.definitions)


def _legend(keys: Sequence[Key], y: float) -> tuple[list[str], float]:
    """The entries, from left to right in as many rows as they need, and where they end."""
    parts: list[str] = []
    x = float(MARGIN)
    for key in keys:
        meaning = fit(key.meaning, 12, INNER - 40)
        width = 36 + width_of(meaning, 12) + 14
        if x > MARGIN and x + width > WIDTH - MARGIN + 14:
            x, y = float(MARGIN), y + 20
        parts.append(element("g", key.mark, transform=f"translate({x:.0f},{y:.0f})"))
        parts.append(words(x + 35, y + 10.5, meaning, 12, fill=FAINT))
        x += width
    return parts, y + (30 if keys else 8)


def _feet(about: About, y: float) -> tuple[list[str], float]:
    """Notes and the line of sources, and where the picture ends."""
    parts = [element("path", d=f"M{MARGIN},{y:.0f} h{INNER}", stroke="#bbb")]
    y += 5
    sources = "; ".join(about.sources) or about.say("none named", "keine genannt")
    named = about.say("Sources: ", "Quellen: ") + sources
    for note in (*about.notes, named):
        for line in wrap(note, _SMALL, INNER, _NOTE_LINES):
            y += _LINE
            parts.append(words(MARGIN, y, line, _SMALL, fill=FAINT))
    return parts, y + 16


def _document(about: About, height: float, parts: Sequence[str], definitions: Sequence[str]) -> str:
    title, told = (
        " ".join(wrap(text, _SMALL, INNER, _TOLD))
        for text in (about.title, ". ".join(filter(None, (about.subtitle, *about.notes))))
    )
    drawn = "".join(parts)
    used = [each for each in definitions if f"url(#{_IDENTIFIER.findall(each)[0]})" in drawn]
    defined = [element("defs", "".join(used))] if used else []
    content = [
        element("title", escape(title)),
        element("desc", escape(told or title)),
        *defined,
        element("rect", width=WIDTH, height=height, fill="#fff"),
        *parts,
    ]
    opening = element(
        "svg",
        "\n",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height:.0f}",
        width=WIDTH,
        height=f"{height:.0f}",
        role="img",
        font_family=FONT,
        font_size=SIZE,
        fill=INK,
        lang=clean(about.language),
    )
    return opening.replace("\n", "\n" + "\n".join(content) + "\n") + "\n"
