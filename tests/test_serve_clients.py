"""Clients that take their time, leave, or send more than they should: nothing is held for them."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
import uvicorn

import twingraph
from example import DATA
from serving import Server, serving, start, wait_until
from twingraph.serve import http

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Receive, Scope, Send

pytestmark = pytest.mark.alone

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("clients") / "build"
    twingraph.build_folder(DATA, folder)
    return folder


@pytest.fixture(scope="module")
def server(build: Path) -> Iterator[Server]:
    options = ("--workers", "2", "--timeout", "10", "--memory", "128")
    with serving(build, *options) as started:
        yield started


def connect(port: int, sent: bytes, *, buffer: int | None = None) -> socket.socket:
    connection = socket.socket()
    if buffer is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    connection.settimeout(2)
    connection.connect(("127.0.0.1", port))
    connection.sendall(sent)
    return connection


def request(path: str, *headers: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: x", *headers, "", ""]).encode()


def test_two_accept_headers_are_one_list(server: Server) -> None:
    """And what they are answered with is not kept for who sends the second alone."""
    path = f"/sparql?{urlencode({'query': 'ASK {} # two'})}"
    second = "Accept: application/sparql-results+json;q=0.5"
    both = server.send_raw(request(path, "Accept: text/csv", second))
    assert b"content-type: text/csv" in both
    alone = server.send_raw(request(path, second))
    assert b"content-type: application/sparql-results+json" in alone


def test_client_that_leaves_frees_its_worker(server: Server) -> None:
    workers = set(server.workers())
    with closing(connect(server.port, request(f"/sparql?{urlencode({'query': SLOW})}"))):
        time.sleep(0.5)
    wait_until(lambda: len(set(server.workers()) - workers) == 1, 5)  # long before its time is up
    assert server.query("ASK {} # left").status == 200


def test_great_queries_are_not_kept_by_a_worker(server: Server) -> None:
    for number in range(150):
        assert server.query(f"ASK {{}} # {number} {'x' * 1_000_000}").status == 200
    assert max(map(resident, server.workers())) < 120


def resident(process: int) -> int:
    """The megabytes of memory that a process has."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


def test_head_without_end_is_cut_off(server: Server) -> None:
    sent = 0
    with closing(connect(server.port, b"GET / HTTP/1.1\r\n")) as connection, suppress(OSError):
        while sent < 10_000_000:
            connection.sendall(b"X: " + b"y" * 10_000 + b"\r\n")
            sent += 10_000
            time.sleep(0.001)
    assert sent < 10_000_000


# Clients that go no further: the protocol alone, with less patience


async def much(scope: Scope, _: Receive, send: Send) -> None:
    """An application that answers everything with more than a socket holds."""
    assert scope["type"] == "http"
    head = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9999")]}
    await send(head)
    await send({"type": "http.response.body", "body": b"x" * 9999})


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, uvicorn.Server]]:
    """The port of a server that waits half a second for its clients, and the server."""
    monkeypatch.setattr(http, "_REQUEST_TIME", 0.5)
    monkeypatch.setattr(http, "_TAKING_TIME", 0.5)
    config = uvicorn.Config(
        much, http=http.PatientProtocol, lifespan="off", log_config=None, timeout_keep_alive=1
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        wait_until(lambda: server.started)
        yield listening.getsockname()[1], server
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\r\n",
        b"GET / HTTP/1.1\r\nX: ",
        request("/"),
        request("/") + b"\r\n",
        request("/") + b"GET",
        request("/", "Content-Length: 100000000"),
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nAS",
        request("/") * 2000,
        request("/") * 2000 + request("/", "Connection: close"),
    ],
)
def test_nobody_is_waited_for_without_end(
    impatient: tuple[int, uvicorn.Server], sent: bytes
) -> None:
    port, server = impatient
    with closing(connect(port, b"", buffer=2048)) as connection:
        wait_until(lambda: len(server.server_state.connections) == 1)
        with suppress(OSError):
            connection.sendall(sent)
        wait_until(lambda: not server.server_state.connections, 5)


def test_no_worker_can_be_started_for_a_while(build: Path) -> None:
    """Clients have taken all open files when a worker ends; it is replaced once there is one."""
    few = 120  # the engine needs 96 to open a store
    command = [sys.executable, "-m", "twingraph", "serve", "--build", str(build), "--port", "0"]
    with start([*command, "--workers", "2"], files=few) as server:
        wait_until(lambda: server.get("/health").json()["workers"] == 2)
        held = [connect(server.port, b"") for _ in range(few)]
        for worker in server.workers():
            os.kill(worker, signal.SIGKILL)
        time.sleep(1.5)
        for connection in held:
            connection.close()
        wait_until(lambda: server.get("/health").json()["workers"] == 2)
        assert server.query("ASK {}").status == 200


def test_worker_that_is_stopped_does_not_keep_an_old_build(tmp_path: Path) -> None:
    twingraph.build_folder(DATA, tmp_path / "build")
    with serving(tmp_path / "build", "--workers", "1") as server:
        (stopped,) = server.workers()
        os.kill(stopped, signal.SIGSTOP)
        twingraph.build_folder(DATA, tmp_path / "build", force=True)
        wait_until(lambda: stopped not in server.workers(), 15)
        assert server.query("ASK {}").status == 200
