"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from twingraph.show import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

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
user_option = click.option(
    "--user",
    help="Name to log in with; the password is read from TWINGRAPH_PASSWORD. "
    "Without it, a token is read from TWINGRAPH_TOKEN.",
)


service_option = click.option(
    "--service",
    metavar="URL",
    help="Let SERVICE ask this server, and no other; the rest is asked of the build.",
)


def remote_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that asks a remote store instead of a build."""
    options = (
        click.option("--endpoint", metavar="URL", help="Ask a remote store, by its query address."),
        click.option(
            "--timeout",
            type=click.FloatRange(0, min_open=True),
            help="Seconds for a whole answer of --endpoint or --service (default: 60).",
        ),
        user_option,
        click.option("--base", metavar="IRI", help="The base of the data's IRIs at --endpoint."),
    )
    for option in reversed(options):
        command = option(command)
    return command
