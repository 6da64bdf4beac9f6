"""Tables of other people, as rows of texts with their lines: CSV, TSV and XLSX."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Final

from twingraph.errors import FileError, Finding, RecordErrors
from twingraph.records import Reporter, read_bytes, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Row = tuple[int, list[str]]  # its line (from 1) in the file or sheet, and its cells

_DELIMITERS: Final = ("\t", ";", ",")


def read_cells(path: Path, sheet: str | None = None) -> Iterator[Row]:
    """The rows of a table that are not empty.

    The delimiter is taken from the name, or from the first line that is not empty. In TSV a
    quotation mark is a character as any other; in CSV it encloses a cell. Of XLSX the named sheet
    is read, or the first.

    :raises FileError: if the file, or the library that it needs, is missing.
    :raises RecordErrors: if it is no such table.
    """
    if not path.exists():
        raise FileError(f"{path}: no such file")
    rows = _read_sheet(path, sheet) if path.suffix.lower() == ".xlsx" else _read_lines(path)
    for line, cells in rows:
        if any(cell.strip() for cell in cells):
            yield line, cells


def _read_lines(path: Path) -> Iterator[Row]:
    findings: list[Finding] = []
    report = Reporter(str(path), findings)
    content = read_bytes(path, report)
    text = None if content is None else read_text(content, report)
    if text is None:
        raise RecordErrors(findings)
    first = text.lstrip("\r\n").partition("\n")[0]
    is_tsv = path.suffix.lower() in (".tsv", ".tab")
    delimiter = "\t" if is_tsv else max(_DELIMITERS, key=first.count)
    file = io.StringIO(text, newline="")
    if delimiter == "\t":
        rows = csv.reader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        rows = csv.reader(file, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in rows:
            yield line, cells
            line = rows.line_num + 1
    except csv.Error as error:
        report(line, "", f"is not CSV: {error}")
        raise RecordErrors(findings) from error


def _read_sheet(path: Path, sheet: str | None) -> Iterator[Row]:
    try:
        import openpyxl
    except ImportError as error:
        raise FileError(
            f"{path}: openpyxl is missing, which reads XLSX; pip install 'twingraph[datasets]'"
        ) from error
    from zipfile import BadZipFile

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise RecordErrors([Finding(str(path), 0, "", f"is not XLSX: {error}")]) from error
    try:
        if sheet is not None and sheet not in book.sheetnames:
            known = ", ".join(book.sheetnames)
            message = f"has no sheet {sheet!r}; it has {known}"
            raise RecordErrors([Finding(str(path), 0, "", message)])
        found = book[sheet] if sheet is not None else book.worksheets[0]
        for line, cells in enumerate(found.iter_rows(values_only=True), start=1):
            yield line, [_text_of(cell) for cell in cells]
    finally:
        book.close()


def _text_of(cell: object) -> str:
    """What a cell of a spreadsheet shows: a whole number without a point, a day without a time."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell)
