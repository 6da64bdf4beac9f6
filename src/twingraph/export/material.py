"""What the files of a package are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
