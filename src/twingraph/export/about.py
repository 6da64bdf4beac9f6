"""README.md of a package: for the person who downloads it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from twingraph.export.network import read_table
from twingraph.export.quotes import HELD
from twingraph.export.timeline import TIMELINE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from twingraph.export.catalogue import Distribution
    from twingraph.export.material import Material
    from twingraph.export.metadata import Metadata

README: Final = "README.md"
_MOST_SOURCES: Final = 30  # listed; of more, the table of sources tells
_BESIDE: Final = {
    "catalog.ttl": "the catalogue for data portals, in DCAT-AP; `catalog.jsonld` is the same",
    "dataset.jsonld": "the same for dataset search, in schema.org",
    "void.ttl": "how many of what there is",
    "context.jsonld": "the short names of `data.jsonld`",
    "ontology/": "the ontology: what classes, properties and topics mean",
    "manifest.json": "the SHA-256 of each file; `twingraph export --check` compares them",
}


def in_english(texts: Mapping[str, str]) -> str:
    """A text in English, else in German, else in the first language by its tag."""
    return texts.get("en") or texts.get("de") or texts[min(texts)]


def _plain(texts: Mapping[str, str]) -> str:
    """The same on one line, and no markup of HTML."""
    return " ".join(escape(in_english(texts), quote=False).split())


def tell_rights(
    material: Material, metadata: Metadata, quotes: str, datasets: Collection[str]
) -> str:
    """What distributions say of rights: whose the records, imported lists and quoted words are.

    `datasets` has the IRIs of the sources that are lists. What a list cites has no words here.
    """
    lists, pages = [], []
    for row in read_table(material, "sources"):
        if row["source"] in datasets:
            lists.append(row)
        elif not row["source"].startswith(tuple(f"{iri}/" for iri in datasets)):
            pages.append(row)
    licence = metadata.record.licence
    told = [f"The records are under {licence}." if licence else "No licence is stated."]
    if lists:
        told.append(f"What imported lists state is under the licence of each: {_listed(lists)}.")
    told.append(HELD[quotes])
    if pages and quotes != "none":
        told.append(f"The words belong to the pages' publishers: {_listed(pages)}.")
    return " ".join(told)


def _listed(sources: Sequence[Mapping[str, str]]) -> str:
    if len(sources) > _MOST_SOURCES:
        return "the table of sources has the licence of each"
    return "; ".join(
        f"{source['title']} ({source['licence'] or 'no licence stated'})" for source in sources
    )


def write_about(
    metadata: Metadata,
    distributions: Sequence[Distribution],
    rights: str,
    rows: Mapping[str, int],
) -> str:
    """The text of README.md; `rows` has the number of rows by table."""
    lines = _lines(metadata, distributions, escape(rights, quote=False), rows)
    return "\n".join(lines) + "\n"


def _lines(
    metadata: Metadata,
    distributions: Sequence[Distribution],
    rights: str,
    rows: Mapping[str, int],
) -> Iterator[str]:
    yield f"# {_plain(metadata.title)}"
    yield ""
    yield _plain(metadata.description)
    yield ""
    yield f"![When: a bar for each of what is dated]({TIMELINE})"
    yield ""
    yield f"Published by {_plain(metadata.publisher.name)} at <{metadata.place}>."
    if contact := metadata.record.contact:
        how = f"<{contact.email}>" if contact.email else f"<{contact.url}>"
        yield f"Questions go to {_plain(contact.name)}: {how}."
    yield ""
    yield "## Files"
    yield ""
    yield "| file | bytes | holds |"
    yield "|---|---:|---|"
    for each in distributions:
        yield f"| `{each.path}` | {each.size:,} | {each.description} |"
    yield ""
    yield from (f"- `{name}`: {holds}." for name, holds in _BESIDE.items())
    yield ""
    yield "In a spreadsheet, open the workbook: a CSV keeps every text as it was published, and a"
    yield "spreadsheet may take one that begins with `=`, `+`, `-` or `@` for a formula."
    yield ""
    yield "## Rights"
    yield ""
    yield rights
    yield ""
    if (basis := metadata.record.legal_basis) and "contacts" in rows:
        yield f"Names of contacts are published on this basis: {_plain(basis)}"
        yield ""
    yield "## Counts"
    yield ""
    yield "| table | rows |"
    yield "|---|---:|"
    for name, number in rows.items():
        yield f"| {name} | {number:,} |"
