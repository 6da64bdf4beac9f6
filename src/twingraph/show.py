"""An answer as text for people: a table in a terminal, or Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import TextIO

    from twingraph.queries.answer import Answer, Value

FORMATS: Final = ("table", "csv", "tsv", "json", "markdown")


def _text(value: Value, base: str) -> str:
    """A cell: IRIs of the build without its base, truth values in words, white space folded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).removeprefix(base).split())


def write_table(answer: Answer, base: str, file: TextIO) -> None:
    """Write an answer as a table as wide as the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = answer.rows()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, column in enumerate(answer.columns):
        numbers = [row[index] for row in rows if row[index] is not None]
        is_number = bool(numbers) and all(isinstance(number, int | float) for number in numbers)
        table.add_column(column, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_text(value, base)) for value in row))
    Console(file=file, soft_wrap=False).print(table)


def write_markdown(answer: Answer, base: str, file: TextIO) -> None:
    """Write an answer as a table in Markdown (GitHub's, a row a line)."""

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"

    file.write(line(list(answer.columns)))
    file.write(line(["---"] * len(answer.columns)))
    file.writelines(line([_text(value, base) for value in row]) for row in answer.rows())
