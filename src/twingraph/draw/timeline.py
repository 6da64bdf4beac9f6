"""A timeline: a row an activity, with open, vague, planned and missing times drawn as such."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.draw.frame import BLUE, FAINT, GRID, INNER, VERMILION, Body, Key, frame, hatching
from twingraph.draw.svg import element, fit, group, is_cut, number, tooltip, words, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twingraph.draw.frame import About

    Runs = tuple[tuple[int, int], ...]  # first and last year of each, in order

_NAMES: Final = 330  # pixels for names
_TIMES: Final = 92  # and for the words of the times
_LEFT: Final = _NAMES + _TIMES + 28
_RIGHT: Final = INNER - 34  # leaves room for arrows and fading ends
_ROW: Final = 22
_SECOND: Final = 15  # pixels more for a name of two lines
_BAR: Final = 12
_AXIS: Final = 26
_LEAST: Final = 4.0  # pixels of a year
_FADE: Final = 26
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_MOST_TICKS: Final = 9
_COLUMNS: Final = 2  # of undated activities
_DIAMOND: Final = "M{x:.1f} {y:.1f}l5-6 5 6-5 6z"


@dataclass(frozen=True, slots=True)
class Span:
    """A row: an activity and its time (docs/time.md).

    `certain` and `possible` are runs of years; of a planned activity the possible ones are those it
    is planned for. Without any, the activity is undated. `told` is the time in words.
    """

    iri: str
    name: str
    told: str = ""
    certain: Runs = ()
    possible: Runs = ()
    is_ongoing: bool = False
    is_start_unknown: bool = False
    is_end_unknown: bool = False
    is_disputed: bool = False
    is_planned: bool = False

    @property
    def runs(self) -> Runs:
        """All years, whether certain or possible."""
        return tuple(sorted(self.certain + self.possible))


class _Scale:
    """Where a year begins, in pixels from the left."""

    def __init__(self, spans: Sequence[Span]) -> None:
        years = [year for span in spans for run in span.runs for year in run]
        self.first = min(years, default=0)
        self.last = max(years, default=0) + 1
        self._pixels = (_RIGHT - _LEFT) / max(self.last - self.first, 1)

    def at(self, year: int) -> float:
        return _LEFT + (year - self.first) * self._pixels

    def ticks(self) -> range:
        length = self.last - self.first
        step = next((s for s in _STEPS if length / s <= _MOST_TICKS), _STEPS[-1])
        return range(-(-self.first // step) * step, self.last + 1, step)


def draw_timeline(about: About, spans: Sequence[Span]) -> str:
    """A timeline as SVG, the activities in the order in which they are given.

    The dated ones come first, then the planned, then the undated, in places of their own.

    >>> from twingraph.draw.frame import About
    >>> span = Span("https://example.org/a", "Exchange", "1993–", certain=((1993, 2021),))
    >>> draw_timeline(About("Since"), [span]).count("Exchange")
    1
    """
    planned = [span for span in spans if span.is_planned]
    dated = [span for span in spans if span.runs and not span.is_planned]
    undated = [span for span in spans if not span.runs and not span.is_planned]
    scale = _Scale([*dated, *planned])
    rows: list[str] = []
    y = float(_AXIS)
    for heading, group_ in (("", dated), (about.say("Planned", "Geplant"), planned)):
        if heading and group_:
            rows.append(_heading(heading, y))
            y += 30
        for span in group_:
            lines = wrap(span.name, 12, _NAMES, 2)
            height = _ROW + _SECOND * (len(lines) - 1)
            rows.append(_row(span, lines, scale, (y, height)))
            y += height
    axis = list(_axis(scale, y)) if dated or planned else []
    y = y + 8 if axis else 0
    if undated:
        title = about.say("No year is stated", "Ohne Jahresangabe")
        rows.append(_heading(title, y))
        rows += _list(undated, y + 30)
        y += 30 + _ROW * -(-len(undated) // _COLUMNS)
    kinds = ("past", BLUE, "0"), ("future", BLUE, "1")
    definitions = (hatching("timeline-possible"), *(_fading(*kind) for kind in kinds))
    return frame(about, Body((*axis, *rows), y, _legend(about, spans), definitions))


def _heading(title: str, y: float) -> str:
    return words(0, y + 20, title, 13, font_weight="bold")


def _axis(scale: _Scale, bottom: float) -> Iterator[str]:
    ticks = [(year, scale.at(year)) for year in scale.ticks()]
    lines = "".join(f"M{number(x)} {_AXIS - 6}V{bottom:.0f}" for _, x in ticks)
    yield element("path", d=lines, stroke=GRID)
    labels = (words(x, _AXIS - 11, str(year)) for year, x in ticks)
    yield group(*labels, fill=FAINT, text_anchor="middle")


def _row(span: Span, lines: Sequence[str], scale: _Scale, place: tuple[float, float]) -> str:
    y, height = place
    middle = y + _ROW / 2
    bar = _bar(span, scale, middle - _BAR / 2)
    told = fit(span.told, 12, _TIMES)
    named: tuple[str, ...] = ()
    if is_cut(lines[-1]) or is_cut(told):  # what a pointer rests on is told whole
        area = element("rect", y=y, width=INNER, height=height, opacity=0)
        named = (tooltip(f"{span.name}: {span.told}"), area)
    return group(
        *named,
        *(words(0, middle + 4 + _SECOND * i, line, 12) for i, line in enumerate(lines)),
        words(_NAMES + 12, middle + 4, told, 12, fill=FAINT),
        *bar,
        data_iri=span.iri,
    )


def _bar(span: Span, scale: _Scale, y: float) -> Iterator[str]:
    if not span.runs:
        return
    start = scale.at(span.runs[0][0])
    end = max(scale.at(max(last for _, last in span.runs) + 1), start + _LEAST)
    if span.is_start_unknown:
        yield _rect(start - _FADE, y, _FADE, fill="url(#timeline-past)")
    for first, last in span.possible:
        yield _unsure(span, scale.at(first), scale.at(last + 1), y)
    for first, last in span.certain:
        x = scale.at(first)
        yield _rect(x, y, max(scale.at(last + 1) - x, _LEAST), fill=BLUE)
    if span.is_ongoing:
        yield element("path", d=f"M{number(end)} {number(y - 3)}l12 9-12 9z", fill=BLUE)
    elif span.is_end_unknown:
        yield _rect(end, y, _FADE, fill="url(#timeline-future)")
    if span.is_disputed:
        before = start - (_FADE if span.is_start_unknown else 0) - 13
        d = _DIAMOND.format(x=before, y=y + _BAR / 2)
        yield element("path", d=d, fill="#fff", stroke=VERMILION, stroke_width=2)


def _unsure(span: Span, x: float, end: float, y: float) -> str:
    width = max(end - x, _LEAST) - 1
    if span.is_planned:
        style = {"fill": "#fff", "stroke": BLUE, "stroke_dasharray": "3 2"}
    else:
        style = {"fill": "url(#timeline-possible)", "stroke": BLUE}
    return element("rect", x=x + 0.5, y=y + 0.5, width=width, height=_BAR - 1, **style)


def _rect(x: float, y: float, width: float, fill: str) -> str:
    return element("rect", x=x, y=y, width=width, height=_BAR, fill=fill)


def _fading(name: str, colour: str, at: str) -> str:
    """A colour that goes out to one side."""
    stops = ((at, "0"), ("1" if at == "0" else "0", "0.9"))
    told = "".join(
        element("stop", offset=offset, stop_color=colour, stop_opacity=opacity)
        for offset, opacity in sorted(stops)
    )
    return element("linearGradient", told, id=f"timeline-{name}")


def _list(spans: Sequence[Span], y: float) -> Iterator[str]:
    """The undated, down one column and then the next."""
    length = -(-len(spans) // _COLUMNS)
    width = INNER / _COLUMNS
    for index, span in enumerate(spans):
        x, row = width * (index // length), y + _ROW * (index % length)
        name = fit(span.name, 12, width - 34)
        yield group(
            *((tooltip(span.name),) if is_cut(name) else ()),
            element("circle", cx=x + 6, cy=row + 11, r=4, fill="#fff", stroke=FAINT),
            words(x + 18, row + 15, name, 12),
            data_iri=span.iri,
        )


def _legend(about: About, spans: Sequence[Span]) -> tuple[Key, ...]:
    """The entries for what there is in the drawing."""
    solid = _rect(0, 0, 18, fill=BLUE)
    arrow = element("path", d="M16-3l12 9-12 9z", fill=BLUE)
    hatch = {"fill": "url(#timeline-possible)", "stroke": BLUE}
    dashes = {"fill": "#fff", "stroke": BLUE, "stroke_dasharray": "3 2"}
    outline = {"x": 0.5, "y": 0.5, "width": 27, "height": 11}
    diamond = element("path", d=_DIAMOND.format(x=9, y=6), fill="#fff", stroke=VERMILION)
    keys = (
        (
            any(span.certain for span in spans),
            Key(_rect(0, 0, 28, BLUE), about.say("in these years", "in diesen Jahren")),
        ),
        (
            any(span.is_ongoing for span in spans),
            Key(
                solid + arrow,
                about.say("goes on, as of the source", "läuft weiter (Stand der Quelle)"),
            ),
        ),
        (
            any(span.is_start_unknown or span.is_end_unknown for span in spans),
            Key(
                _rect(0, 0, 8, BLUE)
                + element("rect", x=8, width=20, height=12, fill="url(#timeline-future)"),
                about.say("beginning or end not stated", "Beginn oder Ende nicht genannt"),
            ),
        ),
        (
            any(span.possible and not span.is_planned for span in spans),
            Key(
                element("rect", **outline, **hatch),
                about.say("possibly in these years", "möglicherweise in diesen Jahren"),
            ),
        ),
        (
            any(span.is_planned for span in spans),
            Key(element("rect", **outline, **dashes), about.say("planned", "geplant")),
        ),
        (
            any(span.is_disputed for span in spans),
            Key(diamond, about.say("sources disagree", "Quellen widersprechen sich")),
        ),
    )
    return tuple(key for is_used, key in keys if is_used)
