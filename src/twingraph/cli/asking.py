"""`ask` and `query`: what is asked of a build."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from twingraph.cli.building import build_and_tell
from twingraph.cli.options import build_option, data_option, format_option
from twingraph.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import TextIO

    from twingraph.queries import Answer, Question
    from twingraph.store import Build


@click.command(epilog="Example: twingraph ask institutions-since since=1999 --format csv")
@click.argument("name", required=False)
@click.argument("parameters", metavar="[PARAM=VALUE]...", nargs=-1)
@build_option
@data_option
@format_option
def ask(
    name: str | None,
    parameters: Sequence[str],
    build_path: Path,
    data: Path,
    format_: str | None,
) -> None:
    """Ask a question of the catalogue. Without NAME, list the questions."""
    from twingraph import queries

    own = [folder for folder in (data / "queries",) if folder.is_dir()]
    if name is None:
        _list_questions(queries.read_catalogue(*own).values())
        return
    question = queries.find_question(name, *own)
    with _open(build_path, data) as opened:
        answer = queries.ask(opened, name, *own, **_read_parameters(parameters))
        _write(answer, opened.manifest["base"], format_)
    if len(answer) == 0:
        click.echo("no rows: nothing in this build answers the question", err=True)
    if question.see:
        click.echo(f"see also: {', '.join(question.see)}", err=True)


def _list_questions(questions: Iterable[Question]) -> None:
    for question in questions:
        click.echo(" ".join([question.name, *map(str, question.parameters)]))
        click.echo(f"    {question.question}")


def _read_parameters(parameters: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise QueryError(f"{parameter!r} is not a parameter; expected e.g. since=1999")
        if name in values:
            raise QueryError(f"the parameter {name!r} is given twice")
        values[name] = value
    return values


def _open(build_path: Path, data: Path) -> Build:
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
def query(file: TextIO, build_path: Path, data: Path, format_: str | None) -> None:
    """Run any SPARQL 1.1 query from FILE (`-`: standard input) over the union of all graphs.

    A CONSTRUCT or DESCRIBE is printed as N-Triples, an ASK as true or false.
    """
    from twingraph import queries

    try:
        text = file.read()
    except UnicodeDecodeError as error:
        raise QueryError(f"{file.name}: is not UTF-8: {error.reason}") from error
    with _open(build_path, data) as opened:
        results = queries.run(opened, text)
        if isinstance(results, queries.Answer):
            _write(results, opened.manifest["base"], format_)
        elif isinstance(results, bool) and format_ == "json":
            click.echo(f'{{"head":{{}},"boolean":{str(results).lower()}}}')
        elif format_ is not None:
            raise QueryError(f"what gives no rows cannot be printed as {format_}")
        elif isinstance(results, bool):
            click.echo(str(results).lower())
        else:
            click.echo(results, nl=False)
