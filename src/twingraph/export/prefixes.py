"""Prefixes of the package's files: Turtle, TriG, RDF/XML, JSON-LD.

None is the name of a property: in JSON-LD a name is one thing.
"""

from __future__ import annotations

from typing import Final

from twingraph import vocab

PREFIXES: Final = {
    "dc": vocab.DC,
    "dcterms": vocab.DCTERMS,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": vocab.FOAF,
    "frequency": vocab.FREQUENCY,
    "geo": vocab.GEO,
    "kinds": vocab.KIND,
    "org": vocab.ORG,
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "recurrences": vocab.RECURRENCE,
    "skos": vocab.SKOS,
    "tg": vocab.TG,
    "topics": vocab.TOPIC,
    "wd": vocab.WIKIDATA,
    "xsd": vocab.XSD,
}
