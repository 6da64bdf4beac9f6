"""A server's life: newer builds, killed workers, its own end; nothing is lost, nothing wrong."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Self

import pytest

import twingraph
from example import DATA
from serving import Server, serving, start, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.alone

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
NAME = (
    "SELECT DISTINCT ?name { <https://w3id.org/twingraph/id/institution/embl>"
    " <http://www.w3.org/2000/01/rdf-schema#label> ?name FILTER(LANG(?name) = 'en') }"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def build(data: Path, tmp_path: Path) -> Path:
    twingraph.build_folder(data, tmp_path / "build")
    return tmp_path / "build"


@pytest.fixture
def server(build: Path) -> Iterator[Server]:
    with serving(build, "--workers", "3", "--timeout", "3") as started:
        yield started


def rename(data: Path, name: str) -> None:
    """Give EMBL another English name."""
    path = data / "institutions.yaml"
    text, count = re.subn(r"(id: embl\n    label: \{en: )[^,}]+", rf"\g<1>{name}", path.read_text())
    assert count == 1
    path.write_text(text)


class Load:
    """Clients who ask on; what they were told."""

    def __init__(self, server: Server, clients: int = 3) -> None:
        self.answers: list[tuple[int, str]] = []
        self._is_over = threading.Event()
        self._server = server
        self._threads = [threading.Thread(target=self._ask, args=(n,)) for n in range(clients)]

    def _ask(self, client: int) -> None:
        number = 0
        while not self._is_over.is_set():
            number += 1
            query = NAME if number % 2 else f"{NAME} # {client} {number}"
            answer = self._server.query(query)
            told = answer.rows()[0]["name"] if answer.status == 200 else answer.text
            self.answers.append((answer.status, told))

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()


def test_newer_builds_are_picked_up_under_load(server: Server, data: Path, build: Path) -> None:
    names = ["EMBL"]
    with Load(server) as load:
        for number in range(3):
            names.append(f"Laboratory {number}")
            rename(data, names[-1])
            twingraph.build_folder(data, build)
            wait_until(lambda: server.query(NAME).rows() == [{"name": names[-1]}])
        time.sleep(0.2)
    assert {status for status, _ in load.answers} == {200}
    told = [name for _, name in load.answers]
    assert set(told) == set(names)
    assert len(list((build / "generations").iterdir())) <= 2  # what nobody reads is let go


def test_etag_changes_with_the_build(server: Server, data: Path, build: Path) -> None:
    before = server.get("/ask/institutions-since", "text/csv")
    rename(data, "Another name")
    twingraph.build_folder(data, build)
    wait_until(lambda: server.query(NAME).rows() == [{"name": "Another name"}])
    headers = {"Accept": "text/csv", "If-None-Match": before.headers["etag"]}
    after = server.send("GET", "/ask/institutions-since", headers)
    assert after.status == 200
    assert b"Another name" in after.body


def test_build_that_is_taken_away_is_served_on(server: Server, build: Path) -> None:
    (build / "current").unlink()
    time.sleep(1.5)
    assert server.query(NAME).rows() == [{"name": "EMBL"}]


def test_killed_workers_lose_nobody(server: Server) -> None:
    wait_until(lambda: server.get("/health").json()["workers"] == 3)
    with Load(server) as load:
        for _ in range(6):
            for worker in server.workers()[:1]:
                os.kill(worker, signal.SIGKILL)
            time.sleep(0.15)
    assert set(load.answers) == {(200, "EMBL")}
    wait_until(lambda: server.get("/health").json()["workers"] == 3)


def test_worker_killed_within_a_query_is_replaced_and_the_query_done_again(
    server: Server,
) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a a ?b . ?c a ?d }"
    expected = server.query(query).rows()
    told = []
    asking = threading.Thread(target=lambda: told.append(server.query(f"{query} # again")))
    asking.start()
    time.sleep(0.02)
    for worker in server.workers():
        os.kill(worker, signal.SIGKILL)
    asking.join()
    assert [(answer.status, answer.rows()) for answer in told] == [(200, expected)]


def test_slow_query_keeps_no_quick_one_waiting(server: Server) -> None:
    """Though a worker is given several at once while they are quick, as they have been."""
    with Load(server, clients=8):
        time.sleep(0.5)
        slow = threading.Thread(target=server.query, args=(SLOW,))
        slow.start()
        seconds = [server.query(f"{NAME} # beside {number}").seconds for number in range(300)]
        slow.join()
    assert max(seconds) < 1


def test_same_question_at_once_is_worked_out_once(server: Server) -> None:
    """Eight clients and three workers: else some would find no worker in time."""
    told: list[int] = []
    asking = [
        threading.Thread(target=lambda: told.append(server.get("/sparql", query=SLOW).status))
        for _ in range(8)
    ]
    for each in asking:
        each.start()
    time.sleep(0.5)
    assert server.get("/health").json()["waiting"] == 0
    for each in asking:
        each.join()
    assert told == [504] * 8


def test_killed_server_leaves_no_worker(build: Path) -> None:
    command = [sys.executable, "-m", "twingraph", "serve", "--build", str(build), "--port", "0"]
    with start(command) as server:
        wait_until(lambda: server.get("/health").json()["workers"] >= 2)
        asking = threading.Thread(target=ask_in_vain, args=(server,))
        asking.start()
        time.sleep(0.3)
        workers = server.workers()
        assert workers
        server.process.kill()
        asking.join()
        wait_until(lambda: not any(map(is_running, workers)), 5)


def ask_in_vain(server: Server) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        server.query(SLOW)


def is_running(process: int) -> bool:
    found = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return bool(found.stdout.strip()) and not found.stdout.startswith("Z")


def test_workers_share_time_as_the_system_tells_them_apart(server: Server) -> None:
    """In the session of the server, so that what one yields goes to the others; but Ctrl-C, which
    is for all of a process group, is for the server alone."""
    own = server.process.pid
    for worker in server.workers():
        wait_until(lambda: os.getpgid(worker) == worker)  # noqa: B023 - asked at once
        assert os.getsid(worker) == os.getsid(own)
        assert os.getpgid(worker) != os.getpgid(own)


@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGINT])
def test_what_is_asked_is_answered_before_the_end(build: Path, signal_: signal.Signals) -> None:
    command = [sys.executable, "-m", "twingraph", "serve", "--build", str(build), "--port", "0"]
    with start([*command, "--timeout", "2"]) as server:
        told = []
        asking = threading.Thread(target=lambda: told.append(server.query(SLOW)))
        asking.start()
        time.sleep(0.3)
        server.process.send_signal(signal_)
        asking.join()
        assert [answer.status for answer in told] == [504]  # the answer of one in work
        assert server.process.wait(10) in (0, -signal_)


def test_port_that_is_taken(server: Server, build: Path) -> None:
    command = [sys.executable, "-m", "twingraph", "serve", "--build", str(build)]
    ended = subprocess.run(
        [*command, "--port", str(server.port)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert f"127.0.0.1:{server.port}: cannot be listened at" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_without_a_build(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "twingraph", "serve", "--build", str(tmp_path / "none")]
    ended = subprocess.run([*command, "--port", "0"], capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "holds no build" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("library", ["starlette", "uvicorn", "uvloop"])
def test_without_a_library(build: Path, library: str) -> None:
    code = (
        f"import sys; sys.modules[{library!r}] = None; from twingraph.cli import main;"
        f"sys.argv = ['twingraph', 'serve', '--port', '0', '--build', {str(build)!r}]; main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr == (
        f"{library} is missing, which the server needs; pip install 'twingraph[serve]'\n"
    )
