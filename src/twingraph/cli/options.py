"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from twingraph.show import FORMATS

FOLDER = click.Path(path_type=Path, file_okay=False)
PATH = click.Path(path_type=Path, allow_dash=True)
build_option = click.option(
    "--build",
    "build_path",
    type=FOLDER,
    default=Path("build"),
    show_default=True,
    help="The build to read.",
)
data_option = click.option(
    "--data",
    type=FOLDER,
    default=Path("data"),
    show_default=True,
    help="The records: built first where there is no build; their queries/ adds questions.",
)
format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="Default: table on a terminal, csv into a pipe. json is SPARQL 1.1 Results JSON.",
)
