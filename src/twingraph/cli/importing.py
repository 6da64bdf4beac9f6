"""`import`: other people's lists of partnerships to records."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import FOLDER, PATH
from twingraph.cli.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from twingraph.datasets import Dataset, Report
    from twingraph.facts import Source


@dataclass(frozen=True, slots=True)
class _Target:
    """Where the dataset goes."""

    data: Path
    name: str | None
    report: Path | None
    replace: bool


@dataclass(frozen=True, slots=True)
class _Remote:
    """The endpoint, what is asked of it, and how."""

    endpoint: str | None
    countries: Sequence[str]
    languages: Sequence[str]
    contact: str | None
    pause: float
    page: int
    timeout: float


def _gathered(key: str, made: type, *options: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator: the command has options, whose values it is given as one value of a class."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def gathering(**given: Any) -> Any:
            values = {each.name: given.pop(each.name) for each in fields(made)}
            return command(**given, **{key: made(**values)})

        for option in reversed(options):
            gathering = option(gathering)
        return gathering

    return decorate


_target_options = _gathered(
    "target",
    _Target,
    click.option(
        "--data",
        type=FOLDER,
        default=Path("data"),
        show_default=True,
        help="The records to which the dataset is added, as sources/<id>.",
    ),
    click.option("--as", "name", metavar="ID", help="The dataset's id, which begins its ids."),
    click.option("--replace", is_flag=True, help="In the place of an earlier import."),
    click.option("--report", type=PATH, help="Write what became of each row, as TSV; - is stdout."),
)
_remote_options = _gathered(
    "remote",
    _Remote,
    click.option(
        "--endpoint", metavar="URL", help="SPARQL endpoint, e.g. https://query.wikidata.org/sparql."
    ),
    click.option(
        "--country",
        "countries",
        metavar="ITEM",
        multiple=True,
        help="Beside --endpoint: e.g. Q183.",
    ),
    click.option(
        "--language",
        "languages",
        metavar="TAG",
        multiple=True,
        help="Beside --endpoint: names in this language only [default: in all].",
    ),
    click.option(
        "--contact", metavar="MAIL", help="Beside --endpoint: how its operators can reach you."
    ),
    click.option(
        "--pause",
        type=click.FloatRange(0),
        default=1.0,
        show_default=True,
        help="Seconds between two requests to --endpoint.",
    ),
    click.option(
        "--page",
        type=click.IntRange(1, 1000),
        default=100,
        show_default=True,
        help="Municipalities a page of --endpoint.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(0, min_open=True),
        default=300.0,
        show_default=True,
        help="Seconds for a whole answer of --endpoint, with all that is tried again.",
    ),
)


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
@_remote_options
@click.option("--retrieved", metavar="DATE", help="When it was taken from Wikidata (EDTF).")
@_target_options
def wikidata(
    entities: Sequence[Path],
    edges: Path | None,
    names: Path | None,
    remote: _Remote,
    retrieved: str | None,
    target: _Target,
) -> None:
    """Import Wikidata's twinned administrative bodies (P190), with their years (P580, P582).

    With --retrieved, what has a start and no end goes on until that year. What --endpoint gave is
    kept until all of it is there: the same command goes on after a failure.

    \b
    twingraph import wikidata --endpoint https://query.wikidata.org/sparql --country Q183
    """
    from twingraph import datasets

    _check_forms(entities, edges, names, remote)
    source = datasets.wikidata_source(target.name or "wikidata", retrieved)
    if remote.endpoint is not None:
        _fetch(remote.endpoint, remote, source, target)
    elif edges is not None:
        _finish(datasets.read_edges(edges, names, source), target)
    else:
        _finish(datasets.read_entities(entities, source), target)


def _check_forms(
    entities: Sequence[Path], edges: Path | None, names: Path | None, remote: _Remote
) -> None:
    if sum((bool(entities), edges is not None, remote.endpoint is not None)) != 1:
        raise click.UsageError("expected --entities or --edges or --endpoint")
    if names is not None and edges is None:
        raise click.UsageError("--names stands beside --edges")
    if (remote.endpoint is None) == bool(remote.countries):
        raise click.UsageError("--endpoint and --country stand beside each other")
    if remote.endpoint is None and (remote.languages or remote.contact):
        raise click.UsageError("--language and --contact stand beside --endpoint")


def _fetch(endpoint: str, remote: _Remote, source: Source, target: _Target) -> None:
    from twingraph import datasets
    from twingraph.endpoint import Endpoint, Manners

    wanted = datasets.Wanted(
        endpoint, tuple(remote.countries), tuple(remote.languages), remote.page
    )
    manners = Manners(remote.contact, remote.pause)
    select = Endpoint(endpoint, timeout=remote.timeout, manners=manners).select
    datasets.find_target(source.id, target.data, replace=target.replace)
    folder = target.data / f".import-{source.id}"
    with (
        Progress(datasets.UNITS) as progress,
        datasets.fetch_dataset(select, wanted, folder, source, progress.show) as dataset,
    ):
        _finish(dataset, target)


@import_.command(epilog="Example: twingraph import table cities.csv --mapping mapping.yaml")
@click.argument("table", type=PATH)
@click.option(
    "--mapping", type=PATH, required=True, help="YAML: which column is what (docs/datasets.md)."
)
@_target_options
def table(table: Path, mapping: Path, target: _Target) -> None:
    """Import a table of partnerships: CSV, TSV or XLSX."""
    from twingraph import datasets

    known = datasets.read_mapping(mapping, target.name)
    _finish(datasets.read_table_dataset(table, known, mapping), target)


def _finish(dataset: Dataset, target: _Target) -> None:
    from twingraph.datasets import write_dataset

    for line in _summary(dataset.report):
        click.echo(line, err=True)
    if target.report is not None:
        lines = ["row\twhat\n", *(f"{row}\t{what}\n" for row, what in dataset.report.told)]
        with click.open_file(str(target.report), "w", encoding="utf-8") as file:
            file.writelines(lines)
    folder = write_dataset(dataset, target.data, replace=target.replace)
    click.echo(
        f"{folder}: {len(dataset.partnerships):,} partnerships of "
        f"{len(dataset.municipalities):,} municipalities, {len(dataset.cited):,} cited sources",
        err=True,
    )


def _summary(report: Report) -> list[str]:
    lines = [f"{report.read:,} rows"]
    lines += [f"  {number:,} {outcome}" for outcome, number in sorted(report.rows.items())]
    return lines + [f"note: {n:,} {what}" for what, n in sorted(report.notes.items()) if n]
