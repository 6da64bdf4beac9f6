"""Names, in English and German, of what has none in the graph: terms of other vocabularies."""

from __future__ import annotations

from typing import Final

from twingraph import vocab
from twingraph.media import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from twingraph.vocab import FREQUENCY

NAMES: Final = {
    f"{vocab.SKOS}exactMatch": ("the same elsewhere", "anderswo dasselbe"),
    f"{vocab.SKOS}closeMatch": ("much the same elsewhere", "anderswo Ähnliches"),
    f"{vocab.SKOS}relatedMatch": ("related elsewhere", "anderswo verwandt"),
    f"{vocab.SKOS}note": ("note", "Anmerkung"),
    f"{vocab.SKOS}definition": ("definition", "Definition"),
    f"{vocab.SKOS}scopeNote": ("scope", "Umfang"),
    f"{vocab.SKOS}broader": ("broader", "Oberbegriff"),
    f"{vocab.SKOS}narrower": ("narrower", "Unterbegriff"),
    f"{vocab.ORG}subOrganizationOf": ("part of", "Teil von"),
    f"{vocab.FOAF}homepage": ("website", "Website"),
    f"{vocab.DCTERMS}date": ("time", "Zeit"),
    f"{vocab.DCTERMS}source": ("address", "Adresse"),
    f"{vocab.DCTERMS}license": ("licence", "Lizenz"),
    f"{vocab.DCTERMS}rights": ("rights", "Rechte"),
    f"{vocab.DCTERMS}issued": ("published", "veröffentlicht"),
    f"{vocab.DCTERMS}title": ("title", "Titel"),
    f"{vocab.DC}publisher": ("publisher", "Herausgeber"),
    f"{vocab.DC}language": ("language", "Sprache"),
    f"{vocab.GEO}lat": ("latitude", "Breite"),
    f"{vocab.GEO}long": ("longitude", "Länge"),
    vocab.RDF_TYPE: ("class", "Klasse"),
    vocab.RDFS_LABEL: ("name", "Name"),
    # http://publications.europa.eu/resource/authority/frequency
    f"{FREQUENCY}ANNUAL": ("annual", "jährlich"),
    f"{FREQUENCY}BIENNIAL": ("every two years", "alle zwei Jahre"),
    f"{FREQUENCY}TRIENNIAL": ("every three years", "alle drei Jahre"),
    f"{FREQUENCY}QUADRENNIAL": ("every four years", "alle vier Jahre"),
    f"{FREQUENCY}QUARTERLY": ("quarterly", "vierteljährlich"),
    f"{FREQUENCY}MONTHLY": ("monthly", "monatlich"),
    f"{FREQUENCY}IRREG": ("irregular", "unregelmäßig"),
}
LICENCES: Final = {
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC BY-SA 4.0",
    "https://www.govdata.de/dl-de/by-2-0": "dl-de/by-2-0",
    "https://www.govdata.de/dl-de/zero-2-0": "dl-de/zero-2-0",
}
FORMATS: Final = {
    TURTLE: "Turtle",
    JSON_LD: "JSON-LD",
    N_TRIPLES: "N-Triples",
    TRIG: "TriG",
    N_QUADS: "N-Quads",
    RDF_XML: "RDF/XML",
}
