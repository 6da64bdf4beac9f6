"""An answer as text for people: a table, blocks where a table is too wide, or Markdown."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Final

from twingraph.vocab import TOPIC

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from twingraph.queries.answer import Answer, Value

FORMATS: Final = ("table", "csv", "tsv", "json", "markdown")
_WRAPPED: Final = 34  # a cell wider than this is wrapped in a table
_BETWEEN: Final = 3  # what a grid sets between two columns
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
    elif text.startswith(TOPIC):
        text = text.removeprefix(TOPIC)
    return " ".join(text.split())


def write_table(answer: Answer, base: str, file: TextIO) -> None:
    """Write an answer as a table, or row by row where the terminal is too narrow for one.

    Columns in which nothing is bound are left out.
    """
    found = answer.rows()
    everywhere = range(len(answer.columns))
    kept = [i for i in everywhere if any(row[i] is not None for row in found)] or everywhere
    columns = [answer.columns[i] for i in kept]
    rows = [[_text(row[i], base) for i in kept] for row in found]
    numbers = [all(isinstance(row[i], int | float | None) for row in found) for i in kept]
    width = shutil.get_terminal_size().columns if file.isatty() else _UNLIMITED
    widths = _fit([columns, *rows], width)
    if widths is None:
        _write_blocks(columns, rows, file, width)
    else:
        _write_grid(columns, rows, numbers, widths, file)


def _fit(lines: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """The width of each column, such that all fit side by side; None where they cannot."""
    by_column = list(zip(*lines, strict=True))
    widths = [max(map(_least_width, cells)) for cells in by_column]
    spare = width - sum(widths) - _BETWEEN * len(widths)
    if spare < 0:
        return None
    for i, cells in enumerate(by_column):
        more = min(max(map(len, cells)) - widths[i], spare)
        widths[i] += more
        spare -= more
    return widths


def _least_width(cell: str) -> int:
    """How narrow a cell may become: words are wrapped, never broken, and an id is one word."""
    return max(min(len(cell), _WRAPPED), *map(len, cell.split() or [""]))


def _write_grid(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[bool],
    widths: Sequence[int],
    file: TextIO,
) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column, is_number, width in zip(columns, numbers, widths, strict=True):
        table.add_column(column, justify="right" if rows and is_number else "left", width=width)
    for row in rows:
        table.add_row(*map(Text, row))
    # Without a height, a dumb terminal would be given 80 columns.
    whole = sum(widths) + _BETWEEN * len(widths)
    Console(file=file, width=whole, height=len(rows), highlight=False).print(table)


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
