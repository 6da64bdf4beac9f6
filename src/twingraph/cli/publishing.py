"""`site`: a build as static files for any web host."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import FOLDER, build_option, data_option

if TYPE_CHECKING:
    from twingraph.site import Site


@click.command(epilog="Example: twingraph site -o public --url https://city.example/partners/")
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    default=Path("public"),
    show_default=True,
    help="The folder to write; a former site in it is replaced.",
)
@build_option
@data_option
@click.option(
    "--url",
    metavar="URL",
    default="",
    help="The address of the site, for sitemap.xml and search engines. Default: the base of the "
    "IRIs, if it is your own.",
)
@click.option(
    "--quotes",
    type=click.Choice(["full", "short", "none"]),
    default="short",
    show_default=True,
    help="How much of the pages' words is shown: short is the first sentence of each quotation.",
)
@click.option("--allow-default-base", is_flag=True, help="Ship IRIs below the base of our example.")
def site(
    output: Path, build_path: Path, data: Path, url: str, quotes: str, *, allow_default_base: bool
) -> None:
    """Write a build as a website of files alone: no server, no database, any host.

    All or nothing. Pages in English and German, data beside each page, answers of the catalogue,
    pictures. Links are relative: the folder works at any address, and from a disk. Needs: pip
    install 'twingraph[site]'.
    """
    from twingraph.cli.asking import open_build_for
    from twingraph.cli.progress import Progress
    from twingraph.site import Options, write_site
    from twingraph.site.writing import PICTURES, STEPS

    options = Options(url, quotes, allow_default_base)
    with (
        open_build_for(build_path, data) as build,
        Progress({STEPS: STEPS, PICTURES: PICTURES}) as bar,
    ):
        written = write_site(build, output, data, options, progress=bar.show)
    click.echo(f"{build_path} -> {output}", err=True)
    _tell(written)


def _tell(written: Site) -> None:
    for end, (files, size) in written.files.items():
        click.echo(f"  {size:>12,} {end}: {files:,}", err=True)
    total = sum(size for _, size in written.files.values())
    number = sum(files for files, _ in written.files.values())
    click.echo(
        f"  {total:>12,} bytes in {number:,} files, of which {written.pages:,} pages", err=True
    )
    if not written.url:
        click.echo(
            "note: without the site's address (--url) there is no sitemap.xml, "
            "and the links of 404.html are relative",
            err=True,
        )
