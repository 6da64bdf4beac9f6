"""A remote store that answers, and one that fails in every way: an answer is whole, or an error."""

from __future__ import annotations

import hashlib
import re
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Event
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import servers
import twingraph
from twingraph.cli import cli
from twingraph.endpoint import Credentials, Endpoint, read_credentials
from twingraph.endpoint.address import read_url
from twingraph.endpoint.http import Client, Request
from twingraph.errors import EndpointError, IriError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from servers import FakeServer, Visit

JSON = "application/sparql-results+json"
ROWS = (
    b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"1999",'
    b'"datatype":"http://www.w3.org/2001/XMLSchema#integer"}}]}}'
)
NONE = b'{"head":{"vars":["n"]},"results":{"bindings":[]}}'
NO = b'{"head":{},"boolean":false}'
SELECT = "SELECT ?n WHERE { ?s ?p ?n }"
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p ?o }"
SECRET = "s3cret-Wort"
SHORT = 0.4  # seconds


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with servers.fake() as running:
        yield running


def giving(content_type: str, body: bytes, status: int = 200) -> Callable[[Visit], None]:
    return lambda visit: visit.answer(status, content_type, body)


def in_turn(*parts: Callable[[Visit], None]) -> Callable[[Visit], None]:
    """A part for each request; the last one for all that follow."""
    waiting = list(parts)

    def play(visit: Visit) -> None:
        part = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        part(visit)

    return play


def test_rows(server: FakeServer) -> None:
    server.play = giving(f"{JSON}; charset=utf-8", ROWS)
    assert twingraph.query(Endpoint(server.url), SELECT).rows() == [(1999,)]
    [visit] = server.visits
    assert visit.command == "POST"
    assert visit.headers["Accept"] == JSON
    assert visit.headers["Authorization"] is None
    assert visit.body.startswith(b"query=SELECT")


@pytest.mark.parametrize(
    ("body", "truth"),
    [
        (b'{"head":{},"boolean":true}', True),
        (NO, False),
        # as Virtuoso 7.2 has it
        (b'{"results":{"bindings":[{"__ASK_RETVAL":{"value":"1"}}]}}', True),
        (b'{"results":{"bindings":[{"__ASK_RETVAL":{"value":"0"}}]}}', False),
    ],
)
def test_truth(server: FakeServer, body: bytes, truth: bool) -> None:  # noqa: FBT001
    server.play = giving(JSON, body)
    assert Endpoint(server.url).run("ASK { GRAPH ?g { ?s ?p ?o } }") is truth


def test_blank_nodes_as_virtuoso_names_them(server: FakeServer) -> None:
    said = b'{"n":{ "type": "bnode", "value": "nodeID://b1" }},'
    text = b'{"n":{"type":"literal","value":"nodeID://b1"}}'
    server.play = giving(
        JSON, b'{"head":{"vars":["n"]},"results":{"bindings":[%b%b]}}' % (said, text)
    )
    found = Endpoint(server.url).select(SELECT)
    assert b'"bnode", "value": "b1"' in found
    assert text in found


def test_triples_are_sorted_lines(server: FakeServer) -> None:
    server.play = giving("text/turtle", b"@prefix : <urn:x:> . :b a :c . :a a :c .")
    lines = str(Endpoint(server.url).run(CONSTRUCT)).splitlines()
    assert [line.split()[0] for line in lines] == ["<urn:x:a>", "<urn:x:b>"]


def test_a_word_in_a_comment_is_no_form(server: FakeServer) -> None:
    """SPARQLWrapper alone takes this for an update."""
    server.play = giving(JSON, ROWS)
    assert Endpoint(server.url).run(f"# what they create\n# or delete\n{SELECT}") == ROWS


@pytest.mark.parametrize("text", ["DROP ALL", "INSERT DATA { <urn:a> <urn:b> 'SELECT' }", "", "#"])
def test_what_is_no_query_is_not_sent(server: FakeServer, text: str) -> None:
    with pytest.raises(QueryError, match="not a SPARQL query"):
        Endpoint(server.url).run(text)
    assert server.visits == []


def close_before_any(visit: Visit) -> None:
    visit.close_connection = True
    visit.connection.shutdown(socket.SHUT_RDWR)


def hang_in_body(visit: Visit) -> None:
    visit.head(200, ("Content-Type", JSON), ("Content-Length", str(len(ROWS))))
    visit.wfile.write(ROWS[:20])
    visit.hang()


def drip_body(visit: Visit) -> None:
    visit.head(200, ("Content-Type", JSON), ("Content-Length", str(len(ROWS))))
    for byte in ROWS:
        visit.wfile.write(bytes([byte]))
        if visit.server.is_over.wait(SHORT / 4):
            break


def drip_head(visit: Visit) -> None:
    visit.close_connection = True
    while not visit.server.is_over.wait(SHORT / 4):
        visit.wfile.write(b"H")


def close_in_body(visit: Visit) -> None:
    visit.head(200, ("Content-Type", JSON), ("Content-Length", str(len(ROWS))))
    visit.wfile.write(ROWS[:20])
    visit.close_connection = True


def half_without_length(visit: Visit) -> None:
    visit.head(200, ("Content-Type", JSON), ("Connection", "close"))
    visit.wfile.write(ROWS[:20])
    visit.close_connection = True


def cut_in_chunk(visit: Visit) -> None:
    visit.head(200, ("Content-Type", JSON), ("Transfer-Encoding", "chunked"))
    visit.wfile.write(b"%x\r\n%s" % (len(ROWS), ROWS[:20]))
    visit.close_connection = True


def cut_between_chunks(visit: Visit) -> None:
    visit.head(200, ("Content-Type", JSON), ("Transfer-Encoding", "chunked"))
    visit.wfile.write(b"%x\r\n%s\r\n" % (len(ROWS), ROWS))
    visit.close_connection = True


def cancelled(visit: Visit) -> None:
    """As the oxigraph server does when its time is over."""
    visit.answer(200, JSON, ROWS[:40] + b"The SPARQL operation has been cancelled")


def of_another_coding(visit: Visit) -> None:
    visit.answer(200, JSON, ROWS, ("Content-Encoding", "gzip"))


def cut_by_virtuoso(visit: Visit) -> None:
    visit.answer(200, JSON, ROWS, ("X-SPARQL-MaxRows", "10000"))


HTML = b"<html><style>p {}</style><h1>Sign&nbsp;in</h1>\n<p>to the portal</p></html>"
FAILURES: dict[str, tuple[Callable[[Visit], None], str]] = {
    "hangs": (lambda visit: visit.hang(), "no whole answer within 0.4 seconds"),
    "hangs in the body": (hang_in_body, "no whole answer within 0.4 seconds"),
    "drips the body": (drip_body, "no whole answer within 0.4 seconds"),
    "drips the head": (drip_head, "no whole answer within 0.4 seconds"),
    "closes in the body": (close_in_body, "cut off after 20 of 142 bytes"),
    "half, without a length": (half_without_length, "is not whole JSON"),
    "cut in a chunk": (cut_in_chunk, "the answer was cut off"),
    "cut between chunks": (cut_between_chunks, "the answer was cut off"),
    "cancelled": (cancelled, "is not whole JSON"),
    **{
        f"not a row: {row}": (
            giving(JSON, f'{{"head":{{"vars":["n"]}},"results":{{"bindings":[{row}]}}}}'.encode()),
            "the answer has a row that is none",
        )
        for row in (
            *("1", "null", '{"n":1}', '{"n":{"value":"1"}}', '{"n":{"type":"?","value":"1"}}'),
            *('{"n":{"type":"uri","value":"not an IRI"}}', '{"m":{"type":"literal","value":"1"}}'),
        )
    },
    "coded": (of_another_coding, "is coded as gzip"),
    "partial": (cut_by_virtuoso, "is not whole: x-sparql-maxrows: 10000"),
    "HTML": (giving("text/html", HTML), f"the answer is text/html; expected {JSON}"),
    "HTML words": (giving("text/html", HTML), "'Sign in to the portal'"),
    "CSV": (giving("text/csv", b"n\n1999\n"), "the answer is text/csv; expected"),
    "no type": (lambda visit: visit.head(200, ("Content-Length", "0")), "is of no type; expected"),
    "JSON of another shape": (giving(JSON, b'{"rows": []}'), "has no table of rows"),
    "JSON without an end": (giving(JSON, b"[" * 100_000), "is not whole JSON"),
    "a list": (giving(JSON, b"[]"), "is not a SPARQL result"),
    "a bad query": (
        giving("text/plain", b"expected WHERE", 400),
        "400 Bad Request: expected WHERE",
    ),
    "an error in HTML": (giving("text/html", HTML, 500), "Internal Server Error: Sign in to the"),
    "a strange status": (giving("text/plain", b"", 599), "599: an empty answer"),
    "forbidden": (giving("text/plain", b"no", 403), "403 Forbidden: no; see --user"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_failure_is_an_error_that_says_what_happened(server: FakeServer, failure: str) -> None:
    server.play, message = FAILURES[failure]
    with pytest.raises(EndpointError, match=re.escape(message)) as caught:
        Endpoint(server.url, timeout=SHORT).run(SELECT)
    assert str(caught.value).startswith(server.url)


@pytest.mark.parametrize("failure", FAILURES)
def test_failure_is_exit_code_2_and_no_output(server: FakeServer, failure: str) -> None:
    server.play, message = FAILURES[failure]
    arguments = ["query", "-", "--endpoint", server.url, "--timeout", str(SHORT)]
    result = CliRunner().invoke(cli, arguments, input=SELECT)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    server.play = giving(JSON, ROWS)
    again = CliRunner().invoke(cli, arguments, input=SELECT)
    assert (again.exit_code, again.stdout.split()) == (0, ["n", "1999"])


TRIPLE = b"<urn:a> <urn:b> <urn:c> .\n"


def triples_without_length(visit: Visit) -> None:
    visit.head(200, ("Content-Type", "application/n-triples"), ("Connection", "close"))
    visit.wfile.write(TRIPLE)
    visit.close_connection = True


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (triples_without_length, "does not show where it ends"),
        (
            giving("application/n-triples", TRIPLE + b"The SPARQL operation has been"),
            "is not whole",
        ),
        (giving("application/n-triples", TRIPLE[:-8]), "is not whole"),
        (giving("application/rdf+xml", b"<rdf/>"), "expected application/n-triples or text/turtle"),
    ],
)
def test_triples_are_whole(server: FakeServer, part: Callable[[Visit], None], message: str) -> None:
    server.play = part
    with pytest.raises(EndpointError, match=message):
        Endpoint(server.url).run(CONSTRUCT)


def later(status: int, *headers: tuple[str, str]) -> Callable[[Visit], None]:
    return lambda visit: visit.answer(status, "text/plain", b"later", *headers)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that are made, without making them."""
    made: list[float] = []
    monkeypatch.setattr("twingraph.endpoint.http.time.sleep", made.append)
    return made


@pytest.mark.parametrize("status", [429, 503])
def test_busy_store_is_asked_again_when_it_says(
    server: FakeServer, status: int, pauses: list[float]
) -> None:
    server.play = in_turn(later(status, ("Retry-After", "7")), giving(JSON, ROWS))
    assert Endpoint(server.url).run(SELECT) == ROWS
    assert pauses == [7.0]


def test_retry_after_a_date(server: FakeServer, pauses: list[float]) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    server.play = in_turn(later(503, ("Retry-After", date)), giving(JSON, ROWS))
    assert Endpoint(server.url).run(SELECT) == ROWS
    assert 0 < pauses[0] <= 30


def test_busy_store_that_says_no_time(server: FakeServer, pauses: list[float]) -> None:
    server.play = later(503, ("Retry-After", "soon"))
    with pytest.raises(EndpointError, match="503 Service Unavailable: later"):
        Endpoint(server.url).run(SELECT)
    assert pauses == [0.5, 1.0, 2.0, 4.0]


def test_wait_beyond_the_timeout_is_not_made(server: FakeServer, pauses: list[float]) -> None:
    server.play = later(429, ("Retry-After", "3600"))
    with pytest.raises(EndpointError, match="asks to wait 3600 seconds, more than the time"):
        Endpoint(server.url).run(SELECT)
    assert (pauses, len(server.visits)) == ([], 1)


def test_connection_that_breaks_before_an_answer(server: FakeServer, pauses: list[float]) -> None:
    server.play = in_turn(close_before_any, close_before_any, giving(JSON, ROWS))
    assert Endpoint(server.url).run(SELECT) == ROWS
    assert len(pauses) == 2


def test_nobody_listens(pauses: list[float]) -> None:
    url = f"http://127.0.0.1:{servers.free_port()}/sparql"
    with pytest.raises(EndpointError, match="no answer: Connection refused"):
        Endpoint(url).run(SELECT)
    assert len(pauses) == 4


def moved(status: int, target: str) -> Callable[[Visit], None]:
    return lambda visit: visit.answer(status, "text/plain", b"", ("Location", target))


def test_look_up_of_a_host_counts_in_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    is_over = Event()

    def never(*_: object, **__: object) -> object:
        is_over.wait(20)
        raise OSError("over")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    with pytest.raises(EndpointError, match=r"no whole answer within 0\.3 seconds"):
        Endpoint("http://store.example/sparql", timeout=0.3).run(SELECT)
    is_over.set()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirect_on_the_host_is_followed(server: FakeServer, status: int) -> None:
    server.play = in_turn(moved(status, "/other?key=1"), giving(JSON, ROWS))
    assert Endpoint(server.url).run(SELECT) == ROWS
    first, second = server.visits
    assert (second.path, second.command, second.body) == ("/other?key=1", "POST", first.body)


def test_see_other_is_read(server: FakeServer) -> None:
    server.play = in_turn(moved(303, "/result"), giving(JSON, ROWS))
    assert Endpoint(server.url).run(SELECT) == ROWS
    assert [visit.command for visit in server.visits] == ["POST", "GET"]


def test_redirect_to_another_host_is_refused(server: FakeServer) -> None:
    with servers.fake() as other:
        server.play = moved(307, other.url)
        with pytest.raises(EndpointError, match="redirects to another server") as caught:
            Endpoint(server.url, credentials=Credentials(token=SECRET)).run(SELECT)
        assert other.visits == []
        assert f"127.0.0.1:{other.server_port}" in str(caught.value)
        assert server.url in str(caught.value)


def test_redirects_in_a_circle(server: FakeServer) -> None:
    server.play = moved(308, "/sparql")
    with pytest.raises(EndpointError, match="more than 5 redirects"):
        Endpoint(server.url).run(SELECT)


def test_password_is_sent_only_when_asked_for(server: FakeServer) -> None:
    asking = ("WWW-Authenticate", 'Basic realm="store"')
    server.play = in_turn(later(401, asking), giving(JSON, ROWS))
    endpoint = Endpoint(server.url, credentials=Credentials("ann", SECRET))
    assert endpoint.run(SELECT) == ROWS
    assert endpoint.run(SELECT) == ROWS
    sent = [visit.headers["Authorization"] for visit in server.visits]
    assert sent == [None, "Basic YW5uOnMzY3JldC1Xb3J0", "Basic YW5uOnMzY3JldC1Xb3J0"]


def test_token(server: FakeServer) -> None:
    server.play = giving(JSON, ROWS)
    Endpoint(server.url, credentials=Credentials(token=SECRET)).run(SELECT)
    assert server.visits[0].headers["Authorization"] == f"Bearer {SECRET}"


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
@pytest.mark.parametrize("first", ['Basic realm="x", ', ""])
def test_digest(server: FakeServer, algorithm: str, first: str) -> None:
    def hashed(text: str) -> str:
        return hashlib.new(algorithm.replace("-", ""), text.encode()).hexdigest()

    def check(visit: Visit) -> None:
        told = visit.headers["Authorization"] or ""
        fields = dict(re.findall(r'(\w+)="?([^",]*)"?', told))
        user = hashed(f"ann:SPARQL:{SECRET}")
        request = hashed(f"{visit.command}:{visit.path}")
        middle = ":".join(fields.get(name, "") for name in ("nonce", "nc", "cnonce", "qop"))
        if told.startswith("Digest ") and fields["response"] == hashed(
            f"{user}:{middle}:{request}"
        ):
            visit.answer(200, JSON, ROWS)
        else:
            asking = f'{first}Digest realm="SPARQL", nonce="n1", qop="auth", algorithm={algorithm}'
            visit.answer(401, "text/html", b"", ("WWW-Authenticate", asking))

    server.play = check
    endpoint = Endpoint(server.url, credentials=Credentials("ann", SECRET))
    assert [endpoint.run(SELECT), endpoint.run(SELECT)] == [ROWS, ROWS]
    assert len(server.visits) == 3
    counts = [re.findall("nc=(\\d+)", v.headers["Authorization"] or "") for v in server.visits]
    assert counts == [[], ["00000001"], ["00000002"]]
    wrong = Endpoint(server.url, credentials=Credentials("ann", "wrong"))
    with pytest.raises(EndpointError, match="401 Unauthorized"):
        wrong.run(SELECT)


def test_digest_of_an_unknown_kind(server: FakeServer) -> None:
    asking = 'Digest realm="x", nonce="n", algorithm=SHA-512-256'
    server.play = later(401, ("WWW-Authenticate", asking))
    with pytest.raises(EndpointError, match="Digest with SHA-512-256; expected MD5 or SHA-256"):
        Endpoint(server.url, credentials=Credentials("ann", SECRET)).run(SELECT)


def echo(visit: Visit) -> None:
    """A server that shows what it was sent."""
    visit.answer(403, "text/plain", f"{visit.headers['Authorization']} {SECRET}".encode())


@pytest.mark.parametrize(
    "credentials", [Credentials("ann", SECRET), Credentials(token=SECRET)], ids=["user", "token"]
)
def test_no_error_shows_a_secret(server: FakeServer, credentials: Credentials) -> None:
    server.play = echo
    with pytest.raises(EndpointError) as caught:
        Endpoint(server.url, credentials=credentials).run(SELECT)
    shown, error = repr(credentials), caught.value.__cause__ or caught.value
    for text in (shown, str(caught.value), repr(error), repr(error.__context__)):
        assert SECRET not in text
        assert "YW5uOnMzY3JldC1Xb3J0" not in text


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (f"http://ann:{SECRET}@127.0.0.1/sparql", "127.0.0.1 holds a user or a password"),
        (f"http://{SECRET}@127.0.0.1/sparql", "127.0.0.1 holds a user or a password"),
        ("ftp://127.0.0.1/sparql", "not the address of a store"),
        ("127.0.0.1:8890/sparql", "not the address of a store"),
        ("http:///sparql", "not the address of a store"),
        ("http://127.0.0.1:port/sparql", "not the address of a store"),
        ("http://127.0.0.1/a b", "not the address of a store"),
        ("http://127.0.0.1/sparql#x", "not the address of a store"),
    ],
)
def test_what_is_no_address(url: str, message: str) -> None:
    with pytest.raises(EndpointError, match=message) as caught:
        Endpoint(url)
    assert SECRET not in str(caught.value)


def test_addresses_are_shown_without_their_query(server: FakeServer) -> None:
    server.play = later(500)
    with pytest.raises(EndpointError) as caught:
        Endpoint(f"{server.url}?key={SECRET}").run(SELECT)
    assert SECRET not in str(caught.value)
    assert server.visits[0].path == f"/sparql?key={SECRET}"
    assert SECRET not in repr(Endpoint(f"{server.url}?key={SECRET}"))


def test_credentials_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TWINGRAPH_PASSWORD", raising=False)
    monkeypatch.delenv("TWINGRAPH_TOKEN", raising=False)
    assert read_credentials(None) == Credentials()
    with pytest.raises(EndpointError, match="from TWINGRAPH_PASSWORD, which is unset"):
        read_credentials("ann")
    monkeypatch.setenv("TWINGRAPH_PASSWORD", SECRET)
    assert read_credentials("ann") == Credentials("ann", SECRET)
    assert read_credentials(None) == Credentials()
    monkeypatch.setenv("TWINGRAPH_TOKEN", "abc")
    assert read_credentials(None) == Credentials(token="abc")
    with pytest.raises(EndpointError, match="both set"):
        read_credentials("ann")


def test_what_cannot_be_sent() -> None:
    with pytest.raises(EndpointError, match="holds a character that no token has") as caught:
        Credentials(token=f"{SECRET}\n")
    assert SECRET not in str(caught.value)
    with pytest.raises(EndpointError, match="is not the name of a user"):
        Credentials("ann:x", SECRET)


def test_silence_of_a_default_graph_without_data(server: FakeServer) -> None:
    yes = b'{"head":{},"boolean":true}'
    server.play = lambda visit: visit.answer(200, JSON, yes if b"GRAPH" in visit.body else NO)
    with pytest.raises(EndpointError, match="default graph holds no activity, its named graphs do"):
        Endpoint(server.url).run("ASK { ?s ?p ?o }")
    assert Endpoint(server.url).run("ASK { GRAPH <urn:g> { ?s ?p ?o } }") is True


def test_silence_of_a_store_without_our_data_is_an_answer(server: FakeServer) -> None:
    server.play = in_turn(giving(JSON, NONE), giving(JSON, NO))
    assert Endpoint(server.url).run(SELECT) == NONE
    server.play = in_turn(giving(JSON, NONE), giving("text/plain", b"", 400))
    assert Endpoint(server.url).run(SELECT) == NONE


def test_base_of_ids(server: FakeServer) -> None:
    server.play = lambda visit: visit.answer(200, JSON, NO if b"ASK" in visit.body else NONE)
    base = "https://data.example/"
    with pytest.raises(QueryError, match=r"knows no activity <https://data\.example/activity/a/b>"):
        twingraph.ask(Endpoint(server.url, base=base), "evidence", activity="a/b")
    with pytest.raises(IriError, match="does not end"):
        Endpoint(server.url, base="https://data.example")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--timeout", "5"], "go with --endpoint"),
        (["--base", "urn:x/"], "go with --endpoint"),
        (["--endpoint", "http://127.0.0.1:9/", "--build", "x"], "exclude each other"),
        (["--endpoint", "http://127.0.0.1:9/", "--timeout", "0"], "0.0 is not in the range"),
    ],
)
def test_options_without_effect_are_refused(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(cli, ["ask", "undated", *arguments])
    assert result.exit_code == 2
    assert message in result.stderr


def test_refusal_before_all_is_sent_is_read(server: FakeServer) -> None:
    """A server may answer, and close, without reading what is too large for it."""

    def refuse(visit: Visit) -> None:
        visit.answer(413, "text/plain", b"too large")

    server.play = refuse
    with pytest.raises(EndpointError, match="413"):
        Client().send(Request("POST", server.url, body=b"x" * 100_000))
    assert read_url(server.url).hostname == "127.0.0.1"
