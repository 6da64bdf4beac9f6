"""The catalogue of a package: what validators, harvesters and dataset search make of it."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING

import pyshacl
import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SH, Graph, Literal, Namespace, URIRef

from example import DATA, ROOT
from packages import make_package
from twingraph import build_folder, open_build, query
from twingraph.checks import check_file
from twingraph.export.metadata import PROFILES
from twingraph.export.package import Options, write_package
from twingraph.export.quality import REACHABLE, SHAPES, score_catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

SEMIC = ROOT.parent / "shared/reference/dcat-ap-3.0.1"
OFFICIAL = ("shapes", "range", "mdr-vocabularies.shape", "deprecateduris")
AUTHORITY = "http://publications.europa.eu/resource/authority/"
SPDX = Namespace("http://spdx.org/rdf/terms#")
VOID = Namespace("http://rdfs.org/ns/void#")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PLACE = "https://data.city.example/twins/"


@pytest.fixture(scope="module", params=PROFILES)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("example")
    build_folder(DATA, place / "build")
    with open_build(place / "build") as build:
        write_package(build, DATA, place / "dist", Options(profile=request.param))
    return place / "dist"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_package(tmp_path_factory.mktemp("small"), {}, Options(profile="dcat-ap-de"))


def violations(graph: Graph, shapes: Graph) -> list[str]:
    """What a validator finds beyond warnings."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, allow_warnings=True)
    assert isinstance(report, Graph)
    return [
        f"{report.value(result, SH.focusNode)} {report.value(result, SH.resultPath)}: "
        f"{report.value(result, SH.resultMessage)}"
        for result in report.objects(None, SH.result)
        if report.value(result, SH.resultSeverity) == SH.Violation
    ]


@pytest.mark.skipif(not SEMIC.exists(), reason="the shapes of DCAT-AP 3.0.1 are not beside us")
@pytest.mark.parametrize("name", OFFICIAL)
def test_conforms_to_the_published_shapes(example: Path, package: Path, name: str) -> None:
    shapes = Graph().parse(SEMIC / f"html__shacl__{name}.ttl")
    for folder in (example, package):
        assert violations(Graph().parse(folder / "catalog.ttl"), shapes) == []


@pytest.mark.skipif(not SEMIC.exists(), reason="the shapes of DCAT-AP 3.0.1 are not beside us")
@pytest.mark.parametrize(
    ("of", "predicate"),
    [(DCAT.Distribution, DCAT.accessURL), (DCAT.Dataset, DCTERMS.title), (FOAF.Agent, FOAF.name)],
)
def test_published_shapes_and_ours_find_the_same(
    package: Path, tmp_path: Path, of: URIRef, predicate: URIRef
) -> None:
    graph = Graph().parse(package / "catalog.ttl")
    for subject in list(graph.subjects(RDF.type, of)):
        graph.remove((subject, predicate, None))
    graph.serialize(tmp_path / "catalog.ttl", "turtle")
    assert violations(graph, Graph().parse(SEMIC / "html__shacl__shapes.ttl"))
    assert check_file(tmp_path / "catalog.ttl", SHAPES)


def test_jsonld_is_the_same_catalogue(example: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        told = Graph().parse(example / "catalog.jsonld", format="json-ld")
    assert set(told) == set(Graph().parse(example / "catalog.ttl"))


def test_example_has_every_point(example: Path) -> None:
    score = score_catalogue(example / "catalog.ttl")
    assert (score.points, score.missing) == (REACHABLE, ())
    assert REACHABLE == 325


@pytest.mark.parametrize(
    ("predicate", "points"),
    [
        (DCAT.keyword, 30),
        (DCAT.theme, 30),
        (DCTERMS.temporal, 20),
        (DCTERMS.license, 30),
        (DCTERMS["format"], 65),
        (DCAT.mediaType, 15),
        (DCAT.accessURL, 30),
        (DCAT.contactPoint, 20),
        (DCTERMS.modified, 5),
    ],
)
def test_what_is_missing_costs_its_points(
    example: Path, tmp_path: Path, predicate: URIRef, points: int
) -> None:
    graph = Graph().parse(example / "catalog.ttl")
    graph.remove((None, predicate, None))
    graph.serialize(tmp_path / "catalog.ttl", "turtle")
    score = score_catalogue(tmp_path / "catalog.ttl")
    assert REACHABLE - score.points == points
    assert sum(each for _, each in score.missing) == points


def test_distributions_are_the_files(package: Path) -> None:
    graph = Graph().parse(package / "catalog.ttl")
    manifest = json.loads((package / "manifest.json").read_text())
    found = list(graph.subjects(RDF.type, DCAT.Distribution))
    assert len(found) == 9 + 19
    for distribution in found:
        address = str(graph.value(distribution, DCAT.downloadURL))
        assert str(graph.value(distribution, DCAT.accessURL)) == address
        name = address.removeprefix(PLACE)
        size = graph.value(distribution, DCAT.byteSize)
        assert size == Literal((package / name).stat().st_size, datatype=size.datatype)  # type: ignore[union-attr]
        checksum = graph.value(distribution, SPDX.checksum)
        assert str(graph.value(checksum, SPDX.checksumValue)) == manifest["sha256"][name]
        assert str(graph.value(distribution, DCTERMS["format"])).startswith(AUTHORITY)


def test_profile_of_govdata(package: Path) -> None:
    graph = Graph().parse(package / "catalog.ttl")
    dataset = URIRef(f"{PLACE}#dataset")
    assert str(graph.value(dataset, DCATDE.contributorID)).endswith("/contributors/city")
    assert str(graph.value(dataset, DCATDE.politicalGeocodingURI)).endswith("/08221000")
    assert str(graph.value(dataset, DCATDE.politicalGeocodingLevelURI)).endswith("municipality")
    licences = {
        graph.value(d, DCTERMS.license) for d in graph.subjects(RDF.type, DCAT.Distribution)
    }
    assert licences == {URIRef("http://dcat-ap.de/def/licenses/cc-by/4.0")}
    service = graph.value(predicate=RDF.type, object=DCAT.DataService)
    assert str(graph.value(service, DCAT.endpointURL)) == "https://data.city.example/sparql"
    assert graph.value(service, DCAT.servesDataset) == dataset


def test_coverage_is_that_of_the_data(example: Path) -> None:
    graph = Graph().parse(example / "catalog.ttl")
    period = graph.value(predicate=RDF.type, object=DCTERMS.PeriodOfTime)
    with open_build(example.parent / "build") as build:
        (years,) = query(
            build,
            "SELECT (MIN(?n) AS ?first) (MAX(?n) AS ?last) WHERE "
            "{ ?y <https://w3id.org/twingraph/ns#number> ?n }",
        ).rows()
    told = (graph.value(period, DCAT.startDate), graph.value(period, DCAT.endDate))
    assert tuple(int(str(year)) for year in told) == years
    (box,) = graph.objects(None, DCAT.bbox)
    assert str(box).startswith("POLYGON((")
    assert URIRef("https://sws.geonames.org/2907911/") in set(graph.objects(None, DCTERMS.spatial))


def harvest(path: Path) -> dict[str, dict[str, object]]:
    """What CKAN's harvester keeps of a catalogue: the properties that its DCAT profile reads."""
    graph = Graph().parse(data=path.read_bytes(), format="turtle")

    def first(subject: Node, predicate: URIRef) -> str:
        values = sorted(
            graph.objects(subject, predicate),
            key=lambda value: (getattr(value, "language", None) != "en", str(value)),
        )
        return str(values[0]) if values else ""

    found: dict[str, dict[str, object]] = {}
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        contact = graph.value(dataset, DCAT.contactPoint)
        publisher = graph.value(dataset, DCTERMS.publisher)
        assert publisher is not None
        found[str(dataset)] = {
            "title": first(dataset, DCTERMS.title),
            "notes": first(dataset, DCTERMS.description),
            "issued": first(dataset, DCTERMS.issued),
            "identifier": first(dataset, DCTERMS.identifier),
            "tags": sorted(str(word) for word in graph.objects(dataset, DCAT.keyword)),
            "theme": sorted(str(theme) for theme in graph.objects(dataset, DCAT.theme)),
            "publisher_name": first(publisher, FOAF.name),
            "contact_uri": str(contact),
            "contact_email": str(graph.value(contact, VCARD.hasEmail)),
            "resources": {
                str(each): {
                    "url": first(each, DCAT.downloadURL) or first(each, DCAT.accessURL),
                    "name": first(each, DCTERMS.title),
                    "format": first(each, DCTERMS["format"]).rpartition("/")[2],
                    "mimetype": first(each, DCAT.mediaType).partition("media-types/")[2],
                    "license": first(each, DCTERMS.license),
                    "size": first(each, DCAT.byteSize),
                }
                for each in graph.objects(dataset, DCAT.distribution)
            },
        }
    return found


def test_harvest_finds_what_a_portal_shows_and_the_same_again(tmp_path: Path) -> None:
    package = make_package(tmp_path)
    assert (package / "catalog.ttl").stat().st_size < 1_000_000
    (iri, told) = next(iter(harvest(package / "catalog.ttl").items()))
    assert iri == told["identifier"] == f"{PLACE}#dataset"
    assert told["title"] == "Twin towns"
    assert told["publisher_name"] == "The city"
    assert told["contact_email"] == "mailto:office@city.example"
    assert told["theme"] == [f"{AUTHORITY}data-theme/GOVE"]
    resources = told["resources"]
    assert isinstance(resources, dict)
    activities = resources[f"{PLACE}#file/tables/activities.csv"]
    assert activities["url"] == f"{PLACE}tables/activities.csv"
    assert (activities["format"], activities["mimetype"]) == ("CSV", "text/csv")
    assert activities["license"] == f"{AUTHORITY}licence/CC_BY_4_0"
    more = "activities:\n  - {id: visits, label: {en: Visits}, years: 2001}\n"
    changed = make_package(tmp_path, {"sources/page/activities.yaml": more})
    again = harvest(changed / "catalog.ttl")
    assert list(again) == [iri]
    assert list(again[iri]["resources"]) == list(resources)  # type: ignore[call-overload]
    assert again[iri]["resources"] != resources


def test_void_counts_what_the_store_counts(example: Path) -> None:
    graph = Graph().parse(example / "void.ttl")
    dataset = URIRef("https://w3id.org/twingraph/data/#dataset")
    union = Graph().parse(example / "data.ttl")
    assert graph.value(dataset, VOID.triples) == Literal(len(union))
    parts = list(graph.objects(dataset, VOID.propertyPartition))
    assert sum(int(str(graph.value(part, VOID.triples))) for part in parts) == len(union)
    for part in graph.objects(dataset, VOID.classPartition):
        class_ = graph.value(part, VOID["class"])
        expected = len(set(union.subjects(RDF.type, class_)))
        assert graph.value(part, VOID.entities) == Literal(expected)
    links = {
        str(graph.value(s, VOID.objectsTarget)) for s in graph.subjects(RDF.type, VOID.Linkset)
    }
    assert links == {
        "https://www.wikidata.org/",
        "https://www.geonames.org/",
        "http://eurovoc.europa.eu/",
    }


def test_what_an_imported_list_states_is_its_own(tmp_path: Path) -> None:
    """Its licence is told apart, and the reviewed links to it are a linkset of VoID."""
    listed = {"id": "list/a", "label": {"en": "Heidelberg"}, "country": "DE"}
    prefixes = "#curie_map:\n#  municipality: https://data.city.example/id/municipality/\n"
    header = "subject_id predicate_id object_id mapping_justification reviewer_label comment"
    row = (
        "municipality:de/heidelberg skos:exactMatch municipality:list/a "
        "semapv:ManualMappingCuration me none"
    )
    package = make_package(
        tmp_path,
        {
            "sources/list/source.yaml": "id: list\ntitle: '# A list'\nurl: https://list.example/\n"
            "licence: https://creativecommons.org/licenses/by-sa/4.0/\n",
            "sources/list/municipalities.jsonl": json.dumps(listed) + "\n",
            "links/list.sssom.tsv": prefixes
            + "\n".join(x.replace(" ", "\t") for x in (header, row))
            + "\n",
        },
    )
    graph = Graph().parse(package / "void.ttl")
    own = URIRef("https://data.city.example/twins/#dataset")
    theirs = URIRef("https://data.city.example/id/source/list")
    linkset = graph.value(None, VOID.objectsTarget, theirs)
    assert (linkset, RDF.type, VOID.Linkset) in graph
    assert graph.value(linkset, VOID.subjectsTarget) == own
    assert graph.value(linkset, VOID.triples) == Literal(1)
    assert (own, VOID.subset, linkset) in graph
    catalogue = Graph().parse(package / "catalog.ttl")
    rights = " ".join(str(o) for o in catalogue.objects(None, RDFS.label))
    licence = "https://creativecommons.org/licenses/by-sa/4.0/"
    assert f"is under the licence of each: # A list ({licence})." in rights
    assert f"is under the licence of each:\n  - “# A list”: {licence}\n" in (
        package / "README.md"
    ).read_text(encoding="utf-8")
    assert "publishers: # A list" not in rights


def test_schema_org(example: Path) -> None:
    told = json.loads((example / "dataset.jsonld").read_text(encoding="utf-8"))
    assert told["@type"] == "Dataset"
    assert {each["@language"] for each in told["name"]} == {"en", "de"}
    assert told["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert told["temporalCoverage"].count("/") == 1
    assert len(told["spatialCoverage"]["geo"]["box"].split()) == 4
    for file in told["distribution"]:
        name = file["contentUrl"].removeprefix("https://w3id.org/twingraph/data/")
        assert file["contentSize"] == f"{(example / name).stat().st_size} B"
