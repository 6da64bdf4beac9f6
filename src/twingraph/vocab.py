"""Namespaces, terms, and every IRI that twingraph mints.

Terms are written out, so that a typo is an `AttributeError`; a test compares them with the
ontology, both ways. IRIs of data hang below a base and are readable and stable (DESIGN.md, 6).
"""

from __future__ import annotations

import re
from typing import Final, NewType

from twingraph.errors import IriError

Iri = NewType("Iri", str)

OURS: Final = "https://w3id.org/twingraph/"  # below it is what we mint whatever the base
TG: Final = "https://w3id.org/twingraph/ns#"
TOPIC: Final = "https://w3id.org/twingraph/topic/"
KIND: Final = "https://w3id.org/twingraph/kind/"
RECURRENCE: Final = "https://w3id.org/twingraph/recurrence/"
FREQUENCY: Final = "http://publications.europa.eu/resource/authority/frequency/"
DEFAULT_BASE: Final = "https://w3id.org/twingraph/id/"

RDF_TYPE: Final = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RDFS_LABEL: Final = Iri("http://www.w3.org/2000/01/rdf-schema#label")
RDFS_SUBCLASS: Final = Iri("http://www.w3.org/2000/01/rdf-schema#subClassOf")
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
DC: Final = "http://purl.org/dc/elements/1.1/"
GEO: Final = "http://www.w3.org/2003/01/geo/wgs84_pos#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
ORG: Final = "http://www.w3.org/ns/org#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
EDTF: Final = Iri("http://id.loc.gov/datatypes/edtf/EDTF")
GEONAMES: Final = "https://sws.geonames.org/"
GAZETTEER: Final = "geonames"  # as a list to be linked to
WIKIDATA: Final = "http://www.wikidata.org/entity/"

# Partnership kinds of a record -> concept (ontology/twingraph.ttl).
PARTNERSHIP_KINDS: Final = ("twinning", "friendship", "contact", "project-partnership")

# Recurrence of a record -> concept: the EU's frequency table, and ours for plain "regular".
# http://publications.europa.eu/resource/authority/frequency
RECURRENCES: Final = {
    "annual": Iri(FREQUENCY + "ANNUAL"),
    "biennial": Iri(FREQUENCY + "BIENNIAL"),
    "triennial": Iri(FREQUENCY + "TRIENNIAL"),
    "quadrennial": Iri(FREQUENCY + "QUADRENNIAL"),
    "quarterly": Iri(FREQUENCY + "QUARTERLY"),
    "monthly": Iri(FREQUENCY + "MONTHLY"),
    "irregular": Iri(FREQUENCY + "IRREG"),
    "regular": Iri(RECURRENCE + "regular"),
}

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_DATASET = re.compile(rf"(?![A-Za-z]{{2}}$|{GAZETTEER}$)[^/]+")
_HOST = re.compile(r"//[^/?#]")

_FOREIGN = re.compile(r"[^A-Za-z0-9._/-]")  # to an identifier


def _percent_encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())


def _id_in_pair(iri: str, space: str) -> str:
    name = iri.removeprefix(space)
    if name.isascii() and name.replace("-", "").isalnum():
        return name  # as most are: sooner known than looked for what is foreign
    return _FOREIGN.sub(_percent_encoded, name)


def is_id(text: str) -> bool:
    """Whether a text can be an identifier: segments of ASCII letters, digits, `.`, `_`, `-`.

    >>> is_id("de/heidelberg"), is_id("de/"), is_id("Rock & Pop")
    (True, False, False)
    """
    return _ID.fullmatch(text) is not None


def is_dataset_id(text: str) -> bool:
    """Whether a text can be the id of an imported dataset: one segment, below which its ids stand.

    The codes of countries, below which ours stand, and the gazetteer's name are taken.

    >>> is_dataset_id("wikidata"), is_dataset_id("nl"), is_dataset_id("geonames")
    (True, False, False)
    """
    return is_id(text) and _DATASET.fullmatch(text) is not None


def refuse_dataset_id(text: str) -> str:
    """The words with which what is no id of a dataset is refused."""
    expected = "letters, digits, '-', '.', '_'; two letters are a country's"
    return f"{text!r} is not the id of a dataset; expected {expected}, {GAZETTEER!r} is taken"


def read_iri(text: str) -> Iri:
    """The text as an absolute IRI.

    :raises IriError: if it is no IRI (RFC 3987), or one of http without a host.
    """
    import pyoxigraph

    scheme, _, rest = text.partition(":")
    try:
        pyoxigraph.NamedNode(text)
    except ValueError:
        rest = ""
    if not rest:
        raise IriError(f"{text!r} is not an IRI; expected e.g. https://example.org/page")
    if scheme.lower() in ("http", "https") and not _HOST.match(rest):
        raise IriError(f"{text!r} names no host; expected e.g. https://example.org/page")
    return Iri(text)


def _checked(identifier: str) -> str:
    if not is_id(identifier):
        raise IriError(
            f"{identifier!r} is not an identifier; "
            "expected letters, digits, '-', '.', '_', in segments parted by '/'"
        )
    return identifier


class Minter:
    """Mints the IRIs of data below one base.

    >>> Minter().activity("heidelberg-kumamoto/youth-exchange")
    'https://w3id.org/twingraph/id/activity/heidelberg-kumamoto/youth-exchange'
    >>> Minter("https://data.example/").year(1999)
    'https://data.example/year/1999'
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        """:raises IriError: if `base` is no IRI, does not end in '/', or has a fragment."""
        if "#" in base:
            raise IriError(
                f"the base IRI {base!r} has a '#', as IRIs of passages have after it; "
                "expected e.g. https://your.example/id/"
            )
        if not base.endswith("/"):
            raise IriError(f"the base IRI {base!r} does not end in '/'")
        self.base: Final = read_iri(base)

    def _mint(self, space: str, identifier: str) -> Iri:
        return Iri(f"{self.base}{space}/{_checked(identifier)}")

    def topic(self, identifier: str) -> Iri:
        """The IRI of a topic, which is the ontology's, whatever the base."""
        return Iri(TOPIC + _checked(identifier))

    def municipality(self, identifier: str) -> Iri:
        """The IRI of a municipality, e.g. of `de/heidelberg`."""
        return self._mint("municipality", identifier)

    def institution(self, identifier: str) -> Iri:
        """The IRI of an institution."""
        return self._mint("institution", identifier)

    def partnership(self, identifier: str) -> Iri:
        """The IRI of a partnership."""
        return self._mint("partnership", identifier)

    def stage(self, partnership: str, name: str) -> Iri:
        """The IRI of a partnership's stage, e.g. `friendship`."""
        return self._mint("partnership", f"{partnership}/stage/{name}")

    def activity(self, full_id: str) -> Iri:
        """The IRI of an activity by its full id, e.g. `heidelberg-kumamoto/youth-exchange`."""
        return self._mint("activity", full_id)

    def year(self, number: int) -> Iri:
        """The IRI of a calendar year."""
        return Iri(f"{self.base}year/{number:04d}")

    def decade(self, first_year: int) -> Iri:
        """The IRI of a decade by its first year."""
        return Iri(f"{self.base}decade/{first_year:04d}")

    def pair(self, one: str, other: str) -> Iri:
        """The IRI of a pair of institutions, given by their IRIs.

        >>> mint = Minter()
        >>> mint.pair(mint.institution("a"), mint.institution("b"))
        'https://w3id.org/twingraph/id/pair/a~b'
        """
        space = f"{self.base}institution/"
        return Iri(f"{self.base}pair/{_id_in_pair(one, space)}~{_id_in_pair(other, space)}")

    def source(self, identifier: str) -> Iri:
        """The IRI of a source, which is also the name of its graph."""
        return self._mint("source", identifier)

    def drafts(self, source: str) -> Iri:
        """The IRI of the graph of what is drafted from a source, and reviewed by nobody yet."""
        return self._mint("source", f"{source}/drafts")

    def passage(self, source: str, start: int, end: int) -> Iri:
        """The IRI of the words from code point `start` to `end` of the stored page (RFC 5147)."""
        return Iri(f"{self.source(source)}/page.txt#char={start},{end}")

    def whole_page(self, source: str) -> Iri:
        """The IRI of a source's page as a whole, for what is told without words."""
        return Iri(f"{self.source(source)}#page")

    def graph(self, name: str) -> Iri:
        """The IRI of one of the graphs that no source owns."""
        return self._mint("graph", name)


# Names of the graphs that no source owns.
REFERENCE: Final = "reference"
ONTOLOGY: Final = "ontology"
INFERRED: Final = "inferred"
LINKS: Final = "links"
DRAFTS: Final = "drafts"
