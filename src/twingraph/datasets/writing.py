"""A dataset -> a source folder of records, whole or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from twingraph.errors import FileError
from twingraph.records import record_as_yaml, write_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.datasets.dataset import Dataset
    from twingraph.facts import Record


def write_dataset(dataset: Dataset, data: Path, *, replace: bool = False) -> Path:
    """Write a dataset below a data folder; the folder `sources/<id>` is returned.

    With `replace` it takes the place of an earlier import.

    :raises FileError: if there is something already, or it cannot be written.
    """
    if not data.is_dir():
        raise FileError(f"{data}: no such folder; expected a folder of records")
    target = data / "sources" / dataset.source.id
    if target.exists() and not replace:
        raise FileError(f"{target}: is there already; --replace puts this import in its place")
    if target.exists() and (target / "activities.yaml").exists():
        raise FileError(f"{target}: is a source with activities; choose another name with --as")
    try:
        target.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=data, prefix=".import-") as name:
            made = Path(name) / "new"
            made.mkdir()
            _write(dataset, made)
            if target.exists():
                target.replace(Path(name) / "old")
            made.replace(target)
    except OSError as error:
        raise FileError(f"{target}: cannot be written: {error.strerror or error}") from error
    return target


def _write(dataset: Dataset, folder: Path) -> None:
    with (folder / "source.yaml").open("w", encoding="utf-8") as file:
        file.write(record_as_yaml(dataset.source))
    tables: Sequence[tuple[str, Sequence[Record]]] = (
        ("municipalities", dataset.municipalities),
        ("partnerships", dataset.partnerships),
        ("cited", dataset.cited),
    )
    for name, records in tables:
        if records:
            with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
                write_records(records, name, "jsonl", file)
