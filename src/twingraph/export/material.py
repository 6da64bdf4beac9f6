"""What the files of a package are made of."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from twingraph.export.schema import Table


@dataclass(frozen=True, slots=True)
class Material:
    """The quads of a package, the union of their graphs, and the tables as CSV, all on disk.

    `base` is that of the data's IRIs.
    """

    base: str
    quads: Path
    union: Path
    csv: Path
    tables: tuple[Table, ...]


def read_table(material: Material, name: str) -> Iterator[dict[str, str]]:
    """The rows of a table, by the names of its columns."""
    with (material.csv / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        names = next(rows)
        yield from (dict(zip(names, row, strict=True)) for row in rows)
