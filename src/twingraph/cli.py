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

    from twingraph.extract import Extracted
    from twingraph.queries import Answer, Question
    from twingraph.store import Build
    from twingraph.store.pipeline import Summary

_FOLDER = click.Path(path_type=Path, file_okay=False)
_PATH = click.Path(path_type=Path, allow_dash=True)
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


@cli.command(
    epilog="Example: twingraph extract page.html --between de/heidelberg jp/kumamoto -o draft.yaml"
)
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True, type=_PATH)
@click.option(
    "--between", nargs=2, metavar="A B", help="The municipalities, e.g. de/heidelberg jp/kumamoto."
)
@_data_option
@click.option(
    "-o", "--output", type=_PATH, help="A .yaml file, or a folder: a source ready to build."
)
@click.option("--date", help="When the page was written (EDTF), if it does not say so.")
@click.option("--language", type=click.Choice(["de", "en", "es", "fr", "ja"]))
@click.option("--against", type=_PATH, help="Records of the page as it was: what is new or gone?")
@click.option("--report", is_flag=True, help="List the text that was not taken for anything.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True)
def extract(
    pages: Sequence[Path],
    between: tuple[str, str] | None,
    data: Path,
    output: Path | None,
    date: str | None,
    language: str | None,
    against: Path | None,
    *,
    report: bool,
    jobs: int,
) -> None:
    """Draft records from pages: HTML, text or Markdown files, folders of them, or `-`.

    Each value names the rule or label that made it (because:). A person reviews the drafts; `build`
    takes them only with --drafts. Institutions that DATA names are found under their ids, others
    are proposed.
    """
    from twingraph import extract as extracting

    known = extracting.read_known(data)
    options = extracting.Options(between or (), date, language)
    paths = extracting.find_pages(pages)
    if against is not None and len(paths) > 1:
        raise click.UsageError("--against compares one page")
    for extracted in extracting.extract_files(paths, known, options, jobs):
        if against is not None:
            differences, extracted = extracting.compare_with(extracted, against)  # noqa: PLW2901
            for difference in differences:
                click.echo(difference, err=output is None)
        _tell_extracted(extracted, report=report)
        if output is None:
            click.echo(extracting.drafts_as_yaml(extracted), nl=False)
        elif output.suffix in (".yaml", ".yml") and len(paths) == 1:
            extracting.write_drafts(extracted, output)
        else:
            folder = output if len(paths) == 1 else output / Path(extracted.page.name).stem
            extracting.write_source(extracted, folder, known, options)


def _tell_extracted(extracted: Extracted, *, report: bool) -> None:
    drafts = extracted.drafts
    click.echo(
        f"{extracted.page.name}: {len(drafts.activities)} activities, "
        f"{len(drafts.institutions)} institutions proposed, "
        f"{len(drafts.stages)} statements of the partnership, "
        f"{len(extracted.unread)} passages not taken for anything",
        err=True,
    )
    for note in extracted.page.notes:
        click.echo(f"note: {extracted.page.name}: {note}", err=True)
    for passage in extracted.unread if report else ():
        click.echo(f"unread: {extracted.page.name}:{passage}", err=True)


@cli.command(epilog="Example: twingraph schema > records.schema.json")
def schema() -> None:
    """Print the JSON Schema of the record files, for editors that complete and check them."""
    import json

    from twingraph.records import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
