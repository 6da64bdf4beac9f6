"""The record types: what a person writes and `extract` drafts, before it is a triple.

Frozen, typed, without RDF. Field names are the keys of the record files (DESIGN.md, 4); the
descriptions go into the JSON Schema. Texts that mean something else (EDTF in `years`, ids) are
checked by `records`, which knows the line they stand on.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Id = Annotated[str, Meta(description="letters, digits, '-', '.', '_'; segments parted by '/'")]
Label = Annotated[dict[str, str], Meta(description="language tag -> text", min_length=1)]
AltLabels = Annotated[dict[str, tuple[str, ...]], Meta(description="language tag -> texts")]
EdtfText = Annotated[
    str, Meta(description='EDTF: 1999, 1994/1998, 1993/.., 198X, 1990~, "{1980,2002,2006}"')
]
DateText = Annotated[str, Meta(description="EDTF date: 2016, 2016-04 or 2016-04-15")]
Year = Annotated[int, Meta(ge=1, le=9999)]
Line = Annotated[int, Meta(ge=1, description="line of the page on which the quote begins")]
Url = Annotated[str, Meta(description="http(s) address")]
CountryCode = Annotated[
    str, Meta(description="ISO 3166-1 alpha-2, e.g. de", pattern="^[A-Za-z]{2}$")
]
Qid = Annotated[str, Meta(description="Wikidata item, e.g. Q2966", pattern="^Q[1-9][0-9]*$")]
GeoNamesId = Annotated[str, Meta(description="GeoNames id, e.g. 2907911", pattern="^[1-9][0-9]*$")]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Population = Annotated[int, Meta(ge=0)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]

PartnershipKind = Literal["twinning", "friendship", "contact", "project-partnership"]
Recurrence = Literal[
    "annual",
    "biennial",
    "triennial",
    "quadrennial",
    "quarterly",
    "monthly",
    "irregular",
    "regular",
]
MappingPredicate = Literal["skos:exactMatch", "skos:closeMatch", "owl:sameAs"]
Justification = Literal[
    "semapv:ManualMappingCuration", "semapv:CompositeMatching", "semapv:LexicalMatching"
]
Status = Literal["draft", "reviewed"]
# https://publications.europa.eu/resource/authority/data-theme
Theme = Literal[
    "AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL",
    "INTR", "JUST", "REGI", "SOCI", "TECH", "TRAN",
]  # fmt: skip
# http://purl.org/adms/publishertype/1.0
PublisherType = Literal[
    "Academia-ScientificOrganisation",
    "Company",
    "IndustryConsortium",
    "LocalAuthority",
    "NationalAuthority",
    "NonGovernmentalOrganisation",
    "NonProfitOrganisation",
    "PrivateIndividual(s)",
    "RegionalAuthority",
    "StandardisationBody",
    "SupraNationalAuthority",
]
PortalDate = Annotated[
    str, Meta(description="a day, 2026-11-23", pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
]
Email = Annotated[str, Meta(description="address", pattern="^[^@<>\\s]+@[^@<>\\s]+$")]


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every record type shares: frozen, by keyword, no unknown key."""


class Municipality(Record, frozen=True, kw_only=True):
    """A city, town or district as a partner."""

    id: Id
    label: Label
    country: CountryCode | None = None  # required but in imported datasets
    alt_labels: AltLabels = {}
    lat: Latitude | None = None
    long: Longitude | None = None
    population: Population | None = None
    geonames: GeoNamesId | None = None
    wikidata: Qid | None = None
    source: Id | None = None
    note: str | None = None


class Institution(Record, frozen=True, kw_only=True):
    """A body that takes part in activities."""

    id: Id
    label: Label
    alt_labels: AltLabels = {}
    kind: str | None = None
    based_in: Id | None = None
    part_of: Id | None = None
    wikidata: Qid | None = None
    homepage: Url | None = None
    note: str | None = None
    status: Status = "reviewed"
    because: dict[str, str] = {}


class Stage(Record, frozen=True, kw_only=True):
    """A stage of a partnership: its kind and its years."""

    kind: PartnershipKind
    years: EdtfText | None = None
    source: Id | None = None
    quote: tuple[str, ...] = ()
    line: tuple[Line, ...] = ()
    note: str | None = None


class Partnership(Record, frozen=True, kw_only=True):
    """The relation between two or more municipalities."""

    id: Id
    municipalities: Annotated[tuple[Id, ...], Meta(min_length=2)]
    label: Label | None = None
    kind: PartnershipKind | None = None
    stages: tuple[Stage, ...] = ()
    source: tuple[Id, ...] = ()
    quote: tuple[str, ...] = ()
    line: tuple[Line, ...] = ()
    note: str | None = None


class Mapping(Record, frozen=True, kw_only=True):
    """That a resource is the same as one of another dataset, or is not: a row of SSSOM.

    https://mapping-commons.github.io/sssom/Mapping/
    """

    subject_id: str
    subject_label: str | None = None
    predicate_id: MappingPredicate
    predicate_modifier: Literal["Not"] | None = None
    object_id: str
    object_label: str | None = None
    mapping_justification: Justification
    confidence: Annotated[float, Meta(ge=0, le=1)] | None = None
    reviewer_id: str | None = None
    reviewer_label: str | None = None
    mapping_tool: str | None = None
    comment: str | None = None


class Activity(Record, frozen=True, kw_only=True):
    """Something a partnership does or did, as one source tells it."""

    id: Id
    label: Label
    form: str | None = None
    topics: tuple[Id, ...] = ()
    years: EdtfText | None = None
    recurrence: Recurrence | None = None
    organizers: tuple[Id, ...] = ()
    participants: tuple[Id, ...] = ()
    hosts: tuple[Id, ...] = ()
    supporters: tuple[Id, ...] = ()
    held_in: tuple[Id, ...] = ()
    venue: str | None = None
    within: tuple[Id, ...] = ()
    part_of: tuple[Id, ...] = ()
    edition_of: Id | None = None
    quote: tuple[str, ...] = ()
    line: tuple[Line, ...] = ()
    note: str | None = None
    status: Status = "reviewed"
    because: dict[str, str] = {}


class Programme(Activity, frozen=True, kw_only=True):
    """An activity that no partnership owns: a city's own programme, a national year."""

    owner: Id
    source: Id | None = None


class Contact(Record, frozen=True, kw_only=True):
    """A person that a page names as its contact. Never leaves the data folder."""

    name: str
    role: str | None = None
    office: str | None = None
    address: str | None = None


class Source(Record, frozen=True, kw_only=True):
    """A page of a publisher, and what is known of it."""

    id: Id
    title: str
    url: Url | None = None
    publisher: str | None = None
    language: str | None = None
    licence: str | None = None
    partnership: Id | None = None
    as_of: Year | None = None
    as_of_reason: str | None = None
    published: DateText | None = None
    retrieved: DateText | None = None
    sha256: Sha256 | None = None
    contacts: tuple[Contact, ...] = ()
    office: Id | None = None
    removed: str | None = None
    note: str | None = None


class Publisher(Record, frozen=True, kw_only=True):
    """Who publishes a dataset."""

    name: Label
    type: PublisherType | None = None
    homepage: Url | None = None


class Office(Record, frozen=True, kw_only=True):
    """Where questions about a dataset go: an office, no person."""

    name: Label
    email: Email | None = None
    url: Url | None = None


class Geocoding(Record, frozen=True, kw_only=True):
    """The area that a dataset is about, in the vocabularies of DCAT-AP.de."""

    area: Url
    level: Url


class Dataset(Record, frozen=True, kw_only=True):
    """What a portal shows of the data as a whole; what it must have, the export knows."""

    title: Label | None = None
    description: Label | None = None
    publisher: Publisher | None = None
    contact: Office | None = None
    licence: Url | None = None
    themes: tuple[Theme, ...] = ()
    keywords: AltLabels = {}
    frequency: Recurrence | None = None
    issued: PortalDate | None = None
    modified: PortalDate | None = None
    published_at: Url | None = None
    endpoint: Url | None = None
    contributor: Url | None = None
    geocoding: Geocoding | None = None
    legal_basis: Label | None = None
