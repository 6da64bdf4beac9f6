"""Real SPARQL stores and a fake one, each on a free port of loopback, ended with the test."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
