"""`plot`: pictures of a build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from twingraph.cli.asking import open_build_for, read_parameters
from twingraph.cli.options import PATH, build_option, data_option
from twingraph.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Sequence

# twingraph.plot.PICTURES has the same names; a test compares them.
PICTURES: Final = ("timeline", "decades", "topics", "network", "map")
_STDOUT: Final = Path("-")


@click.command(
    epilog="Example: twingraph plot timeline partnership=heidelberg-kumamoto lang=de -o time.svg"
)
@click.argument("picture", type=click.Choice(PICTURES))
@click.argument("parameters", metavar="[PARAM=VALUE]...", nargs=-1)
@click.option(
    "-o",
    "--output",
    type=PATH,
    required=True,
    help="The file: .svg, or .png where twingraph[pictures] is installed; - is standard output.",
)
@build_option
@data_option
def plot(
    picture: str, parameters: Sequence[str], output: Path, build_path: Path, data: Path
) -> None:
    """Draw a picture: of all, or of one partnership, municipality, institution or topic (NAME=ID).

    lang=de gives German words and names; most=N how much is shown of what is much: rows,
    topics, institutions, cities. A timeline with page=N shows the dated in the order of time, so
    many a page.
    """
    from twingraph.plot import plot as draw

    form = ".svg" if output == _STDOUT else output.suffix.lower()
    if form not in (".svg", ".png"):
        raise click.UsageError(f"-o {output}: expected a name that ends in .svg or .png")
    if not output.parent.is_dir():
        raise FileError(f"{output}: there is no folder {output.parent}")
    with open_build_for(build_path, data) as build:
        svg = draw(build, picture, **read_parameters(parameters))
    content = svg.encode()
    if form == ".png":
        from twingraph.draw.png import draw_png

        content = draw_png(svg)
    _write(output, content)


def _write(output: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    from twingraph.files import write_whole

    if output == _STDOUT:
        click.echo(content, nl=False)
    else:
        with write_whole(output) as file:
            file.write(content)
