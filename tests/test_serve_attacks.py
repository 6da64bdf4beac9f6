"""What a hostile client sends: the server stays up, others lose nothing, nothing goes out."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote, urlencode

import pytest

import twingraph
from example import DATA
from serving import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.alone

LIMIT: Final = 2.0  # seconds for an answer
TICK: Final = 0.01  # seconds by which the server's clock may lag: it counts whole milliseconds
SLACK: Final = 0.5  # seconds beyond, in which the answer has to be there
PREFIXES: Final = "PREFIX tg: <https://w3id.org/twingraph/ns#>\n"
INNOCENT: Final = f"{PREFIXES}SELECT (COUNT(DISTINCT ?i) AS ?n) {{ ?i a tg:Institution }}"
TRUTH: Final = {"n": "27"}
CLOSE: Final = "Connection: close\r\n\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("attacked") / "build"
    twingraph.build_folder(DATA, folder)
    with serving(folder, "--workers", "3", "--timeout", str(LIMIT), "--memory", "256") as started:
        yield started


class Innocent:
    """Another client, who asks on while the server is attacked."""

    def __init__(self, server: Server) -> None:
        self.rows: list[dict[str, str]] = []
        self.statuses: list[int] = []
        self.slowest_health = 0.0
        self._server = server
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._ask), threading.Thread(target=self._look)]

    def _ask(self) -> None:
        number = 0
        while not self._is_over.wait(0.02):
            number += 1
            answer = self._server.query(f"{INNOCENT} # {number}")  # never the same: none is kept
            self.statuses.append(answer.status)
            if answer.status == 200:
                self.rows += answer.rows()

    def _look(self) -> None:
        while not self._is_over.wait(0.05):
            answer = self._server.get("/health")
            self.statuses.append(answer.status)
            self.slowest_health = max(self.slowest_health, answer.seconds)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()


@contextmanager
def undisturbed(server: Server) -> Iterator[None]:
    """Another client gets every answer, right, and `/health` within a second, throughout."""
    with Innocent(server) as innocent:
        time.sleep(0.1)
        yield
        time.sleep(0.1)
    assert server.process.poll() is None
    assert set(innocent.statuses) == {200}
    assert innocent.rows
    assert all(row == TRUTH for row in innocent.rows)
    assert innocent.slowest_health < 1


# Queries that an engine does not survive, or not in time

NESTED = {
    f"{name} × {depth:,}": template.format("".join([opening] * depth), "".join([closing] * depth))
    for depth in (5_000, 100_000)
    for name, template, opening, closing in (
        ("(", "ASK {{ FILTER({}1{}) }}", "(", ")"),
        ("{", "ASK {}{}", "{", "}"),
        ("!", "ASK {{ FILTER({}1{}) }}", "!", ""),
        ("-", "ASK {{ FILTER({}1{}) }}", "- ", ""),
        ("[", "ASK {{ <urn:a> <urn:b> {} [] {} }}", "[ <urn:p> ", "]"),
        ("UNION", "ASK {{ {{}} {} {} }}", "UNION {} ", ""),
        ("OPTIONAL", "ASK {{ {} {} }}", "OPTIONAL { ?a ?b ?c } ", ""),
        ("path", "ASK {{ ?a {}<urn:p>{} ?b }}", "<urn:p>/", ""),
        ("path in brackets", "ASK {{ ?a {}<urn:p>{} ?b }}", "(", ")*"),
        ("||", "ASK {{ FILTER({}1{}) }}", "1 || ", ""),
        ("+", "ASK {{ FILTER({}1{}) }}", "1 + ", ""),
        ("sub-select", "{}SELECT * {{}}{}", "SELECT * { ", " }"),
        ("EXISTS", "ASK {{ {}{} }}", "FILTER EXISTS { ", "}"),
        ("list", "ASK {{ ?a ?b {}{} }}", "( ", ") "),
    )
}
ENDLESS = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "cross product, rows": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "cross product of VALUES": "SELECT (COUNT(*) AS ?n) {{ {} }}".format(
        " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(100)))} }}" for i in range(6))
    ),
    "everything in order": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f ?c",
    "doubled text": "SELECT (STRLEN(?t30) AS ?n) {{ BIND('aaaaaaaaaa' AS ?t0) {} }}".format(
        " ".join(f"BIND(CONCAT(?t{i}, ?t{i}) AS ?t{i + 1})" for i in range(30))
    ),
    "regular expression": 'ASK { FILTER(REGEX("' + "a" * 5000 + '!", "^(((a+)+)+)+$")) }',
    "regular expression of great counts": 'ASK { FILTER(REGEX("a", "((a{1000}){1000}){1000}")) }',
    "path without end": "SELECT (COUNT(*) AS ?n) { ?a !<urn:x>* ?b . ?c !<urn:x>* ?d }",
    "groups": "SELECT ?a ?d (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?d",
    "construct": "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}


@pytest.mark.parametrize("name", NESTED)
def test_deep_query_is_refused_or_answered(server: Server, name: str) -> None:
    with undisturbed(server):
        answer = server.query(NESTED[name])
    assert answer.status in (200, 400, 413, 504), answer.text[:200]
    assert answer.seconds < LIMIT + SLACK


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_query_is_ended_in_time(server: Server, name: str) -> None:
    with undisturbed(server):
        answer = server.query(ENDLESS[name])
    assert answer.seconds < LIMIT + SLACK
    if answer.status != 200:  # a regular expression takes no longer than its text is long
        assert answer.status in (400, 504), answer.text[:200]
    if answer.status == 504:
        assert "longer than is allowed" in answer.text
        assert answer.seconds >= LIMIT - TICK


def test_timeout_is_told_on_the_page(server: Server) -> None:
    browser = "text/html,application/xhtml+xml,*/*;q=0.8"
    answer = server.get("/sparql", browser, query=ENDLESS["cross product"] + "# page")
    assert answer.status == 504
    assert answer.media_type == "text/html"
    assert "takes longer than is allowed" in answer.text


def test_many_endless_queries_of_one_client_leave_a_worker_to_another(server: Server) -> None:
    """From another address of loopback, as a client on another machine would come."""

    def attack() -> None:
        request = f"/sparql?{urlencode({'query': ENDLESS['cross product']})}"
        for _ in range(2):
            try:
                with socket.create_connection(
                    ("127.0.0.1", server.port), 10, ("127.0.0.2", 0)
                ) as client:
                    client.sendall(f"GET {request} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                    client.recv(1000)
            except TimeoutError:
                pass

    attackers = [threading.Thread(target=attack) for _ in range(20)]
    with undisturbed(server):
        for each in attackers:
            each.start()
        slowest = max(server.query(f"{INNOCENT} # fair {n}").seconds for n in range(20))
        for each in attackers:
            each.join()
    assert slowest < 1


def test_request_of_ten_megabytes(server: Server) -> None:
    query = "ASK { # " + "x" * 10_000_000 + "\n}"
    with undisturbed(server):
        answer = server.query(query)
        in_address = server.send_raw(
            b"GET /sparql?query=" + b"x" * 10_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"
        )
    assert answer.status == 413
    assert b" 200 " not in in_address[:20]


def test_many_parameters(server: Server) -> None:
    answer = server.send("GET", "/sparql?" + "a=1&" * 5000 + "query=ASK%7B%7D")
    assert answer.status in (400, 414, 431)


def test_a_thousand_slow_connections(server: Server) -> None:
    held = []
    with undisturbed(server):
        try:
            for number in range(1000):
                connection = socket.create_connection(("127.0.0.1", server.port), 10)
                connection.sendall(
                    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n"[: number % 60]
                )
                held.append(connection)
            for number in range(10):
                assert server.query(f"{INNOCENT} # slow {number}").status == 200
        finally:
            for connection in held:
                connection.close()


# Nothing goes out


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port on loopback, and who has come to it."""
    visits: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        is_over = threading.Event()

        def listen() -> None:
            while not is_over.is_set():
                try:
                    connection, address = listening.accept()
                except TimeoutError:
                    continue
                visits.append(address)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield listening.getsockname()[1], visits
        is_over.set()
        thread.join()


OUTWARD = [
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SeRvIcE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE\n#comment\n SILENT\t<{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE#\n<{url}>{{}}}}",
    "PREFIX x: <{url}> SELECT * {{ SERVICE x: {{ ?s ?p ?o }} }}",
    "BASE <{url}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?u {{ <{url}> }} SERVICE ?u {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{url}> AS ?u) OPTIONAL {{ SERVICE SILENT ?u {{ ?s ?p ?o }} }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "\\u0053ERVICE",
    "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ <a>SERVICE<{url}>{{}} }}",
    "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * FROM <file:///etc/passwd> {{ ?s ?p ?o }}",
    "LOAD <{url}>",
    "LOAD SILENT <{url}> INTO GRAPH <urn:g>",
    "DESCRIBE <{url}>",
]


@pytest.mark.parametrize("query", OUTWARD)
def test_nothing_goes_out(server: Server, listener: tuple[int, list[object]], query: str) -> None:
    port, visits = listener
    url = f"http://127.0.0.1:{port}/x"
    text = query.format(url=url) if "{{" in query or "{url}" in query else query
    answer = server.query(text)
    if "ervice" in text.lower() or "LOAD" in text:
        assert answer.status == 400, answer.text[:200]
    else:
        assert answer.status == 200
        assert b"root:" not in answer.body
    graph = server.get("/sparql", query="ASK { ?s ?p ?o }", **{"default-graph-uri": url})
    assert graph.json()["boolean"] is False
    time.sleep(0.15)
    assert visits == []


# Paths, markup, headers

TRAVERSALS = [
    "../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "....//....//etc/passwd",
    "..\\..\\..\\etc\\passwd",
    "%00/etc/passwd",
    "/etc/passwd",
    "style.css%00.txt",
    "..%252f..%252fetc%252fpasswd",
]


@pytest.mark.parametrize("path", TRAVERSALS)
@pytest.mark.parametrize(
    "root", ["/static/", "/ask/", "/", "/twingraph/id/", "/sparql/", "/download/", "/reconcile/"]
)
def test_no_file_is_read_through_a_path(server: Server, root: str, path: str) -> None:
    said = server.send_raw(f"GET {root}{path} HTTP/1.1\r\nHost: x\r\n{CLOSE}".encode())
    status = int(said.split(b" ", 2)[1])
    assert status in (303, 400, 404), said[:300]
    assert b"root:" not in said


MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "path",
    [
        "/ask/institutions-since?" + urlencode({"since": MARKUP}),
        "/ask/institutions-since?" + urlencode({MARKUP: "1"}),
        "/ask/" + quote(MARKUP, safe=""),
        "/ask/timeline?" + urlencode({"partnership": MARKUP}),
        "/ask/timeline?" + urlencode({"partnership": "javascript:alert(1)"}),
        "/" + quote(MARKUP, safe=""),
        "/twingraph/id/institution/" + quote(MARKUP, safe="") + "?format=html",
        "/sparql?" + urlencode({"query": MARKUP}),
        "/ask/institutions-since?format=" + quote(MARKUP),
    ],
)
def test_markup_of_a_request_is_shown_as_text(server: Server, path: str) -> None:
    answer = server.get(path, "text/html")
    assert answer.status in (400, 404, 406)
    assert "<script>" not in answer.text
    assert "<img" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/twingraph/id/x%0d%0aSet-Cookie:%20a=b",
        "/twingraph/id/x%0aSet-Cookie:%20a=b?a=%0d%0aX:y",
        "/twingraph/id/%E2%80%AE%0d%0a%0d%0a<script>",
        "//evil.example/%2f..",
        "/twingraph/id//evil.example",
    ],
)
def test_no_header_comes_from_a_request(server: Server, path: str) -> None:
    said = server.send_raw(f"GET {path} HTTP/1.1\r\nHost: x\r\n{CLOSE}".encode())
    head = said.partition(b"\r\n\r\n")[0].lower()
    assert b"set-cookie" not in head.replace(b"%0d%0aset-cookie", b"").replace(
        b"%0aset-cookie", b""
    )
    assert b"location: http" not in head
    assert b"location: //" not in head


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80@x", "x\x00y", "a, b", "[::1", "", "<script>"]
)
def test_host_of_a_request_is_not_believed(server: Server, host: str) -> None:
    for path in ("/sparql", "/", "/openapi.json", "/twingraph/id/year/1999", "/queries"):
        said = server.send_raw(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{CLOSE}".encode())
        assert b"evil.example" not in said
        assert b"<script>" not in said
    assert server.get("/health").status == 200


LENGTHS = [
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    + head
    + b"\r\n\r\n"
    + body
    for head, body in (
        (b"Content-Length: -1", b"ASK {}"),
        (b"Content-Length: x", b"ASK {}"),
        (b"Content-Length: 99999999999999999999", b"ASK {}"),
        (b"Content-Length: 3\r\nContent-Length: 6", b"ASK {}"),
        (b"Content-Length: 6\r\nTransfer-Encoding: chunked", b"ASK {}"),
        (b"Transfer-Encoding: chunked", b"zz\r\nASK {}\r\n0\r\n\r\n"),
        (b"Content-Length: 3", b"ASK {} GET /health HTTP/1.1\r\n\r\n"),
    )
]


@pytest.mark.parametrize("request_", LENGTHS)
def test_wrong_lengths(server: Server, request_: bytes) -> None:
    with undisturbed(server):
        said = server.send_raw(request_)
    assert not said.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "request_",
    [
        b"\x00" * 1000,
        b"\x16\x03\x01\x02\x00",  # TLS
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000,
        b"GET / HTTP/1.1\r\nX: " + b"y" * 1_000_000,
        "GET /ü HTTP/1.1\r\nHost: ü\r\n\r\n".encode("utf-16"),
    ],
)
def test_what_is_no_http(server: Server, request_: bytes) -> None:
    with undisturbed(server):
        said = server.send_raw(request_)
    assert not said.startswith(b"HTTP/1.1 200")
