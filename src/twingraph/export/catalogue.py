"""The catalogue of a package in DCAT-AP 3.0.1, and in the profile of GovData, DCAT-AP.de.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/, https://www.dcat-ap.de/def/dcatde/3.0/spec/
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph import vocab
from twingraph.export import authorities
from twingraph.export.describe import Description
from twingraph.quads import text_term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.export.metadata import Metadata
    from twingraph.export.summary import Summary

_SPARQL: Final = "http://www.w3.org/TR/sparql11-protocol/"


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file of a package, and what a portal shows of it."""

    path: str
    media_type: str
    file_type: str
    description: str
    size: int
    sha256: str
    is_compressed: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What a package says of rights: of the words of pages, and of persons."""

    rights: str
    has_contacts: bool


def describe_catalogue(
    metadata: Metadata,
    summary: Summary,
    distributions: Sequence[Distribution],
    said: Statement,
) -> Description:
    """The catalogue: one dataset, a distribution for each file, the endpoint where there is one.

    IRIs hang below the address of the package's folder, and are the same in every export.
    """
    told = Description()
    catalogue, dataset = metadata.iri("catalog"), metadata.iri("dataset")
    told.link(catalogue, "rdf:type", "dcat:Catalog")
    told.link(catalogue, "dcat:dataset", dataset)
    if licence := _licence(told, metadata):
        told.link(catalogue, "dct:license", licence)
    told.link(catalogue, "dcat:themeTaxonomy", f"{authorities.AUTHORITY}data-theme")
    told.link(dataset, "rdf:type", "dcat:Dataset")
    for subject in (catalogue, dataset):
        _describe_both(told, metadata, subject)
        for language in _languages(told, summary):
            told.link(subject, "dct:language", language)
    _describe_dataset(told, metadata, dataset, said)
    _describe_coverage(told, metadata, summary, dataset)
    for distribution in distributions:
        _describe_distribution(told, metadata, distribution)
    told.link(metadata.iri("rights"), "rdf:type", "dct:RightsStatement")
    told.text(metadata.iri("rights"), "rdfs:label", {"en": said.rights})
    if metadata.record.endpoint:
        _describe_service(told, metadata)
    if metadata.profile == "dcat-ap-de":
        _describe_german(told, metadata, dataset)
    return told


def _describe_both(told: Description, metadata: Metadata, subject: str) -> None:
    """What a catalogue and its dataset have in common."""
    told.text(subject, "dct:title", metadata.title)
    told.text(subject, "dct:description", metadata.description)
    publisher = metadata.iri("publisher")
    told.link(subject, "dct:publisher", publisher)
    told.link(publisher, "rdf:type", "foaf:Agent")
    told.text(publisher, "foaf:name", metadata.publisher.name)
    if homepage := metadata.publisher.homepage:
        told.link(publisher, "foaf:homepage", homepage)
        told.link(homepage, "rdf:type", "foaf:Document")
        told.text(homepage, "dct:title", metadata.publisher.name)
    if kind := metadata.publisher.type:
        iri = f"{authorities.PUBLISHER_TYPES}{kind}"
        told.concept(iri, f"{authorities.PUBLISHER_TYPES}1.0", kind)
        told.link(publisher, "dct:type", iri)
    _describe_days(told, metadata, subject)


def _describe_days(told: Description, metadata: Metadata, subject: str) -> None:
    days = {"dct:issued": metadata.record.issued, "dct:modified": metadata.record.modified}
    for predicate, day in days.items():
        if day:
            told.typed(subject, predicate, day, "xsd:date")


def _licence(told: Description, metadata: Metadata) -> str | None:
    if metadata.record.licence is None:
        return None
    iri = authorities.find_licence(metadata.record.licence, metadata.profile)
    told.link(iri, "rdf:type", "dct:LicenseDocument")
    return iri


def _languages(told: Description, summary: Summary) -> list[str]:
    codes = sorted(
        {tag.partition("-")[0] for tag in summary.languages} & set(authorities.LANGUAGES)
    )
    return [
        told.concept(
            f"{authorities.AUTHORITY}language/{authorities.LANGUAGES[tag]}",
            f"{authorities.AUTHORITY}language",
            authorities.LANGUAGES[tag],
            "dct:LinguisticSystem",
        )
        for tag in codes
    ]


def _access(told: Description) -> str:
    scheme = f"{authorities.AUTHORITY}access-right"
    return told.concept(f"{scheme}/PUBLIC", scheme, "public", "dct:RightsStatement")


def _describe_dataset(told: Description, metadata: Metadata, dataset: str, said: Statement) -> None:
    record = metadata.record
    told.add(dataset, "dct:identifier", text_term(dataset))
    told.link(dataset, "dct:accessRights", _access(told))
    told.link(dataset, "dcat:landingPage", metadata.place)
    told.link(metadata.place, "rdf:type", "foaf:Document")
    told.text(metadata.place, "dct:title", metadata.title)
    for code in record.themes:
        scheme = f"{authorities.AUTHORITY}data-theme"
        label = authorities.THEMES[code]
        told.link(dataset, "dcat:theme", told.concept(f"{scheme}/{code}", scheme, label))
    for tag, words in record.keywords.items():
        for word in words:
            told.text(dataset, "dcat:keyword", {tag: word})
    if record.frequency:
        scheme = f"{authorities.AUTHORITY}frequency"
        iri = vocab.RECURRENCES[record.frequency]
        iri = iri if iri.startswith(scheme) else vocab.Iri(f"{scheme}/OTHER")
        label = record.frequency
        told.link(
            dataset, "dct:accrualPeriodicity", told.concept(iri, scheme, label, "dct:Frequency")
        )
    if contact := record.contact:
        iri = vocab.Iri(metadata.iri("contact"))
        told.link(dataset, "dcat:contactPoint", iri)
        told.link(iri, "rdf:type", "vcard:Kind", "vcard:Organization")
        told.text(iri, "vcard:fn", contact.name)
        if contact.email:
            told.link(iri, "vcard:hasEmail", f"mailto:{contact.email}")
        if contact.url:
            told.link(iri, "vcard:hasURL", contact.url)
    if said.has_contacts and record.legal_basis:
        told.text(dataset, "dcatde:legalBasis", record.legal_basis)


def _describe_coverage(
    told: Description, metadata: Metadata, summary: Summary, dataset: str
) -> None:
    """Where and when what is told took place, as the data have it."""
    if summary.years:
        period = metadata.iri("period")
        told.link(dataset, "dct:temporal", period)
        told.link(period, "rdf:type", "dct:PeriodOfTime")
        for predicate, year in zip(("dcat:startDate", "dcat:endDate"), summary.years, strict=True):
            told.typed(period, predicate, f"{year:04d}", "xsd:gYear")
    for place in summary.places:
        told.link(dataset, "dct:spatial", place)
        told.link(place, "rdf:type", "dct:Location")
    if summary.latitudes and summary.longitudes:
        (south, north), (west, east) = summary.latitudes, summary.longitudes
        corners = ((west, north), (east, north), (east, south), (west, south), (west, north))
        box = ",".join(f"{x:g} {y:g}" for x, y in corners)
        area = metadata.iri("area")
        told.link(dataset, "dct:spatial", area)
        told.link(area, "rdf:type", "dct:Location")
        told.typed(area, "dcat:bbox", f"POLYGON(({box}))", "geosparql:wktLiteral")


def _describe_distribution(
    told: Description, metadata: Metadata, distribution: Distribution
) -> None:
    iri = metadata.iri(f"file/{distribution.path}")
    address = metadata.place + distribution.path
    told.link(metadata.iri("dataset"), "dcat:distribution", iri)
    told.link(iri, "rdf:type", "dcat:Distribution")
    told.text(iri, "dct:title", {"en": distribution.path})
    told.text(iri, "dct:description", {"en": distribution.description})
    told.link(iri, "dcat:accessURL", address)
    told.link(iri, "dcat:downloadURL", address)
    media = f"{authorities.MEDIA_TYPES}{distribution.media_type}"
    told.link(iri, "dcat:mediaType", media)
    told.link(media, "rdf:type", "dct:MediaType")
    if distribution.is_compressed:
        packed = f"{authorities.MEDIA_TYPES}application/gzip"
        told.link(iri, "dcat:compressFormat", packed)
        told.link(packed, "rdf:type", "dct:MediaType")
    scheme = f"{authorities.AUTHORITY}file-type"
    code = distribution.file_type
    told.link(
        iri,
        "dct:format",
        told.concept(f"{scheme}/{code}", scheme, code, "dct:MediaTypeOrExtent"),
    )
    told.typed(iri, "dcat:byteSize", str(distribution.size), "xsd:nonNegativeInteger")
    checksum = metadata.iri(f"checksum/{distribution.path}")
    told.link(iri, "spdx:checksum", checksum)
    told.link(checksum, "rdf:type", "spdx:Checksum")
    told.link(checksum, "spdx:algorithm", authorities.SHA256)
    told.link(authorities.SHA256, "rdf:type", "spdx:ChecksumAlgorithm")
    told.typed(checksum, "spdx:checksumValue", distribution.sha256, "xsd:hexBinary")
    told.link(iri, "dct:rights", metadata.iri("rights"))
    if licence := _licence(told, metadata):
        told.link(iri, "dct:license", licence)
    _describe_days(told, metadata, iri)


def _describe_service(told: Description, metadata: Metadata) -> None:
    iri = metadata.iri("sparql")
    told.link(metadata.iri("catalog"), "dcat:service", iri)
    told.link(iri, "rdf:type", "dcat:DataService")
    told.text(iri, "dct:title", {"en": "SPARQL endpoint", "de": "SPARQL-Endpunkt"})
    told.link(iri, "dcat:endpointURL", metadata.record.endpoint or "")
    told.link(iri, "dcat:servesDataset", metadata.iri("dataset"))
    told.link(iri, "dct:accessRights", _access(told))
    told.link(iri, "dct:conformsTo", _SPARQL)
    told.link(_SPARQL, "rdf:type", "dct:Standard")
    told.text(_SPARQL, "dct:title", {"en": "SPARQL 1.1 Protocol"})
    if licence := _licence(told, metadata):
        told.link(iri, "dct:license", licence)


def _describe_german(told: Description, metadata: Metadata, dataset: str) -> None:
    if metadata.record.contributor:
        told.link(dataset, "dcatde:contributorID", metadata.record.contributor)
    if geocoding := metadata.record.geocoding:
        told.link(dataset, "dcatde:politicalGeocodingURI", geocoding.area)
        told.link(dataset, "dcatde:politicalGeocodingLevelURI", geocoding.level)
