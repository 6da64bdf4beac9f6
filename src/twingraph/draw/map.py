"""A map of municipalities and their partnerships, on the coasts of the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.draw.frame import BLUE, HALO, INNER, VERMILION, Body, Key, frame
from twingraph.draw.globe import (
    equal_earth,
    great_circle,
    mercator,
    project_ring,
    read_coasts,
    turn,
)
from twingraph.draw.outlines import clip, simplify
from twingraph.draw.svg import BOLD, element, fit, group, tooltip, trace, width_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from twingraph.draw.frame import About
    from twingraph.draw.globe import Point, Projection
    from twingraph.draw.outlines import Box
    from twingraph.draw.svg import Value

_HEIGHT: Final = 520
_MARGIN: Final = 60  # pixels around the places
_REGION: Final = 50.0  # degrees of longitude up to which a map is of a region
_REGION_TO: Final = 68.0  # and its highest latitude
_SMALLEST: Final = 0.4  # radians that a map shows at least
_FINEST: Final = 1.0  # pixels by which a coast may be off
_COAST: Final = 0.5  # pixels, of which the steps of a coast are multiples
_PAPER: Final = (-2.0, -2.0, INNER + 2.0, _HEIGHT + 2.0)  # beyond it, land is cut off
_SIZE: Final = 12
_SEA: Final = "#eef4f8"
_LAND: Final = "#d5d5cf"
_RADIUS: Final = 4.5
# From so many lines on, each is drawn so lightly.
_LIGHTNESS: Final = ((400, "0.15"), (60, "0.4"), (0, "0.8"))
_LONGEST: Final = 170


@dataclass(frozen=True, slots=True)
class Spot:
    """A municipality on the map; `is_main` where the map is about it."""

    iri: str
    name: str
    lat: float
    long: float
    is_main: bool = False


def draw_map(about: About, spots: Sequence[Spot], lines: Sequence[tuple[int, int]]) -> str:
    """A map as SVG: `lines` join two spots, by index, along great circles.

    Spots are named as long as no name would lie on another, the first ones first; what a pointer
    rests on is always named. Regions are drawn in Mercator's projection, more in Equal Earth.

    >>> from twingraph.draw.frame import About
    >>> spots = [Spot("https://example.org/a", "Heidelberg", 49.41, 8.69, is_main=True)]
    >>> draw_map(About("Map"), spots, []).count("data-iri")
    1
    """
    projection = _choose_projection(spots)
    drawn = [
        [projection(point) for point in piece]
        for one, other in lines
        for piece in great_circle(_place(spots[one]), _place(spots[other]))
    ]
    opacity = next(light for number, light in _LIGHTNESS if len(drawn) >= number)
    placed = [projection(_place(spot)) for spot in spots]
    to_paper = _fit_paper([*placed, *(point for piece in drawn for point in piece)])
    points = [to_paper(point) for point in placed]
    inner = "".join(
        (
            element("rect", width=INNER, height=_HEIGHT, fill=_SEA),
            element("path", d=_land(projection, to_paper), fill=_LAND, fill_rule="evenodd"),
            *(_line([to_paper(point) for point in piece], opacity) for piece in drawn),
            *_spots(spots, points),
        )
    )
    clipped = element("svg", inner, width=INNER, height=_HEIGHT, viewBox=f"0 0 {INNER} {_HEIGHT}")
    edge = element("rect", width=INNER, height=_HEIGHT, fill="none", stroke="#bbb")
    return frame(about, Body((clipped, edge), _HEIGHT, tuple(_keys(about, spots, lines))))


def _place(spot: Spot) -> Point:
    return spot.long, spot.lat


def _choose_projection(spots: Sequence[Spot]) -> Projection:
    longs = [turn(spot.long) for spot in spots]
    is_region = max(longs, default=180.0) - min(longs, default=-180.0) <= _REGION
    is_region = is_region and all(abs(spot.lat) <= _REGION_TO for spot in spots)
    return mercator if is_region else equal_earth


def _fit_paper(points: Sequence[Point]) -> Callable[[Point], Point]:
    """What brings all points onto the paper, as large as there is room."""
    xs, ys = [x for x, _ in points] or [-2.7, 2.7], [y for _, y in points] or [-1.3, 1.1]
    width = max(max(xs) - min(xs), _SMALLEST)
    height = max(max(ys) - min(ys), _SMALLEST)
    scale = min((INNER - 3 * _MARGIN) / width, (_HEIGHT - 2 * _MARGIN) / height)
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2

    def to_paper(point: Point) -> Point:
        return (
            INNER / 2 + (point[0] - middle_x) * scale,
            _HEIGHT / 2 + (point[1] - middle_y) * scale,
        )

    return to_paper


def _land(projection: Projection, to_paper: Callable[[Point], Point]) -> str:
    """The rings as far as they reach onto the paper, without the points that no eye tells apart."""
    found = []
    for ring in read_coasts():
        points = [to_paper(point) for point in project_ring(ring, projection)]
        kept = simplify(clip(points, _PAPER), _FINEST)
        if len(kept) > 2:  # noqa: PLR2004 - less is no area
            found.append(trace(kept, _COAST) + "z")
    return "".join(found)


def _line(points: Sequence[Point], opacity: str) -> str:
    return element(
        "path", d=trace(points), fill="none", stroke=BLUE, stroke_width=1.6, stroke_opacity=opacity
    )


def _spots(spots: Sequence[Spot], points: Sequence[Point]) -> Iterator[str]:
    """The marks, and above all of them the names."""
    taken: list[Box] = [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in points]
    order = sorted(range(len(spots)), key=lambda index: not spots[index].is_main)
    names: list[tuple[float, float, str, dict[str, Value]]] = []
    for index in order:
        x, y = points[index]
        spot = spots[index]
        label = fit(spot.name, _size(spot), _LONGEST)
        away = _RADIUS + (7 if spot.is_main else 3)
        box = next(
            (
                box
                for box in _boxes((x, y), width_of(label, _size(spot)) + 4, away)
                if _is_free(box, taken)
            ),
            None,
        )
        if box is not None:
            taken.append(box)
            style: dict[str, Value] = {"font_weight": "bold"} if spot.is_main else {}
            names.append((box[0] + 2, box[3] - 4, label, style))
    for index in reversed(order):
        yield _spot(spots[index], points[index])
    if names:
        halos = [words(x, y, name, _SIZE, **style) for x, y, name, style in names]
        yield group(*halos, **HALO)
    for x, y, name, style in names:
        yield words(x, y, name, _SIZE, **style)


def _size(spot: Spot) -> float:
    """The size that a name's width is of."""
    return _SIZE * (BOLD if spot.is_main else 1)


def _boxes(point: Point, width: float, away: float) -> Iterator[Box]:
    """Where a name may stand: right, left, above, below, and at the corners."""
    height = _SIZE + 3.0
    x, y = point
    for left, top in (
        (x + away, y - height / 2),
        (x - away - width, y - height / 2),
        (x - width / 2, y - away - height),
        (x - width / 2, y + away),
        (x + away, y - height - 1),
        (x + away, y + 1),
        (x - away - width, y - height - 1),
        (x - away - width, y + 1),
    ):
        if left >= 0 and left + width <= INNER and top >= 0 and top + height <= _HEIGHT:
            yield left, top, left + width, top + height


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    left, top, right, bottom = box
    return all(
        right <= other[0] or left >= other[2] or bottom <= other[1] or top >= other[3]
        for other in taken
    )


def _spot(spot: Spot, point: Point) -> str:
    return group(tooltip(spot.name), *_marks(point, is_main=spot.is_main), data_iri=spot.iri)


def _marks(point: Point, *, is_main: bool) -> Iterator[str]:
    x, y = point
    if is_main:
        yield element(
            "circle", cx=x, cy=y, r=_RADIUS + 4, fill="#fff", stroke=VERMILION, stroke_width=2
        )
    yield element(
        "circle", cx=x, cy=y, r=_RADIUS, fill=VERMILION if is_main else BLUE, stroke="#fff"
    )


def _keys(about: About, spots: Sequence[Spot], lines: Sequence[tuple[int, int]]) -> Iterator[Key]:
    mains = [spot for spot in spots if spot.is_main]
    if len(mains) == 1:
        yield Key("".join(_marks((18, 6), is_main=True)), mains[0].name)
    if len(mains) < len(spots):
        meaning = about.say("partner", "Partnerstadt") if mains else about.say("city", "Stadt")
        yield Key("".join(_marks((18, 6), is_main=False)), meaning)
    if lines:
        path = element("path", d="M0,6 h28", stroke=BLUE, stroke_width=1.6)
        meaning = about.say(
            "partnership, the shortest way over the globe",
            "Partnerschaft, der kürzeste Weg über den Globus",
        )
        yield Key(path, meaning)
    if not spots:
        yield Key("", about.say("no coordinates are known", "keine Koordinaten bekannt"))
