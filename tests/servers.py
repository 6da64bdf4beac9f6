"""Real SPARQL stores and a fake one, each on a free port of loopback, ended with the test."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Part = Callable[["Visit"], None]

_START_UP = 60  # seconds
OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
VIRTUOSO = shutil.which("virtuoso-t")
ISQL = shutil.which("isql-vt") or shutil.which("isql")
NEEDS_VIRTUOSO = pytest.mark.skipif(
    VIRTUOSO is None or ISQL is None,
    reason="Virtuoso is not installed (Debian: virtuoso-opensource-7-bin)",
)
VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 20000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = {rows}
"""


@dataclass(frozen=True)
class Addresses:
    """Where a store is asked, and where it is changed."""

    query: str
    update: str
    graph_store: str
    plain_query: str  # without the union of all graphs as the default graph
    password: str = ""  # of the user dba, for graph_store


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """A server process in a folder, once it listens at the port; ended afterwards."""
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    try:
        for _ in range(_START_UP * 20):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, (folder / "output").read_text()
            time.sleep(0.05)
        else:
            raise AssertionError(f"{command[0]} does not listen")
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[Addresses]:
    """The `oxigraph` server, empty."""
    assert OXIGRAPH is not None
    port = free_port()
    command = [OXIGRAPH, "serve", "--location", "store", "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder, port):
        at = f"http://127.0.0.1:{port}"
        yield Addresses(
            f"{at}/query?union-default-graph", f"{at}/update", f"{at}/store", f"{at}/query"
        )


@contextmanager
def virtuoso(folder: Path, rows: int = 1_000_000) -> Iterator[Addresses]:
    """Virtuoso, empty, which lets anybody update; `rows` is the most that an answer may have."""
    assert VIRTUOSO is not None
    assert ISQL is not None
    http, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(http=http, sql=sql, rows=rows))
    command = [VIRTUOSO, "+configfile", "virtuoso.ini", "+wait", "+foreground"]
    with _running(command, folder, http):
        subprocess.run(
            [ISQL, f"127.0.0.1:{sql}", "dba", "dba"],
            input='GRANT SPARQL_UPDATE TO "SPARQL";\n',
            text=True,
            check=True,
            capture_output=True,
        )
        at = f"http://127.0.0.1:{http}"
        query = f"{at}/sparql"
        yield Addresses(query, query, f"{at}/sparql-graph-crud-auth", query, "dba")


class Visit(BaseHTTPRequestHandler):
    """A request to the fake server, and the means to answer it well or badly."""

    protocol_version = "HTTP/1.1"
    server: FakeServer
    body: bytes

    def _play(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.visits.append(self)
        self.server.play(self)

    do_GET = do_POST = do_PUT = do_DELETE = _play  # noqa: N815 - the names that http.server calls

    def log_message(self, *_: object) -> None:
        pass

    def head(self, status: int, *headers: tuple[str, str]) -> None:
        """Send the head of an answer."""
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def answer(
        self, status: int, content_type: str, body: bytes, *headers: tuple[str, str]
    ) -> None:
        """Send a whole answer."""
        length = ("Content-Length", str(len(body)))
        self.head(status, ("Content-Type", content_type), length, *headers)
        self.wfile.write(body)

    def hang(self) -> None:
        """Do nothing until the test is over."""
        self.close_connection = True
        self.server.is_over.wait()


class FakeServer(ThreadingHTTPServer):
    """A server on loopback that plays a part, and keeps what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.visits: list[Visit] = []
        self.play: Part = Visit.hang
        self.is_over = Event()

    @property
    def url(self) -> str:
        """The address of a SPARQL endpoint of it."""
        return f"http://127.0.0.1:{self.server_port}/sparql"

    def handle_error(self, *_: object) -> None:
        """A client that goes away is part of the play."""


@contextmanager
def fake() -> Iterator[FakeServer]:
    """A fake server, which hangs until it is given a part to play."""
    with FakeServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.is_over.set()
            server.shutdown()
            thread.join()
