"""`ask` and `query`: what is asked of a build, or of a remote store."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from twingraph.cli.building import build_and_tell
from twingraph.cli.options import (
    build_option,
    data_option,
    format_option,
    remote_options,
    service_option,
)
from twingraph.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    from twingraph.queries import Answer, Question
    from twingraph.queries.run import Target
    from twingraph.store import Build

_TIMEOUT = 60  # seconds for the answer of a remote store


@dataclass(frozen=True, slots=True)
class _Remote:
    """What the options say of a remote store."""

    endpoint: str | None
    timeout: float | None
    user: str | None
    base: str | None
    service: str | None

    def check(self) -> None:
        """Refuse options of which one would be without effect."""
        if self.endpoint is None and (self.user, self.base) != (None, None):
            raise click.UsageError("--user and --base go with --endpoint")
        if (self.endpoint, self.service) == (None, None) and self.timeout is not None:
            raise click.UsageError("--timeout has to go with --endpoint or --service")
        if None not in (self.endpoint, self.service):
            raise click.UsageError("a store at --endpoint asks others itself: without --service")
        source = click.get_current_context().get_parameter_source("build_path")
        if self.endpoint is not None and source is not ParameterSource.DEFAULT:
            raise click.UsageError("--build and --endpoint exclude each other")


@click.command(epilog="Example: twingraph ask institutions-since since=1999 --format csv")
@click.argument("name", required=False)
@click.argument("parameters", metavar="[PARAM=VALUE]...", nargs=-1)
@build_option
@data_option
@format_option
@remote_options
@service_option
def ask(
    name: str | None,
    parameters: Sequence[str],
    build_path: Path,
    data: Path,
    format_: str | None,
    endpoint: str | None,
    timeout: float | None,
    user: str | None,
    base: str | None,
    service: str | None,
) -> None:
    """Ask a question of the catalogue. Without NAME, list the questions."""
    from twingraph import queries

    own = [folder for folder in (data / "queries",) if folder.is_dir()]
    if name is None:
        _list_questions(queries.read_catalogue(*own).values())
        _list_questions(queries.read_federated().values(), "asks another server: --service URL")
        return
    question = queries.find_question(name, *own)
    remote = _Remote(endpoint, timeout, user, base, service)
    with _open(build_path, data, remote, question.text) as target:
        answer = queries.ask(target, name, *own, **read_parameters(parameters))
        _write(answer, target.mint.base, format_)
    if len(answer) == 0:
        click.echo("no rows: nothing in this graph answers the question", err=True)
    if question.see:
        click.echo(f"see also: {', '.join(question.see)}", err=True)


def _list_questions(questions: Iterable[Question], note: str = "") -> None:
    for question in questions:
        click.echo(" ".join([question.name, *map(str, question.parameters)]))
        click.echo(f"    {question.question}" + (f" ({note})" if note else ""))


def read_parameters(parameters: Sequence[str]) -> dict[str, str]:
    """The values by name of what stands as `name=value`.

    :raises QueryError: if one does not, or is given twice.
    """
    values: dict[str, str] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise QueryError(f"{parameter!r} is not a parameter; expected e.g. since=1999")
        if name in values:
            raise QueryError(f"the parameter {name!r} is given twice")
        values[name] = value
    return values


@contextmanager
def _open(build_path: Path, data: Path, remote: _Remote, sparql: str = "") -> Iterator[Target]:
    """What is asked: the remote store, or the build, which is built first where there is none.

    With --service, what a SERVICE of the question `sparql` names is asked of that server.
    """
    remote.check()
    if remote.endpoint is None:
        with open_build_for(build_path, data) as build, _ended_by_interrupt():
            yield build if remote.service is None else _federate(build, remote, sparql)
    else:
        from twingraph.endpoint import Endpoint, read_credentials
        from twingraph.vocab import DEFAULT_BASE

        yield Endpoint(
            remote.endpoint,
            base=remote.base or DEFAULT_BASE,
            credentials=read_credentials(remote.user),
            timeout=remote.timeout or _TIMEOUT,
        )


def _federate(build: Build, remote: _Remote, sparql: str) -> Target:
    """The build, and beside it the server of --service, which a question may name otherwise."""
    from twingraph.endpoint import Endpoint
    from twingraph.queries.federated import Federated, find_service

    url = str(remote.service)
    endpoint = Endpoint(url, timeout=remote.timeout or _TIMEOUT)
    return Federated(build, find_service(sparql) or url, endpoint)


@contextmanager
def _ended_by_interrupt() -> Iterator[None]:
    """Let Ctrl-C end the process: Python does not hear it while the engine works on an answer."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def open_build_for(build_path: Path, data: Path) -> Build:
    """The build; built first from `data` where there is none, with a warning where it is older."""
    from twingraph.store import open_build
    from twingraph.store.generations import find_current
    from twingraph.store.inputs import has_changed

    current = find_current(build_path)
    if current is None and data.is_dir():
        build_and_tell(data, build_path)
    elif current is not None and data.is_dir() and has_changed(current, data):
        click.echo(f"{data} has changed since the build: run `twingraph build {data}`", err=True)
    return open_build(build_path)


def _write(answer: Answer, base: str, format_: str | None) -> None:
    from twingraph import show

    chosen = format_ or ("table" if sys.stdout.isatty() else "csv")
    if chosen == "table":
        show.write_table(answer, base, sys.stdout)
    elif chosen == "markdown":
        show.write_markdown(answer, base, sys.stdout)
    else:
        click.echo(answer.serialize(chosen), nl=chosen == "json")


@click.command(epilog="Example: echo 'SELECT ?s WHERE { ?s a ?class } LIMIT 3' | twingraph query -")
@click.argument("file", type=click.File(encoding="utf-8"))
@build_option
@data_option
@format_option
@remote_options
@service_option
def query(
    file: TextIO,
    build_path: Path,
    data: Path,
    format_: str | None,
    endpoint: str | None,
    timeout: float | None,
    user: str | None,
    base: str | None,
    service: str | None,
) -> None:
    """Run any SPARQL 1.1 query from FILE (`-`: standard input) over the union of all graphs.

    A CONSTRUCT or DESCRIBE is printed as N-Triples, an ASK as true or false.
    """
    from twingraph import queries

    try:
        text = file.read()
    except UnicodeDecodeError as error:
        raise QueryError(f"{file.name}: is not UTF-8: {error.reason}") from error
    remote = _Remote(endpoint, timeout, user, base, service)
    with _open(build_path, data, remote) as target:
        results = queries.run(target, text)
        if isinstance(results, queries.Answer):
            _write(results, target.mint.base, format_)
        elif isinstance(results, bool) and format_ == "json":
            click.echo(f'{{"head":{{}},"boolean":{str(results).lower()}}}')
        elif format_ is not None:
            raise QueryError(f"what gives no rows cannot be printed as {format_}")
        elif isinstance(results, bool):
            click.echo(str(results).lower())
        else:
            click.echo(results, nl=False)
