"""The example that the project ships, and small folders of records for tests."""

from __future__ import annotations

from pathlib import Path

from twingraph.datasets import read_edges, wikidata_source, write_dataset

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"

PAGE = """Main focus

  • Annual youth exchange of the youth council since 1993
  • Visits of citizens
"""

SMALL = {
    "municipalities.yaml": """
municipalities:
  - id: de/heidelberg
    label: {en: Heidelberg}
    country: de
  - id: jp/kumamoto
    label: {en: Kumamoto}
    country: jp
""",
    "institutions.yaml": """
institutions:
  - id: youth-council
    label: {en: Youth Council, de: Jugendrat}
    kind: Association
    based_in: de/heidelberg
""",
    "partnerships.yaml": """
partnerships:
  - id: heidelberg-kumamoto
    municipalities: [de/heidelberg, jp/kumamoto]
    kind: twinning
""",
    "sources/page/source.yaml": """
id: page
title: Main focus
url: https://example.org/page
language: en
partnership: heidelberg-kumamoto
as_of: 2021
as_of_reason: the page's own date
contacts:
  - name: Erika Mustermann
    office: Office of the Mayor
""",
    "sources/page/page.txt": PAGE,
    "sources/page/activities.yaml": """
activities:
  - id: youth-exchange
    label: {en: Youth exchange}
    form: YouthExchange
    topics: [youth]
    years: 1993/..
    organizers: [youth-council]
    quote: Annual youth exchange of the youth council since 1993
  - id: visits
    label: {en: Visits of citizens}
    form: Visit
    quote: Visits of citizens
""",
}


def write_folder(folder: Path, files: dict[str, str] | None = None) -> Path:
    """The small folder of records, with some files replaced or added."""
    for name, content in {**SMALL, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    return folder


def write_with_import(root: Path) -> Path:
    """The small folder below `root`, and in it an imported list of its two municipalities."""
    folder = write_folder(root / "data")
    (root / "relations.tsv").write_text("Q2966\tQ199889\n", encoding="utf-8")
    (root / "names.tsv").write_text("Q2966\tHeidelberg\nQ199889\tKumamoto\n", encoding="utf-8")
    source = wikidata_source("wikidata")
    write_dataset(read_edges(root / "relations.tsv", root / "names.tsv", source), folder)
    return folder
