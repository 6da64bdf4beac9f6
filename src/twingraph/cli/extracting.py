"""`extract`: pages to draft records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import FOLDER, PATH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.extract import Extracted


@click.command(
    epilog="Example: twingraph extract page.html --between de/heidelberg jp/kumamoto -o draft.yaml"
)
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True, type=PATH)
@click.option(
    "--between", nargs=2, metavar="A B", help="The municipalities, e.g. de/heidelberg jp/kumamoto."
)
@click.option(
    "--data",
    type=FOLDER,
    default=Path("data"),
    show_default=True,
    help="The records whose municipalities and institutions are known.",
)
@click.option(
    "-o", "--output", type=PATH, help="A .yaml file, or a folder: a source ready to build."
)
@click.option("--date", help="When the page was written (EDTF), if it does not say so.")
@click.option(
    "--language",
    type=click.Choice(["de", "en", "es", "fr", "ja"]),
    help="The language of the pages, if they do not show it.",
)
@click.option("--against", type=PATH, help="Records of the page as it was: what is new or gone?")
@click.option("--report", is_flag=True, help="List the text that was not taken for anything.")
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes to read with."
)
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

    extracting.spare_collector()
    known = extracting.read_known(data)
    options = extracting.Options(between or (), date, language)
    paths = extracting.find_pages(pages)
    if against is not None and len(paths) > 1:
        raise click.UsageError("--against compares one page")
    for whole in extracting.extract_files(paths, known, options, jobs):
        extracted = whole
        if against is not None:
            differences, extracted = extracting.compare_with(whole, against)
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
