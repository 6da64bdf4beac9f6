"""The picture of a package: what was done when."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from twingraph.draw import Bar, draw_timeline
from twingraph.export.network import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from twingraph.export.material import Material

TIMELINE: Final = "timeline.svg"
_MOST: Final = 40  # rows


def write_timeline(material: Material, title: str, target: Path) -> None:
    """Draw the dated activities; where they are many, the partnerships with the most of them."""
    bars = _activity_bars(material)
    if bars is None:
        bars = _partnership_bars(material)
    target.write_text(draw_timeline(title, bars), encoding="utf-8")


def _bar(name: str, row: dict[str, str]) -> Bar | None:
    """The bar of an activity, from the first year it may have begun in to the last it is known in;
    None of one without a time."""
    years = [row[key] for key in ("earliest_start", "latest_start", "earliest_end", "latest_end")]
    known = [int(year) for year in years if year]
    if not known or row["is_planned"] == "true" or row["is_series"] == "true":
        return None
    return Bar(name, min(known), max(known), row["is_ongoing"] == "true")


def _activity_bars(material: Material) -> list[Bar] | None:
    """The bars of all dated activities, or None of too many."""
    bars: list[Bar] = []
    for row in read_table(material, "activities"):
        bar = _bar(row["name"], row)
        if bar is not None:
            bars.append(bar)
            if len(bars) > _MOST:
                return None
    return sorted(bars, key=lambda bar: (bar.start, bar.end, bar.name))


def _partnership_bars(material: Material) -> list[Bar]:
    names = {row["partnership"]: row["name"] for row in read_table(material, "partnerships")}
    homes = defaultdict(list)
    for row in read_table(material, "within"):
        homes[row["activity"]].append(row["partnership"])
    found: dict[str, list[Bar]] = defaultdict(list)
    for row in read_table(material, "activities"):
        if row["activity"] in homes and (bar := _bar("", row)) is not None:
            for partnership in homes[row["activity"]]:
                found[partnership].append(bar)
    most = sorted(found, key=lambda iri: (-len(found[iri]), iri))[:_MOST]
    bars = [
        Bar(
            f"{names.get(iri, '')} ({len(found[iri])})",
            min(bar.start for bar in found[iri]),
            max(bar.end for bar in found[iri]),
            any(bar.is_open for bar in found[iri]),
        )
        for iri in most
    ]
    return sorted(bars, key=lambda bar: (bar.start, bar.end, bar.name))
