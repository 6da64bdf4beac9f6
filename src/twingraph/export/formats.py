"""The table of writers: what a package can hold, and how each format is written and named.

The choices of the command line, the catalogue of a package and docs/package.md follow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.export.described import write_described_csv
from twingraph.export.jsonld import write_jsonld
from twingraph.export.network import write_gexf, write_graphml
from twingraph.export.rdf import write_nquads, write_nquads_gzip, write_trig, write_turtle
from twingraph.export.rdfxml import write_rdfxml
from twingraph.export.spreadsheet import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from twingraph.export.material import Material


@dataclass(frozen=True, slots=True)
class Format:
    """A format: where its file stands in a package, its media type, its code in the EU's list.

    Media types are IANA's; codes those of http://publications.europa.eu/resource/authority/file-type
    A path that ends in a slash is a folder, with a file for each table.
    """

    path: str
    media_type: str
    file_type: str
    description: str
    write: Callable[[Material, Path], None]
    is_compressed: bool = False


FORMATS: Final = {
    "nquads": Format(
        "data.nq",
        "application/n-quads",
        "RDF_N_QUADS",
        "The graph as N-Quads: each statement with the graph that tells it.",
        write_nquads,
    ),
    "nquads-gzip": Format(
        "data.nq.gz",
        "application/n-quads",
        "RDF_N_QUADS",
        "The same N-Quads, compressed.",
        write_nquads_gzip,
        is_compressed=True,
    ),
    "trig": Format(
        "data.trig",
        "application/trig",
        "RDF_TRIG",
        "The graph as TriG: a block for each graph.",
        write_trig,
    ),
    "turtle": Format(
        "data.ttl",
        "text/turtle",
        "RDF_TURTLE",
        "All statements as Turtle, whoever tells them: a block for each resource.",
        write_turtle,
    ),
    "rdfxml": Format(
        "data.rdf",
        "application/rdf+xml",
        "RDF_XML",
        "The same statements as RDF/XML.",
        write_rdfxml,
    ),
    "jsonld": Format(
        "data.jsonld",
        "application/ld+json",
        "JSON_LD",
        "The same statements as JSON-LD: activities with their passages and institutions.",
        write_jsonld,
    ),
    "csv": Format(
        "tables/",
        "text/csv",
        "CSV",
        "Tables as CSV, described by csv-metadata.json (CSVW) and datapackage.json (Frictionless).",
        write_described_csv,
    ),
    "xlsx": Format(
        "tables.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX",
        "The same tables for a spreadsheet: a sheet each; no cell is taken for a formula.",
        write_xlsx,
    ),
    "graphml": Format(
        "network.graphml",
        "application/xml",
        "XML",
        "Which institutions did how many things together, as GraphML for Gephi or networkx.",
        write_graphml,
    ),
    "gexf": Format(
        "network.gexf",
        "application/xml",
        "XML",
        "The same network as GEXF.",
        write_gexf,
    ),
}
