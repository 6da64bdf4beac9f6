"""Wikidata's P190 as a table of statements, with or without a header, beside a table of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twingraph.datasets.cells import read_cells
from twingraph.datasets.dataset import DEPRECATED, UNREADABLE, Dataset, Statement
from twingraph.datasets.times import YEAR, read_time
from twingraph.datasets.wikibase import ITEM
from twingraph.datasets.wikidata import UNKNOWN, Reading
from twingraph.errors import Finding, RecordErrors
from twingraph.facts import Municipality, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def read_edges(relations: Path, names: Path | None, source: Source) -> Dataset:
    """The partnerships of a table of statements, and the names of a table beside it.

    `relations` has two columns of items; or a header with `subject`, `object` and, as far as known,
    `P580`, `P582`, `precision` (of both) and `rank`. `names` has an item and a name a line.

    :raises FileError: if a file cannot be read.
    :raises RecordErrors: if a header names no subject or object.
    """
    reading = Reading(source)
    if names is not None:
        _read_names(names, reading)
    rows = read_cells(relations)
    first = next(rows, None)
    if first is None:
        return reading.finish()
    columns = {"subject": 0, "object": 1}
    if ITEM.fullmatch(first[1][0]) is None:
        columns = _read_header(relations, first[1])
    else:
        _read_edge(relations, first, columns, reading)
    for row in rows:
        _read_edge(relations, row, columns, reading)
    return reading.finish()


def _read_header(path: Path, cells: Sequence[str]) -> dict[str, int]:
    columns = {name: number for number, name in enumerate(cells)}
    if not {"subject", "object"} <= columns.keys():
        found = ", ".join(cells)
        message = f"found the columns {found}; expected subject and object, or items without header"
        raise RecordErrors([Finding(str(path), 1, "", message)])
    return columns


def _read_edge(
    path: Path, row: tuple[int, Sequence[str]], columns: Mapping[str, int], reading: Reading
) -> None:
    line, cells = row
    where = f"{path.name}:{line}"

    def cell(name: str) -> str:
        number = columns.get(name, len(cells))
        return cells[number].strip() if number < len(cells) else ""

    one, other = cell("subject"), cell("object")
    if len(cells) > len(columns) or not (ITEM.fullmatch(one) and ITEM.fullmatch(other)):
        message = f"found {cells!r:.100}; expected {len(columns)} cells, two of them items"
        reading.report.count(where, UNREADABLE, message)
        return
    if cell("rank") == "deprecated":
        reading.report.count(where, DEPRECATED)
        return
    start, end = (
        _read_cell(where, reading, cell(name), cell("precision")) for name in ("P580", "P582")
    )
    reading.know(one)
    reading.know(other)
    years = reading.interval(where, start, end)
    reading.joiner.add(Statement(where, one, other, years))


def _read_cell(where: str, reading: Reading, time: str, precision: str) -> str | None:
    if not time:
        return None
    found = read_time(time, int(precision) if precision.isdecimal() else YEAR)
    if found is None:
        reading.report.note(where, f"a time that is too vague: {time}, precision {precision}")
    return found


def _read_names(path: Path, reading: Reading) -> None:
    for line, cells in read_cells(path):
        item = cells[0].strip()
        name = cells[1].strip() if len(cells) > 1 else ""
        if ITEM.fullmatch(item) is None or not name:
            reading.report.note(f"{path.name}:{line}", f"a name that is none: {cells!r:.100}")
            continue
        known = reading.municipalities.get(item)
        if known is not None:
            reading.report.note(f"{path.name}:{line}", f"a second name: {name!r} of {item}")
            continue
        reading.municipalities[item] = Municipality(
            id=reading.id_of(item), label={UNKNOWN: name}, wikidata=item
        )
