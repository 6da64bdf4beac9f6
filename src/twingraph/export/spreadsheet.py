"""The tables as one XLSX workbook. The only module that imports XlsxWriter.

A text stays what it was published as. Where a spreadsheet might take it for a formula, its cell is
marked as text (`quotePrefix`), which holds when a person edits the cell.
"""

from __future__ import annotations

import csv
from datetime import datetime
from importlib.util import find_spec
from inspect import unwrap
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Any, Final

from twingraph.errors import FileError
from twingraph.export.schema import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from twingraph.export.material import Material
    from twingraph.export.schema import Table

HINT: Final = "XLSX needs XlsxWriter: pip install 'twingraph[package]'"

_ROWS: Final = 1_048_575  # of a sheet, below the header
_WIDTH: Final = 24
_FIRST: Final = "about"
_RISKY: Final = frozenset("=+-@\t\r")
# A workbook names the day it was made: always the same one.
_MADE: Final = datetime(2000, 1, 1)
_NUMBERS: Final = {"year": int, "integer": int, "decimal": float}


def has_xlsx() -> bool:
    """Whether the library that writes XLSX is installed."""
    return find_spec("xlsxwriter") is not None


def write_xlsx(material: Material, target: Path) -> None:
    """Write the tables as a workbook: first what the columns are, then a sheet a table, filtered.

    It streams. A table with more rows than a sheet can have goes on in a second one.

    :raises FileError: if XlsxWriter is not installed.
    """
    if not has_xlsx():
        raise FileError(HINT)
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "tmpdir": str(target.parent),
    }
    with xlsxwriter.Workbook(str(target), options) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({"bold": True})
        risky = book.add_format({"quote_prefix": True})
        _write_about(book.add_worksheet(_FIRST), material.tables, head)
        for table in material.tables:
            with (material.csv / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
                rows = csv.reader(file)
                next(rows)
                for number in count(1):
                    first = next(rows, None)
                    if number > 1 and first is None:
                        break
                    name = table.name if number == 1 else f"{table.name} {number}"
                    more = chain([first] if first else [], islice(rows, _ROWS - 1))
                    _write_sheet(book.add_worksheet(name), table, more, (head, risky))


def _write_about(sheet: Any, tables: Iterable[Table], head: Any) -> None:
    """Write what each table and column is."""
    lines = [("table", "column", "type", "is")]
    for table in tables:
        lines.append((table.name, "", "", table.description))
        lines += ((table.name, c.name, TYPES[c.type], c.description) for c in table.columns)
    sheet.set_column(0, 2, _WIDTH)
    sheet.set_column(3, 3, 4 * _WIDTH)
    sheet.freeze_panes(1, 0)
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line, None if number else head)
    sheet.autofilter(0, 0, len(lines) - 1, 3)


def _write_sheet(
    sheet: Any, table: Table, rows: Iterable[list[str]], formats: tuple[Any, Any]
) -> None:
    head, risky = formats
    last = len(table.columns) - 1
    sheet.set_column(0, last, _WIDTH)
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, table.column_names, head)
    # Without what lets a place be written "A1": a tenth of the time of large tables goes there.
    kind = type(sheet)
    text, number, flag = map(unwrap, (kind.write_string, kind.write_number, kind.write_boolean))
    readers = [_NUMBERS.get(column.type) for column in table.columns]
    flags = [column.type == "flag" for column in table.columns]
    places = range(len(readers))
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, cell, read, is_flag in zip(places, row, readers, flags, strict=True):
            if not cell:
                continue
            if read is not None:
                number(sheet, count, place, read(cell))
            elif is_flag:
                flag(sheet, count, place, cell == "true")
            elif text(sheet, count, place, cell, risky if cell[0] in _RISKY else None):
                where = f"{table.name}, row {count}, {table.columns[place].name}"
                raise FileError(f"{where}: {len(cell):,} characters are more than a cell holds")
    sheet.autofilter(0, 0, count, last)
