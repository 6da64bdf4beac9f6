"""`serve`: a build as a SPARQL endpoint, as Linked Data and as questions by address."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import click

from twingraph.cli.options import FOLDER, build_option
from twingraph.errors import FileError

_MEGABYTE: Final = 1 << 20


@click.command(epilog="Example: twingraph serve --port 8000 --timeout 10")
@build_option
@click.option(
    "--data",
    type=FOLDER,
    default=Path("data"),
    show_default=True,
    help="The records, of which queries/ adds questions. They are not built: `twingraph build`.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0: any free one.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="Processes that answer queries (default: two more than there are processors).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=30,
    show_default=True,
    help="Seconds for an answer; a query that takes longer is ended, and answered with 504.",
)
@click.option(
    "--memory",
    type=click.IntRange(64, 1 << 20),
    default=1024,
    show_default=True,
    help="Megabytes that a query may use.",
)
@click.option("--url", metavar="URL", help="The address that clients know, if it is another.")
@click.option(
    "--package", type=FOLDER, help="What `export --to` wrote, to be had under /download/."
)
@click.option("--log/--no-log", "is_logging", default=True, help="Log each request, as JSON.")
def serve(
    build_path: Path,
    data: Path,
    host: str,
    port: int,
    workers: int | None,
    timeout: float,
    memory: int,
    url: str | None,
    package: Path | None,
    *,
    is_logging: bool,
) -> None:
    """Serve a build: SPARQL at /sparql, each of its IRIs, the catalogue at /ask.

    Read-only. A newer build in the same folder is served as soon as it is whole. Ends with Ctrl-C
    or SIGTERM, once what was asked is answered. Needs: pip install 'twingraph[serve]'.
    """
    try:
        from twingraph.serve.logs import log_to
        from twingraph.serve.server import Limits, Served, listen, serve
    except ImportError as error:
        missing = (error.name or "a library").partition(".")[0]
        raise FileError(
            f"{missing} is missing, which the server needs; pip install 'twingraph[serve]'"
        ) from error
    log_to(sys.stderr, requests=is_logging)
    workers = workers or (os.cpu_count() or 1) + 2
    limits = Limits(workers=workers, timeout=timeout, memory=memory * _MEGABYTE)
    own = tuple(folder for folder in (data / "queries",) if folder.is_dir())
    with listen(host, port) as at:
        served = Served(build_path, own, package, url, data if data.is_dir() else None)
        serve(served, at, limits, lambda here: click.echo(f"{here} serves {build_path}"))
