"""Small descriptions in RDF: collected, and written as Turtle and JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from twingraph import vocab
from twingraph.quads import Term, iri_term, text_term
from twingraph.vocab import Iri

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyoxigraph

PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": vocab.DCTERMS,
    "foaf": vocab.FOAF,
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": vocab.SKOS,
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": vocab.XSD,
}


class Description:
    """Collects statements; names of classes and properties are written with a prefix.

    >>> told = Description()
    >>> told.add("https://data.example/#dataset", "dct:title", text_term("Data", "en"))
    >>> print(told.as_turtle().splitlines()[-1])
    <https://data.example/#dataset> dct:title "Data"@en .
    """

    def __init__(self) -> None:
        self._lines: set[str] = set()

    def add(self, subject: str, predicate: str, *terms: Term) -> None:
        """Say that a property of a subject, given by its IRI, has these values."""
        self._lines |= {f"<{subject}> <{expand(predicate)}> {term} .\n" for term in terms}

    def link(self, subject: str, predicate: str, *iris: str) -> None:
        """The same of values that are IRIs, or names with a prefix."""
        self.add(subject, predicate, *(iri_term(Iri(expand(iri))) for iri in iris))

    def text(self, subject: str, predicate: str, texts: Mapping[str, str]) -> None:
        """The same of a text in several languages."""
        self.add(subject, predicate, *(text_term(text, tag) for tag, text in texts.items()))

    def typed(self, subject: str, predicate: str, text: str, datatype: str) -> None:
        """The same of a value with a datatype."""
        self.add(subject, predicate, Term(f"{text_term(text)}^^<{expand(datatype)}>"))

    def concept(self, iri: str, scheme: str, label: str, *types: str) -> str:
        """Say what a portal's validator must know of a term of another's vocabulary; its IRI."""
        self.link(iri, "rdf:type", "skos:Concept", *types)
        self.link(iri, "skos:inScheme", scheme)
        self.text(iri, "skos:prefLabel", {"en": label})
        self.link(scheme, "rdf:type", "skos:ConceptScheme")
        self.text(scheme, "dct:title", {"en": scheme.rstrip("/").rsplit("/", 1)[-1]})
        return iri

    def as_turtle(self) -> str:
        """The statements as Turtle, in the order of their subjects."""
        import pyoxigraph

        content = self._serialize(pyoxigraph.RdfFormat.TURTLE)
        used = content.decode().splitlines(keepends=True)
        body = "".join(line for line in used if not line.startswith("@prefix"))
        kept = (x for x in used if x.startswith("@prefix") and f"{x.split()[1]}" in body)
        return "".join([*kept, body])

    def write(self, turtle: Path, jsonld: Path | None = None) -> None:
        """Write the statements as Turtle, and where asked as JSON-LD."""
        import pyoxigraph

        turtle.write_text(self.as_turtle(), encoding="utf-8")
        if jsonld is not None:
            content = json.loads(self._serialize(pyoxigraph.RdfFormat.JSON_LD))
            text = json.dumps(content, indent=1, ensure_ascii=False)
            jsonld.write_text(f"{text}\n", encoding="utf-8")

    def _serialize(self, format_: pyoxigraph.RdfFormat) -> bytes:
        import pyoxigraph

        lines = "".join(sorted(self._lines))
        quads = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
        triples = (quad.triple for quad in quads)
        return pyoxigraph.serialize(triples, format=format_, prefixes=PREFIXES) or b""


def expand(name: str) -> str:
    """The IRI of a name with a prefix; an IRI stays as it is."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name
