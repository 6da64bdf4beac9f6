"""`export`: a build as files that other tools read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import FOLDER, build_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@click.command(epilog="Example: twingraph export --tables tables --format parquet")
@click.option("--tables", type=FOLDER, required=True, help="The folder to write the tables to.")
@build_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["parquet", "csv", "both"]),
    help="Default: both; csv where pyarrow is not installed.",
)
def export(tables: Path, build_path: Path, format_: str | None) -> None:
    """Write a build as tables for DuckDB, pandas, Polars and R; keys are the IRIs.

    All or nothing; a former export in the folder is replaced. README.md beside the tables says what
    stands in them. Parquet needs pyarrow: pip install 'twingraph[tables]'.
    """
    from twingraph.export.tables import FORMATS, has_parquet, write_tables
    from twingraph.store import open_build

    formats = FORMATS if format_ in (None, "both") else (format_,)
    if format_ is None and not has_parquet():
        click.echo("note: CSV only; Parquet needs: pip install 'twingraph[tables]'", err=True)
        formats = ("csv",)
    with open_build(build_path) as build:
        rows = write_tables(build, tables, formats, _progress())
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    click.echo(f"{build_path} -> {tables}: {' and '.join(formats)}", err=True)
    for name, number in rows.items():
        click.echo(f"  {number:>9,} {name}", err=True)


def _progress() -> Callable[[str, int], None] | None:
    if not sys.stderr.isatty():
        return None
    return lambda step, done: click.echo(f"\r\x1b[K{done:,} {step}", err=True, nl=False)
