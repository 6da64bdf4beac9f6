"""README.md of a package: for the person who downloads it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph.export.material import read_table
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
    return _inline(in_english(texts))


def _inline(text: str) -> str:
    return " ".join(escape(text, quote=False).split())


class Clause(NamedTuple):
    """What is said of rights; and where it is of sources, the title and the licence of each."""

    says: str
    sources: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        listed = "; ".join(f"{title} ({licence})" for title, licence in self.sources)
        return f"{self.says}: {listed}." if listed else f"{self.says}."


def tell_rights(
    material: Material, metadata: Metadata, quotes: str, datasets: Collection[str]
) -> list[Clause]:
    """What is to be said of rights: whose the records, imported lists and quoted words are.

    `datasets` has the IRIs of the sources that are lists. What a list cites has no words here.
    """
    lists, pages = [], []
    for row in read_table(material, "sources"):
        if row["source"] in datasets:
            lists.append(row)
        elif not row["source"].startswith(tuple(f"{iri}/" for iri in datasets)):
            pages.append(row)
    licence = metadata.record.licence
    told = [Clause(f"The records are under {licence}" if licence else "No licence is stated")]
    if lists:
        told.append(_of("What imported lists state is under the licence of each", lists))
    told.append(Clause(HELD[quotes]))
    if pages and quotes != "none":
        told.append(_of("The words belong to the pages' publishers", pages))
    return told


def _of(says: str, sources: Sequence[Mapping[str, str]]) -> Clause:
    if len(sources) > _MOST_SOURCES:
        return Clause(f"{says}: the table of sources has the licence of each")
    named = ((each["title"], each["licence"] or "no licence stated") for each in sources)
    return Clause(says, tuple(named))


def write_about(
    metadata: Metadata,
    distributions: Sequence[Distribution],
    rights: Sequence[Clause],
    rows: Mapping[str, int],
) -> str:
    """The text of README.md; `rows` has the number of rows by table."""
    return "\n".join(_lines(metadata, distributions, rights, rows)) + "\n"


def _lines(
    metadata: Metadata,
    distributions: Sequence[Distribution],
    rights: Sequence[Clause],
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
    for clause in rights:
        yield f"- {_inline(clause.says)}{':' if clause.sources else '.'}"
        # A title in quotation marks begins no heading and no list of its own.
        yield from (f"  - “{_inline(title)}”: {_inline(of)}" for title, of in clause.sources)
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
