"""`export`: a build as files that portals and other tools read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from twingraph.cli.options import FOLDER, build_option, data_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from twingraph.export.package import Options

# The table of writers, twingraph.export.FORMATS, has the same names; a test compares them.
_PACKAGE: Final = (
    *("nquads", "nquads-gzip", "trig", "turtle", "rdfxml", "jsonld"),
    *("csv", "xlsx", "graphml", "gexf"),
)
_TABLES: Final = ("parquet", "csv")


@click.command(epilog="Example: twingraph export --to dist && twingraph export --check dist")
@click.option("--to", type=FOLDER, help="Write the package for a data portal to this folder.")
@click.option("--check", type=FOLDER, help="Verify a package that was written earlier.")
@click.option("--tables", type=FOLDER, help="Write tables for DuckDB, pandas, Polars, R to it.")
@build_option
@data_option
@click.option(
    "--format",
    "formats",
    type=click.Choice(dict.fromkeys((*_PACKAGE, *_TABLES, "both"))),
    multiple=True,
    help="Write this format only; may be given several times. Default: all that the installed "
    "libraries can write. Of --tables: parquet, csv or both.",
)
@click.option(
    "--profile",
    type=click.Choice(["dcat-ap", "dcat-ap-de"]),
    default="dcat-ap",
    show_default=True,
    help="What the portal's catalogue demands; dcat-ap-de is GovData's.",
)
@click.option(
    "--quotes",
    type=click.Choice(["full", "short", "none"]),
    default="short",
    show_default=True,
    help="How much of the pages' words is shipped: short is the first sentence of each quotation.",
)
@click.option(
    "--with-contacts",
    is_flag=True,
    help="Ship the names of contacts; needs legal_basis in dataset.yaml.",
)
@click.option("--allow-default-base", is_flag=True, help="Ship IRIs below the base of our example.")
def export(
    to: Path | None,
    check: Path | None,
    tables: Path | None,
    build_path: Path,
    data: Path,
    formats: tuple[str, ...],
    profile: str,
    quotes: str,
    *,
    with_contacts: bool,
    allow_default_base: bool,
) -> None:
    """Write a build as a package for a data portal (--to), or as tables for analysts (--tables).

    All or nothing; a former export in the folder is replaced. The package has the graph in the
    formats of RDF, tables as CSV and XLSX, the network, and catalogues in DCAT-AP and schema.org,
    made of DATA/dataset.yaml. README.md beside it says what is in it.
    """
    if [to, check, tables].count(None) != 2:  # noqa: PLR2004 - one of the three
        raise click.UsageError("expected one of --to, --check, --tables")
    if check is not None:
        _check(check)
    elif tables is not None:
        _write_tables(build_path, tables, formats)
    elif to is not None:
        from twingraph.export.package import Options

        chosen = _choose_formats(formats)
        options = Options(chosen, profile, quotes, with_contacts, allow_default_base)
        _write_package(build_path, data, to, options)


def _choose_formats(formats: tuple[str, ...]) -> tuple[str, ...]:
    """The formats of a package: those asked for, else all that can be written here."""
    from twingraph.export.spreadsheet import HINT, has_xlsx

    if strange := [name for name in formats if name not in _PACKAGE]:
        raise click.UsageError(f"--format {strange[0]} goes with --tables")
    if formats or has_xlsx():
        return tuple(dict.fromkeys(formats)) or _PACKAGE
    click.echo(f"note: without the workbook; {HINT}", err=True)
    return tuple(name for name in _PACKAGE if name != "xlsx")


def _write_package(build_path: Path, data: Path, to: Path, options: Options) -> None:
    from twingraph.cli.building import build_and_tell
    from twingraph.cli.progress import Progress
    from twingraph.export.package import write_package
    from twingraph.export.quality import score_catalogue
    from twingraph.store import open_build
    from twingraph.store.generations import find_current

    if find_current(build_path) is None and data.is_dir():
        build_and_tell(data, build_path)
    with open_build(build_path) as build, Progress({"formats written": "formats"}) as bar:
        sizes = write_package(build, data, to, options, progress=bar.show)
    click.echo(f"{build_path} -> {to}: {', '.join(options.formats)}", err=True)
    for name, size in sizes.items():
        click.echo(f"  {size:>12,} {name}", err=True)
    click.echo(str(score_catalogue(to / "catalog.ttl")), err=True)


def _check(path: Path) -> None:
    from twingraph.export.quality import score_catalogue
    from twingraph.export.verify import check_package

    findings = check_package(path)
    for finding in findings:
        click.echo(finding)
    if findings:
        sys.exit(1)
    click.echo(f"{path}: every file is whole, and the one that was written", err=True)
    click.echo(str(score_catalogue(path / "catalog.ttl")), err=True)


def _write_tables(build_path: Path, tables: Path, given: tuple[str, ...]) -> None:
    from twingraph.export.tables import has_parquet, write_tables
    from twingraph.store import open_build

    if strange := [name for name in given if name not in (*_TABLES, "both")]:
        raise click.UsageError(f"--format {strange[0]} goes with --to")
    formats = _TABLES if not given or "both" in given else tuple(dict.fromkeys(given))
    if not given and not has_parquet():
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
