"""A dataset -> a source folder of records, whole or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from twingraph.errors import FileError, IriError
from twingraph.records import record_as_yaml, write_records
from twingraph.vocab import is_dataset_id, refuse_dataset_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.datasets.dataset import Dataset
    from twingraph.facts import Record

# The names of what is written, and so of what may be replaced.
_TABLES: Final = ("municipalities", "partnerships", "cited")
_WRITTEN: Final = {"source.yaml", *(f"{name}.jsonl" for name in _TABLES)}


def write_dataset(dataset: Dataset, data: Path, *, replace: bool = False) -> Path:
    """Write a dataset below a data folder; the folder `sources/<id>` is returned.

    With `replace` it takes the place of an earlier import, and of nothing else.

    :raises FileError: if there is something already, no partnership, or it cannot be written.
    :raises IriError: if the dataset's id is none.
    """
    target = find_target(dataset.source.id, data, replace=replace)
    if not dataset.partnerships:
        raise FileError(
            f"{dataset.source.id}: no partnership could be read in {dataset.report.read:,} rows; "
            "nothing is written"
        )
    try:
        target.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=data, prefix=".import-") as name:
            made = Path(name) / "new"
            made.mkdir()
            _write(dataset, made)
            _put_in_place(made, target, Path(name) / "old")
    except OSError as error:
        raise FileError(f"{target}: cannot be written: {error.strerror or error}") from error
    return target


def find_target(identifier: str, data: Path, *, replace: bool = False) -> Path:
    """The folder to which a dataset of an id would be written.

    :raises FileError: if there is something already that may not be replaced, or no data folder.
    :raises IriError: if the id is none.
    """
    if not data.is_dir():
        raise FileError(f"{data}: no such folder; expected a folder of records")
    if not is_dataset_id(identifier):
        raise IriError(refuse_dataset_id(identifier))
    target = data / "sources" / identifier
    if target.exists():
        _check_replaceable(target, replace=replace)
    return target


def _check_replaceable(target: Path, *, replace: bool) -> None:
    if not replace:
        raise FileError(f"{target}: is there already; --replace puts this import in its place")
    others = sorted({path.name for path in target.iterdir()} - _WRITTEN)
    if others:
        raise FileError(
            f"{target}: holds what no import wrote, {', '.join(others)}; "
            "choose another id with --as"
        )


def _put_in_place(made: Path, target: Path, old: Path) -> None:
    """Move the new folder to where the old one is, which stays if that fails."""
    was_there = target.exists()
    if was_there:
        target.replace(old)
    try:
        made.replace(target)
    except OSError:
        if was_there:
            old.replace(target)
        raise


def _write(dataset: Dataset, folder: Path) -> None:
    with (folder / "source.yaml").open("w", encoding="utf-8") as file:
        file.write(record_as_yaml(dataset.source))
    for name in _TABLES:
        records: Sequence[Record] = getattr(dataset, name)
        if records:
            with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
                write_records(records, name, "jsonl", file)
