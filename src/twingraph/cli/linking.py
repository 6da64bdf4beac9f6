"""`link`: candidates for links to another dataset, for a person to review."""

from __future__ import annotations

from pathlib import Path

import click

from twingraph.cli.options import FOLDER


@click.command(epilog="Example: twingraph link --to wikidata")
@click.option(
    "--to",
    required=True,
    metavar="DATASET",
    help="An imported dataset, a source of your own, or geonames.",
)
@click.option("--data", type=FOLDER, default=Path("data"), show_default=True, help="The records.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="The least confidence of a candidate.",
)
def link(to: str, data: Path, threshold: float) -> None:
    """Offer links between what is yours and what another dataset has.

    Municipalities are matched, then institutions, then activities. DATASET may be a source of your
    own: the institutions and activities that it alone tells are matched with those of all others,
    so the same exchange that two pages tell is found.

    Candidates are added to links/DATASET.sssom.tsv below the data folder, where a person decides:
    accepted is mapping_justification semapv:ManualMappingCuration with a reviewer_label, rejected
    is predicate_modifier Not. `build` takes what is accepted; what was decided stays.
    """
    from twingraph.extract import spare_collector
    from twingraph.link import offer_links

    spare_collector()
    offered = offer_links(data, to, threshold)
    for line in offered.dropped:
        click.echo(f"dropped: {line}", err=True)
    unmatched = ", ".join(f"{number} {kind}" for kind, number in offered.unmatched.items())
    click.echo(
        f"{offered.path}: {offered.new} new, {offered.pending} to be reviewed, "
        f"{offered.accepted} accepted, {offered.rejected} rejected; "
        f"no match for {unmatched or 'nothing: it has nothing to be matched'}",
        err=True,
    )
