"""`push` and `rules`: a build into a remote store, and how a store infers for itself."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import build_option, user_option
from twingraph.vocab import DEFAULT_BASE, Minter

if TYPE_CHECKING:
    from pathlib import Path

_TOLD_EVERY = 10  # seconds between two lines of progress where stderr is no terminal


class _Progress:
    """Tells how far a push has come: on one line of a terminal, else on a line now and then."""

    def __init__(self) -> None:
        self._begun: tuple[float, int] | None = None
        self._told = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self._begun is None:
            self._begun = now, done
        since, before = self._begun
        rate = (done - before) / (now - since) if now > since else 0.0
        line = f"{done:,} of {total:,} triples"
        if rate:
            line += f", {rate:,.0f} a second, {(total - done) / rate:,.0f} s left"
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{line}", err=True, nl=done >= total)
        elif now - self._told >= _TOLD_EVERY:
            self._told = now
            click.echo(line, err=True)


@click.command(
    epilog="Example: twingraph push http://localhost:7878/query "
    "--graph-store http://localhost:7878/store"
)
@click.argument("endpoint")
@build_option
@click.option("--graph-store", metavar="URL", help="Load by the Graph Store Protocol, there.")
@click.option("--update", metavar="URL", help="Load by SPARQL Update, there [default: ENDPOINT].")
@user_option
@click.option(
    "--chunk", type=click.IntRange(1), help="Triples a request [default: 20000, or 2000]."
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=300,
    show_default=True,
    help="Seconds for one request.",
)
@click.option("--restart", is_flag=True, help="Begin anew: forget what is there already.")
@click.option("--allow-default-base", is_flag=True, help="Push the example, under its own IRIs.")
def push(
    endpoint: str,
    build_path: Path,
    graph_store: str | None,
    update: str | None,
    user: str | None,
    chunk: int | None,
    timeout: float,
    *,
    restart: bool,
    allow_default_base: bool,
) -> None:
    """Load a build into the remote store whose SPARQL queries go to ENDPOINT.

    Graph by graph, in chunks. What failed is continued by the same command. At the end every graph
    is counted. Graphs of an earlier build that this one does not have are dropped.
    """
    from twingraph.endpoint import Options, Store, push_build, read_credentials
    from twingraph.store import open_build

    if graph_store is not None and update is not None:
        raise click.UsageError("--graph-store and --update exclude each other")
    options = Options(read_credentials(user), timeout, chunk, restart, allow_default_base)
    with open_build(build_path) as build:
        pushed = push_build(
            build, Store(endpoint, graph_store, update), options=options, progress=_Progress()
        )
    for graph in pushed.dropped:
        click.echo(f"dropped <{graph}>, which is not in this build", err=True)
    click.echo(
        f"{build_path}: {pushed.triples:,} triples in {pushed.graphs} graphs are there, counted; "
        f"{pushed.sent:,} were sent now",
        err=True,
    )


@click.command(epilog="Example: twingraph rules --sparql > rules.ru")
@click.option(
    "--sparql", is_flag=True, required=True, expose_value=False, help="As SPARQL 1.1 Update."
)
@click.option("--base", metavar="IRI", default=DEFAULT_BASE, show_default=True, help="Of the data.")
def rules(base: str) -> None:
    """Print the rules of the closure, for a store that is to infer for itself.

    The text says what the store must hold before.
    """
    from twingraph.reason import shipped_rules
    from twingraph.reason.sparql import write_rules

    click.echo(write_rules(shipped_rules(), Minter(base)))
