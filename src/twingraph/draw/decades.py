"""A chart of how many activities were under way in each decade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.draw.frame import BLUE, FAINT, GRID, INNER, Body, Key, frame, hatching
from twingraph.draw.svg import element, group, tooltip, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twingraph.draw.frame import About
    from twingraph.draw.svg import Value

_TOP: Final = 40
_HEIGHT: Final = 300
_LEFT: Final = 56
_APART: Final = 56  # pixels between the last decade and the undated
_UNDATED: Final = 90
_BROADEST: Final = 90.0
_ROOM: Final = 58  # pixels for the name of a decade
_MOST_LINES: Final = 6
_NUMBERED: Final = 48.0  # pixels of a decade that has its numbers above it
_BROKEN: Final = 1.5  # so many times the most of a decade, the undated are drawn cut off


@dataclass(frozen=True, slots=True)
class Decade:
    """A decade by its first year: how many activities were certainly, how many only possibly,
    under way in it."""

    first_year: int
    certain: int
    possible: int = 0


def draw_decades(about: About, decades: Sequence[Decade], undated: int = 0) -> str:
    """A bar a decade, also of those between in which there was nothing; the undated beside them.

    >>> from twingraph.draw.frame import About
    >>> "1990s" in draw_decades(About("Decades"), [Decade(1990, 3)])
    True
    """
    shown = _fill(decades)
    most = max((each.certain + each.possible for each in shown), default=0)
    is_broken = undated > most * _BROKEN and most > 0
    most = max(most, 1 if is_broken else undated, 1)
    step = _step(most)
    scale = _HEIGHT / (-(-most // step) * step)
    room = (INNER - _LEFT - (_APART + _UNDATED if undated else 0)) / max(len(shown), 1)
    parts = list(_lines(about, step, most, scale))
    every = max(1, -(-_ROOM // max(int(room), 1)))
    for index, decade in enumerate(shown):
        x = _LEFT + room * index
        parts.append(_bar(about, decade, (x, room), scale))
        if index % every == 0:
            name = about.say(f"{decade.first_year}s", f"{decade.first_year}er")
            parts.append(words(x + room / 2, _bottom(18), name, 12, text_anchor="middle"))
    if undated:
        x = _LEFT + room * len(shown) + _APART
        name = about.say("no year stated", "ohne Jahr")
        outline = {"fill": "#fff", "stroke": FAINT, "stroke_dasharray": "4 3"}
        told = tooltip(f"{name}: {undated}")
        height = _HEIGHT if is_broken else undated * scale
        column = _column(x + 8, _UNDATED - 16, 0, height, **outline)
        parts.append(group(told, column, _break(x, height) if is_broken else ""))
        parts.append(_count(x + _UNDATED / 2, height, about.count(undated)))
        parts.append(words(x + _UNDATED / 2, _bottom(18), name, 12, text_anchor="middle"))
    parts.append(element("path", d=f"M{_LEFT},{_bottom()} H{INNER}", stroke=FAINT))
    body = Body(tuple(parts), _bottom(28), _legend(about, shown), (hatching("decades-possible"),))
    return frame(about, body)


def _bottom(further: int = 0) -> int:
    return _TOP + _HEIGHT + further


def _fill(decades: Sequence[Decade]) -> list[Decade]:
    """The decades without a gap."""
    found = {decade.first_year: decade for decade in decades}
    if not found:
        return []
    return [found.get(year, Decade(year, 0)) for year in range(min(found), max(found) + 1, 10)]


def _step(most: int) -> int:
    """The number between two lines: 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if most / (factor * power) <= _MOST_LINES:
                return factor * power
        power *= 10


def _lines(about: About, step: int, most: int, scale: float) -> Iterator[str]:
    for value in range(0, most + step, step):
        y = _bottom() - value * scale
        if y < _TOP - 1:
            return
        yield element("path", d=f"M{_LEFT},{y:.1f} H{INNER}", stroke=GRID)
        yield words(_LEFT - 8, y + 4, about.count(value), 12, fill=FAINT, text_anchor="end")


def _bar(about: About, decade: Decade, place: tuple[float, float], scale: float) -> str:
    x, room = place
    width = min(room * 0.72, _BROADEST)
    x += (room - width) / 2
    certain, possible = decade.certain * scale, decade.possible * scale
    name = f"{decade.first_year}–{decade.first_year + 9}"
    sure, unsure = about.say("certain", "sicher"), about.say("possible", "möglich")
    title = f"{name}: {decade.certain} {sure}, {decade.possible} {unsure}"
    hatch = {"fill": "url(#decades-possible)", "stroke": BLUE}
    parts = [
        tooltip(title),
        _column(x, width, 0, certain, fill=BLUE) if certain else "",
        _column(x, width, certain, possible, **hatch) if possible else "",
        *(_counts(about, decade, x + width / 2, certain + possible) if room > _NUMBERED else ()),
    ]
    return group(*parts)


def _break(x: float, height: float) -> str:
    """The gap in a bar that is longer than the picture is high."""
    y = _bottom() - height * 0.8
    gap = f"M{x:.1f},{y + 8:.1f} l{_UNDATED},-12 v8 l{-_UNDATED},12 z"
    edges = f"M{x:.1f},{y + 8:.1f} l{_UNDATED},-12 m0,8 l{-_UNDATED},12"
    return element("path", d=gap, fill="#fff") + element("path", d=edges, stroke=FAINT)


def _column(x: float, width: float, above: float, height: float, **style: str) -> str:
    y = _bottom() - above - height
    return element("rect", x=x, y=y, width=width, height=height, **style)


def _counts(about: About, decade: Decade, x: float, height: float) -> Iterator[str]:
    """The numbers above a bar: the certain ones, and above those the possible."""
    if decade.certain:
        yield _count(x, height, about.count(decade.certain))
    if decade.possible:
        above = 14 if decade.certain else 0
        yield _count(x, height + above, f"+ {about.count(decade.possible)}")


def _count(x: float, height: float, text: str) -> str:
    return words(x, _bottom() - height - 6, text, 12, text_anchor="middle")


def _legend(about: About, decades: Sequence[Decade]) -> tuple[Key, ...]:
    box: dict[str, Value] = {"x": 0.5, "y": 0.5, "width": 27, "height": 11, "stroke": BLUE}
    if not any(decade.possible for decade in decades):
        return ()
    return (
        Key(element("rect", **box, fill=BLUE), about.say("under way", "im Gang")),
        Key(
            element("rect", **box, fill="url(#decades-possible)"),
            about.say(
                "only possibly: the time stated is vague",
                "nur möglicherweise: die Zeitangabe ist ungenau",
            ),
        ),
    )
