"""`build`, `check` and `schema`: what is done with a folder of records."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from twingraph.cli.options import FOLDER

if TYPE_CHECKING:
    from twingraph.store.pipeline import Summary

_STEPS: Final = {"reading records": "sources", "reasoning": "parts", "loading": "quads"}


@click.command(epilog="Example: twingraph build data -o build")
@click.argument("data", type=FOLDER, default=Path("data"))
@click.option("-o", "--output", type=FOLDER, default=Path("build"), show_default=True)
@click.option("--drafts", is_flag=True, help="Take in drafts, in graphs of their own, marked.")
@click.option("--force", is_flag=True, help="Build anew, even what has not changed.")
@click.option("--jobs", type=click.IntRange(1), help="Processes to work with (default: all cores).")
def build(data: Path, output: Path, *, drafts: bool, force: bool, jobs: int | None) -> None:
    """Build the records below DATA (default: data) into a graph and a store.

    A broken folder builds nothing: every error is told, and the last good build stays. Of sources
    that have not changed since, what the last build made of them is taken over.
    """
    build_and_tell(data, output, drafts=drafts, force=force, jobs=jobs)


def build_and_tell(
    data: Path,
    output: Path,
    *,
    drafts: bool = False,
    force: bool = False,
    jobs: int | None = None,
) -> None:
    """Build, with progress on a terminal, and tell what it came to."""
    from twingraph.cli.progress import Progress
    from twingraph.store.pipeline import build_folder

    try:
        with Progress(_STEPS) as bar:
            summary = build_folder(
                data, output, drafts=drafts, force=force, jobs=jobs, progress=bar.show
            )
    except KeyboardInterrupt:
        click.echo(f"{output}: the last whole build stays", err=True)
        raise
    _tell(summary, data, output)


def _tell(summary: Summary, data: Path, output: Path) -> None:
    state = "built" if summary.is_new else "unchanged since the last build"
    click.echo(f"{data} -> {output}: {state}", err=True)
    for name, number in summary.counts.items():
        click.echo(f"  {number:>9,} {name}", err=True)
    for warning in summary.warnings:
        click.echo(f"note: {warning}", err=True)


@click.command(epilog="Example: twingraph check data")
@click.argument("data", type=FOLDER, default=Path("data"))
def check(data: Path) -> None:
    """Check the records below DATA: records, quotations, SHACL shapes, check queries.

    Exit 1 when there are findings.
    """
    from twingraph.checks import check_folder

    violations = check_folder(data)
    for violation in violations:
        click.echo(violation)
    click.echo(f"{data}: {len(violations)} findings", err=True)
    sys.exit(1 if violations else 0)


@click.command(epilog="Example: twingraph schema > records.schema.json")
def schema() -> None:
    """Print the JSON Schema of the record files, for editors that complete and check them."""
    import json

    from twingraph.records import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
