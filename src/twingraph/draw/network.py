"""A network of institutions: who worked with whom, in how many activities."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.draw.forces import part_boxes, place_nodes
from twingraph.draw.frame import HALO, INNER, VERMILION, Body, Key, frame
from twingraph.draw.labels import Label, Mark, place_labels
from twingraph.draw.svg import element, group, tooltip, width_of, words, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from twingraph.draw.frame import About

_SIZE: Final = 12
_LINE: Final = 14  # pixels between its lines
_LONGEST: Final = 165  # pixels of a label's line
_LEAST: Final = 6.0  # radius of a node
_MOST: Final = 15.0
_ROWS_APART: Final = 30  # pixels of height for each node
_HEIGHTS: Final = (260, 760)
_BEYOND: Final = 60.0  # pixels by which labels may stand out above and below the marks
_THICKEST: Final = 7.0
_RANGE: Final = 6  # more activities together than that are drawn relatively


@dataclass(frozen=True, slots=True)
class Node:
    """An institution: `place` is the municipality it is based in, or empty."""

    iri: str
    name: str
    place: str
    activities: int


@dataclass(frozen=True, slots=True)
class Link:
    """Two institutions by their indices, and in how many activities they took part together.

    It is an exchange where they are of different municipalities and none only gave support.
    """

    one: int
    other: int
    activities: int
    is_exchange: bool


def _circle(radius: float) -> str:
    radius = round(radius, 1)
    arc = f"a{radius:.1f},{radius:.1f} 0 1,0"
    return f"M{-radius:.1f},0 {arc} {2 * radius:.1f},0 {arc} {-2 * radius:.1f},0 z"


def _polygon(corners: int, turn: float, grow: float) -> Callable[[float], str]:
    def path(radius: float) -> str:
        angles = [turn + 2 * math.pi * i / corners for i in range(corners)]
        points = [
            f"{radius * grow * math.cos(a):.1f},{radius * grow * math.sin(a):.1f}" for a in angles
        ]
        return f"M{' L'.join(points)} z"

    return path


# Marks of municipalities: told apart by shape, by lightness and by colour (Okabe and Ito).
_MARKS: Final[tuple[tuple[Callable[[float], str], str], ...]] = (
    (_circle, "#0072b2"),
    (_polygon(4, math.pi / 4, 1.2), "#e69f00"),
    (_polygon(3, -math.pi / 2, 1.35), "#009e73"),
    (_polygon(4, 0, 1.3), "#cc79a7"),
    (_polygon(3, math.pi / 2, 1.35), "#d55e00"),
    (_polygon(6, 0, 1.1), "#56b4e9"),
)
_OTHER: Final = (_polygon(5, -math.pi / 2, 1.1), "#8a8a8a")


def draw_network(about: About, nodes: Sequence[Node], links: Sequence[Link]) -> str:
    """A network as SVG; nodes grow with their activities, lines with those done together.

    >>> from twingraph.draw.frame import About
    >>> nodes = [Node("https://example.org/a", "A", "X", 2), Node("urn:b", "B", "Y", 1)]
    >>> draw_network(About("Network"), nodes, [Link(0, 1, 1, True)]).count("data-iri")
    2
    """
    marks = _choose_marks(nodes)
    height = min(max(_ROWS_APART * len(nodes), _HEIGHTS[0]), _HEIGHTS[1])
    most = max((node.activities for node in nodes), default=1)
    radii = [_LEAST + (_MOST - _LEAST) * math.sqrt(node.activities / most) for node in nodes]
    labels = [wrap(node.name, _SIZE, _LONGEST, 3) for node in nodes]
    boxes = [
        (
            max(*(width_of(line, _SIZE) for line in lines), 2 * radius) + 10,
            2 * radius + _LINE * len(lines) + 12,
        )
        for lines, radius in zip(labels, radii, strict=True)
    ]
    closest = max((link.activities for link in links), default=1)
    pulls = {(link.one, link.other): link.activities / closest for link in links}
    wished = [(x * INNER, y * height) for x, y in place_nodes(len(nodes), pulls)]
    middles = part_boxes(wished, boxes, (INNER, height))
    # A node stands at the top of its box, where there is room for its label below it.
    places = [
        (x, y - box[1] / 2 + radius + 4)
        for (x, y), box, radius in zip(middles, boxes, radii, strict=True)
    ]
    parts = [
        _line(link, closest, nodes, places)
        for link in sorted(links, key=lambda link: link.activities)
    ]
    stands = [
        Mark(place, radius, (box[0] - 10, _LINE * len(lines)))
        for place, radius, box, lines in zip(places, radii, boxes, labels, strict=True)
    ]
    lines_between = [(places[link.one], places[link.other]) for link in links]
    placed = place_labels(stands, lines_between, (0, -_BEYOND, INNER, height + _BEYOND))
    for node, lines, radius, place, label in zip(nodes, labels, radii, places, placed, strict=True):
        mark = _mark(*marks.get(node.place, _OTHER), radius, place)
        parts.append(_node(node, mark, lines, label))
    return frame(about, _make_body(parts, placed, height, _legend(about, nodes, links, marks)))


def _make_body(
    parts: Sequence[str], placed: Sequence[Label], height: float, legend: Iterator[Key]
) -> Body:
    """The drawing, as high as its labels reach above and below the marks."""
    top = min((label.box[1] for label in placed), default=0.0)
    bottom = max([height + 6.0, *(label.box[3] + 6 for label in placed)])
    drawn = group(*parts, transform=f"translate(0,{-top:.0f})") if top < 0 else "".join(parts)
    return Body((drawn,), bottom - min(top, 0), tuple(legend))


def _choose_marks(nodes: Sequence[Node]) -> dict[str, tuple[Callable[[float], str], str]]:
    """The marks of the municipalities with the most institutions."""
    counts = Counter(node.place for node in nodes if node.place)
    busiest = sorted(counts, key=lambda place: (-counts[place], place))
    return dict(zip(busiest, _MARKS, strict=False))


def _line(
    link: Link, closest: int, nodes: Sequence[Node], places: Sequence[tuple[float, float]]
) -> str:
    (x, y), (u, v) = places[link.one], places[link.other]
    width = 1.4 + (_THICKEST - 1.4) * (link.activities - 1) / max(closest - 1, _RANGE)
    told = f"{nodes[link.one].name} – {nodes[link.other].name}: {link.activities}"
    return element(
        "path",
        tooltip(told),
        d=f"M{x:.1f},{y:.1f} L{u:.1f},{v:.1f}",
        fill="none",
        **_style(width, is_exchange=link.is_exchange),
    )


def _style(width: float, *, is_exchange: bool) -> dict[str, str | float]:
    if is_exchange:
        return {"stroke": VERMILION, "stroke_width": width}
    return {"stroke": "#767676", "stroke_width": min(width, 2.5), "stroke_dasharray": "2 4"}


def _node(node: Node, mark: str, lines: Sequence[str], label: Label) -> str:
    _, top, _, _ = label.box
    styles: tuple[Mapping[str, str], ...] = (HALO, {})
    labels = [
        words(label.x, top + _LINE * number - 3, line, _SIZE, text_anchor=label.anchor, **style)
        for style in styles
        for number, line in enumerate(lines, start=1)
    ]
    place = f" ({node.place})" if node.place else ""
    return group(
        tooltip(f"{node.name}{place}: {node.activities}"), mark, *labels, data_iri=node.iri
    )


def _legend(
    about: About,
    nodes: Sequence[Node],
    links: Sequence[Link],
    marks: dict[str, tuple[Callable[[float], str], str]],
) -> Iterator[Key]:
    for place, (shape, colour) in marks.items():
        yield Key(_mark(shape, colour), place)
    if any(node.place not in marks for node in nodes):
        yield Key(
            _mark(*_OTHER), about.say("elsewhere, or not stated", "anderswo oder ohne Angabe")
        )
    meanings = {
        True: about.say("exchanged (different cities)", "Austausch (verschiedene Städte)"),
        False: about.say("worked together", "wirkten zusammen"),
    }
    for is_exchange, meaning in meanings.items():
        if any(link.is_exchange == is_exchange for link in links):
            style = _style(2, is_exchange=is_exchange)
            yield Key(element("path", d="M0,6 h28", fill="none", **style), meaning)


def _mark(
    shape: Callable[[float], str],
    colour: str,
    radius: float = 6.5,
    place: tuple[float, float] = (20, 6),
) -> str:
    move = f"translate({place[0]:.1f},{place[1]:.1f})"
    path = {"d": shape(radius), "fill": colour, "transform": move}
    return element("path", **path, stroke="#fff", stroke_width=1.5)
