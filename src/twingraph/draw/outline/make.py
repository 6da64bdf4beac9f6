"""Makes land.json, the coasts of maps, from Natural Earth as npm's world-atlas has it.

    python -m twingraph.draw.outline.make world-atlas-2.0.2.tgz

reads the package that `npm pack world-atlas@2.0.2` fetches. The coasts of scale 1:50 million lose
what a picture does not show: points within `_TOLERANCE` of the line without them, islands below
`_LEAST`, the Antarctic. Borders of states are left out: the picture takes no side in any.
"""

from __future__ import annotations

import json
import sys
import tarfile
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

_TOLERANCE: Final = 0.05  # degrees
_LEAST: Final = 0.02  # square degrees
_SOUTHERNMOST: Final = -60.0
_UNIT: Final = 0.01  # degrees; the file has whole numbers of it

_Point = tuple[float, float]


def main() -> None:
    """Write land.json beside this file."""
    with tarfile.open(sys.argv[1]) as package:
        version = json.load(package.extractfile("package/package.json"))["version"]  # type: ignore[arg-type]
        topology = json.load(package.extractfile("package/land-50m.json"))  # type: ignore[arg-type]
    rings = [ring for ring in _rings(topology) if _is_kept(ring)]
    rings = [_simplify(ring) for ring in rings]
    content = {
        "title": "Coasts of the world, simplified from 1:50 million",
        "source": f"Natural Earth 4.1.0, by npm world-atlas {version}",
        "licence": "public domain (Natural Earth); ISC (world-atlas)",
        "unit": _UNIT,
        "rings": sorted((_deltas(ring) for ring in rings), key=lambda ring: (-len(ring), ring)),
    }
    target = Path(__file__).with_name("land.json")
    text = json.dumps(content, separators=(",", ":"))
    target.write_text(text.replace("],[", "],\n[") + "\n", encoding="utf-8")


def _rings(topology: dict[str, Any]) -> list[list[_Point]]:
    """The rings of the land, in degrees (https://github.com/topojson/topojson-specification)."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"].values()
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for indices in polygon:
                ring: list[_Point] = []
                for index in indices:
                    points = arcs[index] if index >= 0 else arcs[~index][::-1]
                    ring += points[1:] if ring else points
                found.append(ring)
    return found


def _is_kept(ring: list[_Point]) -> bool:
    area = abs(sum(x * v - u * y for (x, y), (u, v) in pairwise([*ring, ring[0]]))) / 2
    return area >= _LEAST and max(y for _, y in ring) > _SOUTHERNMOST


def _simplify(ring: list[_Point]) -> list[_Point]:
    """The ring by Douglas and Peucker, in halves, since its ends are one point."""
    middle = len(ring) // 2
    return _thin(ring[: middle + 1])[:-1] + _thin(ring[middle:])[:-1]


def _thin(line: list[_Point]) -> list[_Point]:
    (x, y), (u, v) = line[0], line[-1]
    length = ((u - x) ** 2 + (v - y) ** 2) ** 0.5
    worst, at = 0.0, 0
    for index, (a, b) in enumerate(line[1:-1], start=1):
        cross = abs((u - x) * (b - y) - (v - y) * (a - x))
        off = cross / length if length else ((a - x) ** 2 + (b - y) ** 2) ** 0.5
        if off > worst:
            worst, at = off, index
    if worst <= _TOLERANCE:
        return [line[0], line[-1]]
    return _thin(line[: at + 1])[:-1] + _thin(line[at:])


def _deltas(ring: list[_Point]) -> list[int]:
    """The first point, then from each to the next: x, y, x, y …"""
    x = y = 0
    found = []
    for point in ring:
        here = (round(point[0] / _UNIT), round(point[1] / _UNIT))
        found += [here[0] - x, here[1] - y]
        x, y = here
    return found


if __name__ == "__main__":
    main()
