"""All formats of a package hold the same, as other people's tools read it."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
import warnings
from typing import TYPE_CHECKING, Any

import networkx as nx
import openpyxl
import pytest
from pyld import jsonld
from rdflib import Dataset, Graph, URIRef
from rdflib.compare import isomorphic

from example import DATA
from packages import make_package
from tables import TRAPS
from twingraph import ask, build_folder, open_build
from twingraph.export import TABLES
from twingraph.export.context import build_context, read_names
from twingraph.export.package import Options, write_package
from twingraph.export.prefixes import PREFIXES
from twingraph.export.quotes import shorten_quote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLANES = "".join(chr(plane * 0x10000 + 0x0100) for plane in range(17))
HOSTILE = (
    '=HYPERLINK("https://evil.example","x")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    'Say "hi", and | 熊本\r\nthen =go \\ \\u0041 _x000D_',
    "a\rb\nc\u2028d\u0085e",
    "</script><b>&amp; ]]> <!-- --> &#13;",
    "\u202eright to left\u202c",
    f"every plane {PLANES}",
    "  spaces  around  ",
    "long " + "x" * 30_000,
)


def hostile_files() -> dict[str, str]:
    """Records whose names and venues are hostile."""
    told = [
        {
            "id": f"hostile-{number}",
            "label": {"en": text},
            "venue": text,
            "years": "1999",
            "organizers": ["hostile"],
        }
        for number, text in enumerate(HOSTILE)
    ]
    institution = {
        "id": "hostile",
        "label": {"en": HOSTILE[7]},
        "based_in": "na/na",
        "homepage": "https://example.org/?a=1&b='2'",
    }
    return {
        **TRAPS,
        "sources/page/activities.jsonl": "".join(f"{json.dumps(each)}\n" for each in told),
        "institutions.jsonl": f"{json.dumps(institution)}\n",
    }


@pytest.fixture(scope="module", params=["example", "hostile"])
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp(request.param)
    if request.param == "hostile":
        return make_package(place, hostile_files(), Options(quotes="full"))
    build_folder(DATA, place / "build")
    with open_build(place / "build") as build:
        write_package(build, DATA, place / "dist")
    return place / "dist"


def read_dataset(path: Path, format_: str) -> Dataset:
    with warnings.catch_warnings():  # rdflib's parsers use what rdflib has deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        return Dataset().parse(data=path.read_text(encoding="utf-8"), format=format_)


@pytest.fixture(scope="module")
def quads(package: Path) -> Dataset:
    return read_dataset(package / "data.nq", "nquads")


@pytest.fixture(scope="module")
def union(quads: Dataset) -> Graph:
    graph = Graph()
    for subject, predicate, object_, _ in quads.quads():
        graph.add((subject, predicate, object_))
    return graph


def triples(graph: Graph) -> set[tuple[str, str, str]]:
    return {(s.n3(), p.n3(), o.n3()) for s, p, o in graph}


@pytest.mark.parametrize(
    ("name", "format_"), [("data.ttl", "turtle"), ("data.rdf", "xml"), ("data.jsonld", "json-ld")]
)
def test_format_holds_the_same_triples(
    package: Path, union: Graph, name: str, format_: str
) -> None:
    with warnings.catch_warnings():  # of JSON-LD rdflib itself makes a deprecated graph
        warnings.simplefilter("ignore", DeprecationWarning)
        found = Graph().parse(package / name, format=format_)
    assert triples(found) ^ triples(union) == set()
    assert isomorphic(found, union)
    assert not [node for triple in found for node in triple if type(node).__name__ == "BNode"]


def test_trig_holds_the_same_quads(package: Path, quads: Dataset) -> None:
    def told(dataset: Dataset) -> set[tuple[str, ...]]:
        return {(s.n3(), p.n3(), o.n3(), str(g)) for s, p, o, g in dataset.quads()}

    assert told(read_dataset(package / "data.trig", "trig")) ^ told(quads) == set()
    assert len(told(quads)) == (package / "data.nq").read_bytes().count(b"\n")


def test_compressed_is_the_same(package: Path) -> None:
    packed = (package / "data.nq.gz").read_bytes()
    assert gzip.decompress(packed) == (package / "data.nq").read_bytes()
    assert packed[4:8] == b"\0\0\0\0"


def test_jsonld_is_the_same_for_pyld(package: Path, union: Graph) -> None:
    document = json.loads((package / "data.jsonld").read_bytes())
    lines = jsonld.to_rdf(document, {"format": "application/n-quads"})
    assert triples(Graph().parse(data=lines, format="nt")) ^ triples(union) == set()


def test_jsonld_is_framed_by_activity(package: Path) -> None:
    document = json.loads((package / "data.jsonld").read_bytes())
    published = json.loads((package / "context.jsonld").read_bytes())["@context"]
    assert published == build_context()
    assert {**document["@context"], **published} == document["@context"]
    nodes = document["@graph"]
    is_activity = [str(node["id"]).startswith("activity/") for node in nodes]
    assert is_activity == sorted(is_activity, reverse=True)
    evidence = [
        n["evidence"] for n in nodes if n.get("id", "").startswith("activity/") and "evidence" in n
    ]
    assert evidence
    for each in evidence:
        told = each if isinstance(each, list) else [each]
        assert all("fromSource" in passage for passage in told)


def test_names_of_the_context_are_one_thing_each() -> None:
    names = [name for name, _ in read_names().values()]
    assert len(names) == len(set(names))
    assert not set(names) & set(PREFIXES)


@pytest.mark.parametrize("tool", ["csvw", "frictionless"])
def test_tables_are_valid(package: Path, tool: str) -> None:
    """Each runs apart: they bring libraries that warn."""
    code, file = {
        "csvw": ("from csvw.__main__ import csvwvalidate as run", "csv-metadata.json"),
        "frictionless": ("from frictionless.__main__ import console as run", "datapackage.json"),
    }[tool]
    arguments = {"csvw": ["-v", file], "frictionless": ["validate", "--json", file]}[tool]
    result = subprocess.run(
        [sys.executable, "-c", f"{code}; import sys; sys.exit(run())", *arguments],
        capture_output=True,
        text=True,
        cwd=package / "tables",
        check=False,
    )
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    if tool == "frictionless":
        report = json.loads(result.stdout)
        assert report["valid"], report
        assert len(report["tasks"]) == len(TABLES)


def sheets(path: Path) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", f"{sheet.title}!{cell.coordinate}"
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix, cell.value
        assert sheet.auto_filter.ref
        yield sheet.title, list(sheet.iter_rows(values_only=True))
    book.close()


def test_workbook_has_the_tables_and_no_formula(package: Path) -> None:
    found = dict(sheets(package / "tables.xlsx"))
    assert list(found) == ["about", *(table.name for table in TABLES)]
    for table in TABLES:
        with (package / f"tables/{table.name}.csv").open(encoding="utf-8", newline="") as file:
            expected = list(csv.reader(file))
        flags = {True: "true", False: "false", None: ""}
        cells = [
            [flags[c] if isinstance(c, bool | None) else c for c in row]
            for row in found[table.name]
        ]
        assert len(cells) == len(expected)
        for row, wanted in zip(cells, expected, strict=True):
            for cell, text in zip(row, wanted, strict=True):
                same = float(text) == cell if isinstance(cell, int | float) else cell == text
                assert same or _unescaped(cell) == text, (table.name, cell, text)
    columns = sum(len(table.columns) for table in TABLES)
    assert len(found["about"]) == 1 + len(TABLES) + columns


def _unescaped(cell: object) -> str:
    """What Excel reads: a carriage return is written as _x000D_ (ECMA-376, 22.4.2.4)."""
    from openpyxl.utils.escape import unescape

    return str(unescape(str(cell)))


def test_hostile_names_are_all_there(tmp_path: Path) -> None:
    package = make_package(tmp_path, hostile_files())
    graph = Graph().parse(package / "data.rdf", format="xml")
    label = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
    assert set(HOSTILE) <= {str(text) for text in graph.objects(None, label)}


def test_network_opens_and_is_the_answer_to_the_question(tmp_path: Path) -> None:
    build_folder(DATA, tmp_path / "build")
    with open_build(tmp_path / "build") as build:
        write_package(build, DATA, tmp_path / "dist")
        pairs = ask(build, "institution-pairs")
    expected = {(row["institution"], row["other"]): row["activities"] for row in pairs}
    for name, read in (
        ("network.graphml", nx.read_graphml),
        ("network.gexf", lambda path: nx.read_gexf(path, version="1.3")),
    ):
        graph = read(tmp_path / "dist" / name)
        found = {tuple(sorted((str(a), str(b)))): d["weight"] for a, b, d in graph.edges(data=True)}
        assert found == {tuple(sorted(map(str, pair))): n for pair, n in expected.items()}
        node = next(d for n, d in graph.nodes(data=True) if n.endswith("/embl"))
        assert node["label"] == "EMBL"
        assert node["kind"] == "ResearchBody"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("First thing. Second.", "First thing."),
        ("Am 15. April kam Dr. Weber. Sie blieb.", "Am 15. April kam Dr. Weber."),
        ("交流を始めた。また続いた。", "交流を始めた。"),
        ("“Really?” she said. They left.", "“Really?” she said."),
        ("no end", "no end"),
        ("word " * 100, "word " * 58 + "word…"),
    ],
)
def test_quote_is_shortened_to_a_sentence(text: str, short: str) -> None:
    assert shorten_quote(text) == short.strip()
