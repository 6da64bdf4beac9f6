"""The command line: arguments -> one library call -> output and an exit code.

Results go to stdout, messages to stderr. Exit 0 done, 1 findings, 2 bad usage or input.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from twingraph.errors import QueryError, TwingraphError
from twingraph.show import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TextIO

    from twingraph.queries import Answer, Question
    from twingraph.store import Build
    from twingraph.store.pipeline import Summary

_FOLDER = click.Path(path_type=Path, file_okay=False)
_build_option = click.option(
    "--build",
    "build_path",
    type=_FOLDER,
    default=Path("build"),
    show_default=True,
    help="The build to read.",
)
_data_option = click.option(
    "--data",
    type=_FOLDER,
    default=Path("data"),
    show_default=True,
    help="The records: built first where there is no build; their queries/ adds questions.",
)
_format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="Default: table on a terminal, csv into a pipe. json is SPARQL 1.1 Results JSON.",
)


class _Group(click.Group):
    """Turns an error of ours into its message and exit code 2, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TwingraphError as error:
            _fail(str(error))


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: twingraph build data && twingraph ask institutions-since since=1999",
)
@click.version_option(package_name="twingraph")
def cli() -> None:
    """Turn what cities publish about their partnerships into a cited, queryable graph."""


def main() -> None:
    """The entry point of the command `twingraph`."""
    cli(prog_name="twingraph")


@cli.command(epilog="Example: twingraph build data -o build")
@click.argument("data", type=_FOLDER, default=Path("data"))
@click.option("-o", "--output", type=_FOLDER, default=Path("build"), show_default=True)
@click.option("--drafts", is_flag=True, help="Take in drafts, in graphs of their own, marked.")
@click.option("--force", is_flag=True, help="Build even when nothing has changed.")
def build(data: Path, output: Path, *, drafts: bool, force: bool) -> None:
    """Build the records below DATA (default: data) into a graph and a store.

    A broken folder builds nothing: every error is told, and the last good build stays.
    """
    _build(data, output, drafts=drafts, force=force)


def _build(data: Path, output: Path, *, drafts: bool = False, force: bool = False) -> None:
    from twingraph.store.pipeline import build_folder

    summary = build_folder(data, output, drafts=drafts, force=force, progress=_progress())
    _clear_progress()
    _tell(summary, data, output)


def _progress() -> Callable[[str, int], None] | None:
    if not sys.stderr.isatty():
        return None
    return lambda step, done: click.echo(f"\r\x1b[K{step}: {done:,} quads", err=True, nl=False)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)


def _tell(summary: Summary, data: Path, output: Path) -> None:
    state = "built" if summary.is_new else "unchanged since the last build"
    click.echo(f"{data} -> {output}: {state}", err=True)
    for name, number in summary.counts.items():
        click.echo(f"  {number:>9,} {name}", err=True)
    for warning in summary.warnings:
        click.echo(f"note: {warning}", err=True)


@cli.command(epilog="Example: twingraph ask institutions-since since=1999 --format csv")
@click.argument("name", required=False)
@click.argument("parameters", metavar="[PARAM=VALUE]...", nargs=-1)
@_build_option
@_data_option
@_format_option
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
        _build(data, build_path)
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


@cli.command(epilog="Example: echo 'SELECT ?s WHERE { ?s a ?class } LIMIT 3' | twingraph query -")
@click.argument("file", type=click.File(encoding="utf-8"))
@_build_option
@_data_option
@_format_option
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


@cli.command(epilog="Example: twingraph check data")
@click.argument("data", type=_FOLDER, default=Path("data"))
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


@cli.command(epilog="Example: twingraph schema > records.schema.json")
def schema() -> None:
    """Print the JSON Schema of the record files, for editors that complete and check them."""
    import json

    from twingraph.records import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
