"""SPARQL 1.1 Protocol, query operation: each request form of the recommendation, and its errors.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph
import pytest
import rdflib

import twingraph
from example import DATA
from serving import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
JSON = "application/sparql-results+json"
BASE = "https://w3id.org/twingraph/id/"
KUMAMOTO = f"{BASE}source/heidelberg-kumamoto"
REFERENCE = f"{BASE}graph/reference"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ASK = "ASK {}"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "build"
    twingraph.build_folder(DATA, folder)
    return folder


@pytest.fixture(scope="module")
def server(build: Path) -> Iterator[Server]:
    with serving(build, "--workers", "2", "--timeout", "20") as started:
        yield started


@pytest.fixture(scope="module")
def sizes(build: Path) -> dict[str, int]:
    with twingraph.open_build(build) as opened:
        graphs: dict[str, int] = opened.manifest["graphs"]
        return graphs


def count(server: Server, query: str, *dataset: tuple[str, str]) -> int:
    answer = server.send(
        "GET", f"/sparql?{urlencode([('query', query), *dataset])}", {"Accept": JSON}
    )
    assert answer.status == 200, answer.text
    return int(answer.rows()[0]["n"])


# The request forms


def test_get(server: Server) -> None:
    answer = server.get("/sparql", JSON, query=ASK)
    assert (answer.status, answer.media_type, answer.json()["boolean"]) == (200, JSON, True)


def test_post_form(server: Server) -> None:
    answer = server.send("POST", "/sparql", {"Content-Type": FORM}, urlencode({"query": ASK}))
    assert (answer.status, answer.json()["boolean"]) == (200, True)


def test_post_form_with_charset(server: Server) -> None:
    query = "SELECT ?name { VALUES ?name { 'Rechovot – ראשון 熊本' } }"
    headers = {"Content-Type": f"{FORM}; charset=UTF-8", "Accept": JSON}
    answer = server.send("POST", "/sparql", headers, urlencode({"query": query}))
    assert answer.rows() == [{"name": "Rechovot – ראשון 熊本"}]


def test_post_direct(server: Server) -> None:
    answer = server.send("POST", "/sparql", {"Content-Type": DIRECT}, ASK.encode())
    assert (answer.status, answer.json()["boolean"]) == (200, True)


def test_head(server: Server) -> None:
    head, body = (
        server.send(method, f"/sparql?{urlencode({'query': COUNT})}", {"Accept": "text/csv"})
        for method in ("HEAD", "GET")
    )
    assert head.status == 200
    assert head.body == b""
    assert head.headers["content-length"] == body.headers["content-length"] == str(len(body.body))


def test_options_let_other_origins_ask(server: Server) -> None:
    answer = server.send("OPTIONS", "/sparql", {"Origin": "https://elsewhere.example"})
    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]


@pytest.mark.parametrize("path", ["/", "/ask/institutions-since", "/twingraph/id/year/1999", "/x"])
def test_a_browser_may_ask_first_at_every_address(server: Server, path: str) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    answer = server.send("OPTIONS", path, asked)
    assert answer.status == 204
    assert "GET" in answer.headers["access-control-allow-methods"]
    assert "If-None-Match" in answer.headers["access-control-allow-headers"]
    refused = server.send("DELETE", path)
    assert (refused.status, "GET" in refused.headers["allow"]) == (405, True)


def test_format_that_is_left_empty_is_none(server: Server) -> None:
    assert server.get("/sparql", JSON, query=ASK, format="").media_type == JSON
    assert server.get("/sparql", JSON, format="ttl").media_type == "text/turtle"  # of itself


# The dataset (2.1.4)


def test_without_dataset_all_graphs_are_asked(server: Server, sizes: dict[str, int]) -> None:
    assert count(server, COUNT) == sum(sizes.values())


def test_default_graph(server: Server, sizes: dict[str, int]) -> None:
    assert count(server, COUNT, ("default-graph-uri", KUMAMOTO)) == sizes[KUMAMOTO]


def test_default_graphs(server: Server, sizes: dict[str, int]) -> None:
    both = [("default-graph-uri", KUMAMOTO), ("default-graph-uri", REFERENCE)]
    assert count(server, COUNT, *both) == sizes[KUMAMOTO] + sizes[REFERENCE]


def test_named_graph_leaves_the_default_graph_empty(server: Server, sizes: dict[str, int]) -> None:
    named = ("named-graph-uri", KUMAMOTO)
    assert count(server, COUNT, named) == 0
    in_graphs = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert count(server, in_graphs, named) == sizes[KUMAMOTO]


def test_default_and_named_graphs(server: Server, sizes: dict[str, int]) -> None:
    dataset = [("default-graph-uri", KUMAMOTO), ("named-graph-uri", REFERENCE)]
    query = "SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    assert count(server, query, *dataset) == sizes[KUMAMOTO] + sizes[REFERENCE]


def test_dataset_of_the_protocol_goes_before_that_of_the_query(
    server: Server, sizes: dict[str, int]
) -> None:
    query = COUNT.replace("WHERE", f"FROM <{REFERENCE}> WHERE")
    assert count(server, query) == sizes[REFERENCE]
    assert count(server, query, ("default-graph-uri", KUMAMOTO)) == sizes[KUMAMOTO]


@pytest.mark.parametrize("content_type", [FORM, DIRECT])
def test_dataset_of_a_post(server: Server, sizes: dict[str, int], content_type: str) -> None:
    graph = urlencode({"default-graph-uri": KUMAMOTO})
    body = f"{urlencode({'query': COUNT})}&{graph}" if content_type == FORM else COUNT
    where = "/sparql" if content_type == FORM else f"/sparql?{graph}"
    answer = server.send("POST", where, {"Content-Type": content_type, "Accept": JSON}, body)
    assert answer.rows() == [{"n": str(sizes[KUMAMOTO])}]


def test_unknown_graph_is_empty_and_fetched_from_nowhere(server: Server) -> None:
    assert count(server, COUNT, ("default-graph-uri", "http://127.0.0.1:9/graph")) == 0


def test_graph_that_is_no_iri_is_refused(server: Server) -> None:
    answer = server.send("GET", f"/sparql?{urlencode({'query': ASK, 'default-graph-uri': 'a b'})}")
    assert answer.status == 400


# What is answered


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sparql-results+json", JSON),
        ("application/json", JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("*/*", JSON),
        ("text/*", "text/csv"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/csv;q=0, */*;q=0.1", JSON),
        ("image/png, text/turtle, text/csv;q=0.2", "text/csv"),
        ("", JSON),
        ("nonsense", JSON),
    ],
)
def test_rows_in_the_format_that_is_wanted(server: Server, accept: str, media_type: str) -> None:
    answer = server.get("/sparql", accept, query=COUNT)
    assert (answer.status, answer.media_type) == (200, media_type)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("*/*", "text/turtle"),
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{KUMAMOTO}> {{ ?s ?p ?o }} }}",
        f"DESCRIBE <{BASE}institution/sportkreis-heidelberg>",
    ],
)
def test_graphs_in_the_format_that_is_wanted(
    server: Server, query: str, accept: str, media_type: str
) -> None:
    answer = server.get("/sparql", accept, query=query)
    assert (answer.status, answer.media_type) == (200, media_type)
    format_ = pyoxigraph.RdfFormat.from_media_type(media_type)
    assert len(list(pyoxigraph.parse(answer.body, format=format_))) > 3


@pytest.mark.parametrize("query", [ASK, f"DESCRIBE <{KUMAMOTO}>"])
def test_format_that_is_not_there(server: Server, query: str) -> None:
    answer = server.get("/sparql", "image/png", query=query)
    assert answer.status == 406
    assert "text/csv" in answer.text


def test_rows_are_not_acceptable_as_turtle(server: Server) -> None:
    answer = server.get("/sparql", "text/turtle", query=ASK)
    assert answer.status == 406
    assert "a table or a truth value" in answer.text


# Bad requests


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", {}, None, 400),
        ("GET", "/sparql?unknown=1", {}, None, 400),
        ("GET", "/sparql?query=", {}, None, 400),
        ("GET", "/sparql?query=SELECT", {}, None, 400),
        ("GET", "/sparql?query=%FF%FE", {}, None, 400),
        ("PUT", "/sparql?query=ASK%20%7B%7D", {}, None, 405),
        ("DELETE", "/sparql?query=ASK%20%7B%7D", {}, None, 405),
        ("PATCH", "/sparql", {"Content-Type": DIRECT}, b"ASK {}", 405),
        ("POST", "/sparql", {"Content-Type": "text/plain"}, b"ASK {}", 415),
        ("POST", "/sparql", {"Content-Type": "multipart/form-data"}, b"query=ASK", 415),
        ("POST", "/sparql", {}, b"query=ASK%20%7B%7D", 415),
        ("POST", "/sparql", {"Content-Type": FORM}, b"", 400),
        ("POST", "/sparql", {"Content-Type": FORM}, b"query=ASK&query=ASK", 400),
        ("POST", "/sparql", {"Content-Type": FORM}, b"query=%C3%28", 400),
        ("POST", "/sparql", {"Content-Type": DIRECT}, "ASK {}".encode("utf-16"), 400),
        (
            "POST",
            "/sparql",
            {"Content-Type": f"{DIRECT}; charset=utf-16"},
            "ASK {}".encode("utf-16"),
            415,
        ),
        ("POST", "/sparql?query=ASK%20%7B%7D", {"Content-Type": DIRECT}, b"ASK {}", 400),
    ],
)
def test_bad_request(
    server: Server,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes | None,
    status: int,
) -> None:
    answer = server.send(method, path, headers, body)
    assert answer.status == status, answer.text
    assert answer.text.strip()


UPDATES = [
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "DROP ALL",
    "CLEAR DEFAULT",
    "CREATE GRAPH <urn:g>",
    "LOAD <http://127.0.0.1:9/data>",
    "COPY DEFAULT TO <urn:g>",
]


@pytest.mark.parametrize("update", UPDATES)
def test_updates_are_refused_in_every_form(
    server: Server, sizes: dict[str, int], update: str
) -> None:
    text = urlencode({"update": update})
    answers = [
        server.send("POST", "/sparql", {"Content-Type": FORM}, text),
        server.send("POST", "/sparql", {"Content-Type": "application/sparql-update"}, update),
        server.send("GET", f"/sparql?{text}"),
        server.query(update),
        server.send("POST", "/update", {"Content-Type": FORM}, text),
        server.send("PUT", f"/store?graph={KUMAMOTO}", {"Content-Type": "text/turtle"}, b""),
    ]
    assert [answer.status for answer in answers] == [403, 403, 403, 400, 405, 405]
    assert count(server, COUNT) == sum(sizes.values())


# What HTTP adds


def test_etag_is_answered_with_304_and_changes_with_the_format(server: Server) -> None:
    path = f"/sparql?{urlencode({'query': COUNT})}"
    first = server.send("GET", path, {"Accept": "text/csv"})
    tag = first.headers["etag"]
    again = server.send("GET", path, {"Accept": "text/csv", "If-None-Match": f'"x", {tag}'})
    assert (again.status, again.body) == (304, b"")
    other = server.send("GET", path, {"Accept": JSON, "If-None-Match": tag})
    assert other.status == 200
    assert other.headers["etag"] != tag


def test_gzip(server: Server) -> None:
    path = f"/sparql?{urlencode({'query': 'SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 500'})}"
    plain = server.send("GET", path, {"Accept": JSON})
    packed = server.send("GET", path, {"Accept": JSON, "Accept-Encoding": "br, gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 3
    assert gzip.decompress(packed.body) == plain.body
    refused = server.send("GET", path, {"Accept": JSON, "Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers


def test_kept_answer_is_the_same(server: Server) -> None:
    first, second = (server.get("/sparql", "text/csv", query=COUNT + "#kept") for _ in range(2))
    assert (first.body, first.headers["etag"]) == (second.body, second.headers["etag"])


# What the endpoint says of itself

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


def test_service_description(server: Server, sizes: dict[str, int]) -> None:
    answer = server.get("/sparql", "text/turtle")
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    service = rdflib.URIRef(f"{server.url}/sparql")
    assert (service, rdflib.RDF.type, SD.Service) in graph
    assert (service, SD.endpoint, service) in graph
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    dataset = graph.value(service, SD.defaultDataset)
    assert int(str(graph.value(dataset, VOID.triples))) == sum(sizes.values())
    found = {
        str(graph.value(named, SD.name)): int(
            str(graph.value(graph.value(named, SD.graph), VOID.triples))
        )
        for named in graph.objects(dataset, SD.namedGraph)
    }
    assert found == sizes


def test_a_browser_is_led_to_a_form(server: Server) -> None:
    answer = server.get("/sparql", "text/html,application/xhtml+xml,*/*;q=0.8")
    assert (answer.status, answer.headers["location"]) == (303, "/query")
    assert "<textarea" in server.get(answer.headers["location"]).text
