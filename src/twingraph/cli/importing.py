"""`import`: other people's lists of partnerships to records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import FOLDER, PATH
from twingraph.cli.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from twingraph.datasets import Dataset, Report


def _shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    options = (
        click.option(
            "--data",
            type=FOLDER,
            default=Path("data"),
            show_default=True,
            help="The records to which the dataset is added, as sources/<id>.",
        ),
        click.option("--as", "name", metavar="ID", help="The dataset's id, which begins its ids."),
        click.option("--replace", is_flag=True, help="In the place of an earlier import."),
        click.option(
            "--report", type=PATH, help="Write what became of each row, as TSV; - is stdout."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(
    name="import",
    epilog="Example: twingraph import wikidata --edges relations.tsv --names names.tsv",
)
def import_() -> None:
    """Turn another list of partnerships into records, apart from yours.

    They stand in sources/<id> below the data folder, with ids of their own (wikidata/Q350): a name
    that equals one of yours is a candidate for a link, never the same.
    """


@import_.command(
    epilog="Example: twingraph import wikidata --entities Q3955.json --retrieved 2026-11-01"
)
@click.option(
    "--entities", type=PATH, multiple=True, help="JSON of whole entities, as the API gives it."
)
@click.option("--edges", type=PATH, help="TSV: subject, object, and P580, P582, precision, rank.")
@click.option("--names", type=PATH, help="TSV beside --edges: item, name.")
@click.option(
    "--endpoint", metavar="URL", help="SPARQL endpoint, e.g. https://query.wikidata.org/sparql."
)
@click.option(
    "--country", "countries", metavar="ITEM", multiple=True, help="Beside --endpoint: e.g. Q183."
)
@click.option(
    "--language",
    "languages",
    metavar="TAG",
    multiple=True,
    help="Beside --endpoint: names in this language only [default: in all].",
)
@click.option(
    "--contact", metavar="MAIL", help="Beside --endpoint: how its operators can reach you."
)
@click.option(
    "--pause",
    type=click.FloatRange(0),
    default=1.0,
    show_default=True,
    help="Seconds between two requests to --endpoint.",
)
@click.option(
    "--page",
    type=click.IntRange(1, 1000),
    default=100,
    show_default=True,
    help="Municipalities a page of --endpoint.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=300.0,
    show_default=True,
    help="Seconds for a whole answer of --endpoint, with all that is tried again.",
)
@click.option("--retrieved", metavar="DATE", help="When it was taken from Wikidata (EDTF).")
@_shared_options
def wikidata(
    entities: Sequence[Path],
    edges: Path | None,
    names: Path | None,
    endpoint: str | None,
    countries: Sequence[str],
    languages: Sequence[str],
    contact: str | None,
    pause: float,
    page: int,
    timeout: float,
    retrieved: str | None,
    data: Path,
    name: str | None,
    report: Path | None,
    *,
    replace: bool,
) -> None:
    """Import Wikidata's twinned administrative bodies (P190), with their years (P580, P582).

    With --retrieved, what has a start and no end goes on until that year. What --endpoint gave is
    kept until all of it is there: the same command goes on after a failure.

    \b
    twingraph import wikidata --endpoint https://query.wikidata.org/sparql --country Q183
    """
    from twingraph import datasets

    if sum((bool(entities), edges is not None, endpoint is not None)) != 1:
        raise click.UsageError("expected --entities or --edges or --endpoint")
    if names is not None and edges is None:
        raise click.UsageError("--names stands beside --edges")
    if (endpoint is None) == bool(countries):
        raise click.UsageError("--endpoint and --country stand beside each other")
    source = datasets.wikidata_source(name or "wikidata", retrieved)
    if endpoint is not None:
        from twingraph.endpoint import Endpoint, Manners

        wanted = datasets.Wanted(endpoint, tuple(countries), tuple(languages), page)
        manners = Manners(contact, pause)
        select = Endpoint(endpoint, timeout=timeout, manners=manners).select
        datasets.find_target(source.id, data, replace=replace)
        folder = data / f".import-{source.id}"
        with (
            Progress(datasets.UNITS) as progress,
            datasets.fetch_dataset(select, wanted, folder, source, progress.show) as dataset,
        ):
            _finish(dataset, data, report, replace=replace)
        return
    if edges is not None:
        dataset = datasets.read_edges(edges, names, source)
    else:
        dataset = datasets.read_entities(entities, source)
    _finish(dataset, data, report, replace=replace)


@import_.command(epilog="Example: twingraph import table cities.csv --mapping mapping.yaml")
@click.argument("table", type=PATH)
@click.option(
    "--mapping", type=PATH, required=True, help="YAML: which column is what (docs/datasets.md)."
)
@_shared_options
def table(
    table: Path,
    mapping: Path,
    data: Path,
    name: str | None,
    report: Path | None,
    *,
    replace: bool,
) -> None:
    """Import a table of partnerships: CSV, TSV or XLSX."""
    from twingraph import datasets

    known = datasets.read_mapping(mapping, name)
    _finish(datasets.read_table_dataset(table, known, mapping), data, report, replace=replace)


def _finish(dataset: Dataset, data: Path, report: Path | None, *, replace: bool) -> None:
    from twingraph.datasets import write_dataset

    folder = write_dataset(dataset, data, replace=replace)
    for line in _summary(dataset.report):
        click.echo(line, err=True)
    click.echo(
        f"{folder}: {len(dataset.partnerships):,} partnerships of "
        f"{len(dataset.municipalities):,} municipalities, {len(dataset.cited):,} cited sources",
        err=True,
    )
    if report is not None:
        lines = ["row\twhat\n", *(f"{row}\t{what}\n" for row, what in dataset.report.told)]
        with click.open_file(str(report), "w", encoding="utf-8") as file:
            file.writelines(lines)


def _summary(report: Report) -> list[str]:
    lines = [f"{report.read:,} rows"]
    lines += [f"  {number:,} {outcome}" for outcome, number in sorted(report.rows.items())]
    return lines + [f"note: {n:,} {what}" for what, n in sorted(report.notes.items()) if n]
