"""An answer as text for people: a table, blocks where a table is too wide, or Markdown."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from twingraph.queries.answer import Answer, Value

FORMATS: Final = ("table", "csv", "tsv", "json", "markdown")
_WRAPPED: Final = 34  # a cell wider than this is wrapped in a table
_UNLIMITED: Final = 200  # the width of what is no terminal
_LINE: Final = 100  # the longest line of running text


def _text(value: Value, base: str) -> str:
    """A cell: a resource of the build as the id that a question takes, white space folded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if text.startswith(base):
        text = text.removeprefix(base).partition("/")[2] or text
    return " ".join(text.split())


def write_table(answer: Answer, base: str, file: TextIO) -> None:
    """Write an answer as a table, or row by row where the terminal is too narrow for one.

    Columns in which nothing is bound are left out.
    """
    found = answer.rows()
    kept = [i for i in range(len(answer.columns)) if any(row[i] is not None for row in found)]
    columns = [answer.columns[i] for i in kept] or list(answer.columns)
    rows = [[_text(row[i], base) for i in kept] for row in found]
    numbers = [all(isinstance(row[i], int | float | None) for row in found) for i in kept]
    width = shutil.get_terminal_size().columns if file.isatty() else _UNLIMITED
    wanted = (
        max(len(column), *(min(len(row[i]), _WRAPPED) for row in rows)) + 3
        for i, column in enumerate(columns if rows else ())
    )
    if sum(wanted) > width:
        _write_blocks(columns, rows, file, width)
    else:
        _write_grid(columns, rows, numbers, file, width)


def _write_grid(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[bool],
    file: TextIO,
    width: int,
) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i, column in enumerate(columns):
        is_number = bool(rows) and numbers[i]
        cells = max((len(row[i]) for row in rows), default=0)
        table.add_column(
            column,
            justify="right" if is_number else "left",
            no_wrap=cells <= _WRAPPED,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*map(Text, row))
    Console(file=file, width=width, highlight=False).print(table)


def _write_blocks(
    columns: Sequence[str], rows: Sequence[Sequence[str]], file: TextIO, width: int
) -> None:
    """Write each row as lines of column and value, rows parted by an empty line."""
    label = max(map(len, columns)) + 2
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            if cell:
                indent = " " * label
                lines = textwrap.fill(
                    cell,
                    max(min(width, _LINE), label + 20),
                    initial_indent=f"{column:{label}}",
                    subsequent_indent=indent,
                    break_on_hyphens=False,
                    break_long_words=False,
                )
                file.write(f"{lines}\n")
        file.write("\n")


def write_markdown(answer: Answer, base: str, file: TextIO) -> None:
    """Write an answer as a table in Markdown (GitHub's, a row a line)."""

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"

    file.write(line(list(answer.columns)))
    file.write(line(["---"] * len(answer.columns)))
    file.writelines(line([_text(value, base) for value in row]) for row in answer.rows())
