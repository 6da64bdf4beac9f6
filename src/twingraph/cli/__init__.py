"""The command line: arguments -> one library call -> output and an exit code.

Results go to stdout, messages to stderr. Exit 0 done, 1 findings, 2 bad usage or input, or what
cannot be written; 130 interrupted.
"""

from __future__ import annotations

import errno
import sys
from typing import Any, Final, NoReturn

import click

from twingraph.cli.asking import ask, query
from twingraph.cli.building import build, check, schema
from twingraph.cli.exporting import export
from twingraph.cli.extracting import extract
from twingraph.cli.importing import import_
from twingraph.cli.linking import link
from twingraph.cli.plotting import plot
from twingraph.cli.publishing import site
from twingraph.cli.remote import push, rules
from twingraph.cli.serving import serve
from twingraph.errors import TwingraphError

_INTERRUPTED: Final = 130  # as shells have it: 128 and the number of SIGINT


class _Group(click.Group):
    """Turns what goes wrong outside the program into a message and an exit code, no traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TwingraphError as error:
            _fail(str(error))
        except KeyboardInterrupt:
            _fail("interrupted", _INTERRUPTED)
        except OSError as error:
            if error.errno == errno.EPIPE:  # who reads has had enough: click ends quietly
                raise
            where = f"{error.filename}: " if error.filename else "the output cannot be written: "
            _fail(f"{where}{error.strerror or error}")


def _fail(message: str, code: int = 2) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)


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


for _command in (
    build,
    ask,
    query,
    check,
    export,
    extract,
    import_,
    link,
    plot,
    push,
    rules,
    schema,
    serve,
    site,
):
    cli.add_command(_command)
