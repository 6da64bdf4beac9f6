"""The picture of a package: what was done when."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph.draw.frame import About
from twingraph.draw.timeline import Span, draw_timeline
from twingraph.export.material import read_table
from twingraph.plot import plot

if TYPE_CHECKING:
    from pathlib import Path

    from twingraph.export.material import Material
    from twingraph.store import Build

    Times = list[tuple[int, int, bool]]  # first year, last year, whether it goes on

TIMELINE: Final = "timeline.svg"
_MOST: Final = 60  # rows
_BOUNDS: Final = ("earliest_start", "latest_start", "earliest_end", "latest_end")
_TOLD: Final = (
    "A bar is from the first to the last year of a partnership's dated activities; "
    "behind its name is how many there are."
)


class Dated(NamedTuple):
    """How many activities are dated, and the bars of the partnerships with the most of them."""

    number: int
    spans: list[Span]


def write_timeline(build: Build, dated: Dated, title: str, target: Path) -> None:
    """Draw the activities; where many are dated, the partnerships with the most of them."""
    if dated.number <= _MOST:
        picture = plot(build, "timeline")
    else:
        about = About(title, f"{dated.number:,} dated activities", notes=(_TOLD,))
        picture = draw_timeline(about, dated.spans)
    target.write_text(picture, encoding="utf-8")


def read_dated(material: Material) -> Dated:
    """What the tables of a package tell of the timeline."""
    names = {row["partnership"]: row["name"] for row in read_table(material, "partnerships")}
    homes = defaultdict(list)
    for row in read_table(material, "within"):
        homes[row["activity"]].append(row["partnership"])
    number = 0
    found: dict[str, Times] = defaultdict(list)
    for row in read_table(material, "activities"):
        if (time := _read_time(row)) is not None:
            number += 1
            for partnership in homes.get(row["activity"], ()):
                found[partnership].append(time)
    most = sorted(found, key=lambda iri: (-len(found[iri]), iri))[:_MOST]
    spans = [_span(iri, names.get(iri, iri), found[iri]) for iri in most]
    return Dated(number, sorted(spans, key=lambda span: (span.certain, span.name, span.iri)))


def _read_time(row: dict[str, str]) -> tuple[int, int, bool] | None:
    """From the first year in which an activity may have begun to the last it is known in; None of
    one without a time, and of a series, of which the editions have it."""
    known = [int(row[key]) for key in _BOUNDS if row[key]]
    if not known or row["is_planned"] == "true" or row["is_series"] == "true":
        return None
    return min(known), max(known), row["is_ongoing"] == "true"


def _span(iri: str, name: str, times: Times) -> Span:
    first, last = min(time[0] for time in times), max(time[1] for time in times)
    goes_on = any(is_ongoing for *_, is_ongoing in times)
    told = f"{first}–{'' if goes_on else last}"
    return Span(iri, f"{name} ({len(times):,})", told, ((first, last),), is_ongoing=goes_on)
