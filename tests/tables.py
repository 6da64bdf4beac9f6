"""Tables that are exported for tests: of the example, and of a small folder with traps."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from twingraph.export import TABLES

if TYPE_CHECKING:
    from pathlib import Path

# Quotes, commas, bars, a line break, another script; the country and the name `NA`; IRIs of which
# one begins another (as terms, in angle brackets, they have another order).
NASTY = 'Say "hi", and | 熊本\r\nthen =go'
TRAPS = {
    "municipalities.yaml": """
municipalities:
  - {id: de/heidelberg, label: {en: Heidelberg}, country: de, lat: "49.40768", long: "8.69079"}
  - {id: na/na, label: {en: NA}, country: na}
  - {id: na/na-2, label: {en: Second}, country: na}
""",
    "partnerships.yaml": """
partnerships:
  - id: heidelberg-kumamoto
    municipalities: [de/heidelberg, na/na]
    kind: twinning
    stages:
      - {kind: friendship, years: 1982/1992, source: page}
      - {kind: twinning, years: 1992/.., source: page}
""",
    "sources/other/source.yaml": """
id: other
title: Another page
partnership: heidelberg-kumamoto
as_of: 2019
as_of_reason: the page's own date
""",
    "sources/other/activities.yaml": r"""
activities:
  - id: youth-exchange
    label: {en: Youth exchange, de: Jugendaustausch}
    form: SchoolExchange
    topics: [youth, climate]
    years: 1994/..
    organizers: [youth-council]
    held_in: [de/heidelberg]
  - id: nasty
    label: {en: "Say \"hi\", and | 熊本\r\nthen =go"}
    form: Festival
    years: "{1998,1999}"
    part_of: [whole]
  - id: whole
    label: {ja: 熊本, fr: Fête}
    years: 2030
    held_in: [na/na-2, na/na]
    part_of: [wider]
  - id: wider
    label: {de: Jahr}
""",
}


def read_csv(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table, as the cells of its CSV."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FILES = sorted(
    ["README.md", "manifest.json"]
    + [f"{table.name}.{format_}" for table in TABLES for format_ in ("csv", "parquet")]
)
