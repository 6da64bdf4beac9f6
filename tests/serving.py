"""`twingraph serve` as a process of its own, and a client that sends what no library would."""

from __future__ import annotations

import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

START_UP = 30  # seconds


@dataclass(frozen=True)
class Response:
    """A whole answer; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)

    def rows(self) -> list[dict[str, str]]:
        """The rows of SPARQL 1.1 Results JSON, of each value its text."""
        found = self.json()["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in found]


@dataclass
class Server:
    """A server that runs. Its requests take at most `patience` seconds."""

    process: subprocess.Popen[str]
    port: int
    patience: float = 20
    log: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | str | None = None,
    ) -> Response:
        started = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Response(answer.status, names, content, time.monotonic() - started)

    def get(self, path: str, accept: str | None = None, **parameters: str) -> Response:
        where = f"{path}?{urlencode(parameters)}" if parameters else path
        return self.send("GET", where, {} if accept is None else {"Accept": accept})

    def query(
        self, sparql: str, accept: str = "application/sparql-results+json, */*;q=0.1"
    ) -> Response:
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.send("POST", "/sparql", headers, sparql.encode())

    def send_raw(self, content: bytes) -> bytes:
        """What the server says to bytes, until it closes or is silent for a second."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
            said = b""
            try:
                connection.sendall(content)
                while piece := connection.recv(1 << 16):
                    said += piece
                    if b"\r\n\r\n" in said:
                        connection.settimeout(0.3)
            except (TimeoutError, ConnectionError):
                pass
        return said

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(line) for line in found.stdout.split()]

    def open_files(self) -> int:
        """The number of files and connections that it has open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))  # noqa: PTH208 - names are enough


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


@contextmanager
def serving(build: Path, *options: str) -> Iterator[Server]:
    """A server of a build, once it answers; stopped afterwards, as Ctrl-C would."""
    command = [sys.executable, "-m", "twingraph", "serve", "--build", str(build), "--port", "0"]
    with start([*command, "--data", str(build / "none"), *options]) as server:
        yield server
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(START_UP) == 0


@contextmanager
def start(command: Sequence[str], files: int | None = None) -> Iterator[Server]:
    """A server process that may open so many files, killed in the end if it still runs."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
    )
    if files is not None:
        resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (files, files))
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line.startswith("http://"), line
        server = Server(process, int(line.split()[0].rpartition(":")[2]))
        assert server.get("/health").status == 200  # answered once it has started
        yield server
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
