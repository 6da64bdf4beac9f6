"""A build is pushed whole, continued after any failure, counted at the end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

import servers
import twingraph
from example import SMALL, write_folder
from twingraph.cli import cli
from twingraph.endpoint import Credentials, Endpoint, Options, Pushed, Store, push_build
from twingraph.endpoint.chunks import Limits, read_chunks
from twingraph.endpoint.query import Endpoint as Asked
from twingraph.errors import EndpointError, FileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from servers import Addresses, FakeServer, Visit
    from twingraph import Build

BASE = "https://data.example/id/"
OWN = {"twingraph.toml": f'base = "{BASE}"\n'}
SECRET = "s3cret-Wort"
JSON = "application/sparql-results+json"


def built(folder: Path, files: dict[str, str] | None = None) -> Path:
    data = write_folder(folder / "data", {**OWN, **(files or {})})
    twingraph.build_folder(data, folder / "build")
    return folder / "build"


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    with twingraph.open_build(built(tmp_path)) as opened:
        yield opened


class Memory:
    """A store in memory behind a fake server: counts, names of graphs, chunks, and failures."""

    def __init__(self, server: FakeServer) -> None:
        self.server = server
        self.graphs: dict[str, set[bytes]] = {}
        self.chunks = 0
        self.fail_at: dict[int, Callable[[Visit], None]] = {}
        self.is_losing = False
        server.play = self.play
        self.store = Store(server.url, graph_store=server.url.replace("sparql", "graphs"))

    def play(self, visit: Visit) -> None:
        target = urlsplit(visit.path)
        if target.path == "/sparql":
            visit.answer(200, JSON, json.dumps(self.answer(visit)).encode())
            return
        [graph] = parse_qs(target.query)["graph"]
        if visit.command == "DELETE":
            visit.answer(204 if self.graphs.pop(graph, None) else 404, "text/plain", b"")
            return
        self.chunks += 1
        if self.chunks in self.fail_at:
            self.fail_at[self.chunks](visit)
            return
        lines = visit.body.splitlines()
        self.graphs.setdefault(graph, set()).update(lines[1:] if self.is_losing else lines)
        visit.answer(204, "text/plain", b"")

    def answer(self, visit: Visit) -> object:
        [query] = parse_qs(visit.body.decode())["query"]
        if "COUNT" in query:
            names = set(re.findall("<([^>]*)>", query)) & self.graphs.keys()
            counts = {graph: str(len(self.graphs[graph])) for graph in sorted(names)}
            rows = [
                {"graph": {"type": "uri", "value": graph}, "n": {"type": "literal", "value": n}}
                for graph, n in counts.items()
            ]
        else:
            rows = [{"graph": {"type": "uri", "value": graph}} for graph in self.graphs]
        return {"head": {"vars": ["n", "graph"]}, "results": {"bindings": rows}}

    def counts(self) -> dict[str, int]:
        return {graph: len(lines) for graph, lines in sorted(self.graphs.items())}


@pytest.fixture
def memory() -> Iterator[Memory]:
    with servers.fake() as server:
        yield Memory(server)


def push(build: Build, memory: Memory) -> Pushed:
    return push_build(build, memory.store, options=Options(timeout=2, chunk=50))


def failing(status: int) -> Callable[[Visit], None]:
    return lambda visit: visit.answer(status, "text/plain", b"out of order")


def test_every_graph_arrives(build: Build, memory: Memory) -> None:
    told: list[tuple[int, int]] = []
    total = sum(build.manifest["graphs"].values())
    pushed = push_build(
        build, memory.store, options=Options(chunk=50), progress=lambda *step: told.append(step)
    )
    assert pushed == Pushed(total, len(build.manifest["graphs"]), total, ())
    assert memory.counts() == build.manifest["graphs"]
    assert told == sorted(told)
    assert told[-1] == (total, total)
    assert len(told) == memory.chunks > 20


def test_second_push_sends_nothing(build: Build, memory: Memory) -> None:
    push(build, memory)
    before = memory.chunks
    assert push(build, memory).sent == 0
    assert memory.chunks == before


def test_graph_that_was_changed_meanwhile_is_sent_again(build: Build, memory: Memory) -> None:
    push(build, memory)
    graph = f"{BASE}source/page"
    memory.graphs[graph].pop()
    assert push(build, memory).sent == build.manifest["graphs"][graph]
    assert memory.counts() == build.manifest["graphs"]


@pytest.mark.parametrize("chunk", [1, 5, 20])
def test_push_that_fails_is_continued(build: Build, memory: Memory, chunk: int) -> None:
    memory.fail_at = {chunk: failing(500)}
    with pytest.raises(EndpointError, match="500 Internal Server Error: out of order"):
        push(build, memory)
    total = sum(build.manifest["graphs"].values())
    pushed = push(build, memory)
    confirmed = {1: 0, 5: 4, 20: 19}[chunk]
    limits = Limits(50, 8 << 20)
    chunks = list(read_chunks(build.quad_files, build.manifest["graphs"], limits))
    assert total - pushed.sent == sum(len(each.lines) for each in chunks[:confirmed])
    assert memory.counts() == build.manifest["graphs"]


def test_chunk_that_arrived_unconfirmed_is_sent_again(build: Build, memory: Memory) -> None:
    def take_and_break(visit: Visit) -> None:
        [graph] = parse_qs(urlsplit(visit.path).query)["graph"]
        memory.graphs.setdefault(graph, set()).update(visit.body.splitlines())
        visit.head(200, ("Content-Length", "5"))
        visit.close_connection = True

    memory.fail_at = {3: lambda visit: visit.hang(), 4: take_and_break}
    with pytest.raises(EndpointError, match="no whole answer within 2 seconds"):
        push(build, memory)
    with pytest.raises(EndpointError, match="cut off after 0 of 5 bytes"):
        push(build, memory)
    push(build, memory)
    assert memory.counts() == build.manifest["graphs"]


def test_restart_and_another_chunk_size_begin_anew(build: Build, memory: Memory) -> None:
    total = sum(build.manifest["graphs"].values())
    for options in (Options(chunk=50, restart=True), Options(chunk=70)):
        memory.graphs.clear()
        memory.fail_at = {memory.chunks + 9: failing(500)}
        with pytest.raises(EndpointError):
            push(build, memory)
        assert push_build(build, memory.store, options=options).sent == total
        assert memory.counts() == build.manifest["graphs"]


def test_loss_is_told_and_the_next_push_is_anew(build: Build, memory: Memory) -> None:
    memory.is_losing = True
    with pytest.raises(EndpointError, match="holds something else than was sent") as caught:
        push(build, memory)
    expected = build.manifest["graphs"][f"{BASE}source/page"]
    assert f"<{BASE}source/page>: " in str(caught.value)
    assert f"expected {expected}" in str(caught.value)
    memory.is_losing = False
    assert push(build, memory).sent == sum(build.manifest["graphs"].values())
    assert memory.counts() == build.manifest["graphs"]


def lying(content_type: str, body: bytes) -> Callable[[Visit], None]:
    return lambda visit: visit.answer(200, content_type, body)


def test_page_for_people_is_no_confirmation(build: Build, memory: Memory) -> None:
    """A proxy's page, or a wrong address: status 200, and nothing is stored."""
    page = lying("text/html", b"<html>Please log in</html>")
    memory.fail_at = dict.fromkeys(range(1, 1000), page)
    with pytest.raises(EndpointError, match=r"took 50 triples .* shows none of them; expected"):
        push(build, memory)
    assert memory.chunks == 1
    memory.fail_at = {}
    push(build, memory)
    assert memory.counts() == build.manifest["graphs"]


def test_change_is_never_sent_elsewhere_as_a_question(build: Build, memory: Memory) -> None:
    there = ("Location", "/welcome")
    memory.fail_at = {1: lambda visit: visit.answer(303, "text/html", b"", there)}
    with pytest.raises(EndpointError, match="303 See Other: does not say that the change was made"):
        push(build, memory)
    push(build, memory)
    assert memory.counts() == build.manifest["graphs"]


def test_loss_behind_a_count_that_failed_is_mended_by_the_next_push(
    build: Build, memory: Memory
) -> None:
    play = memory.server.play
    is_down = True

    def count_badly(visit: Visit) -> None:
        nonlocal is_down
        if is_down and "COUNT" in visit.body.decode() and memory.chunks > 5:
            rows = [{"graph": {"type": "uri", "value": "urn:x"}}]
            content = {"head": {"vars": ["graph"]}, "results": {"bindings": rows}}
            visit.answer(200, JSON, json.dumps(content).encode())
            return
        play(visit)

    memory.server.play = count_badly
    memory.is_losing = True
    with pytest.raises(EndpointError, match="does not count triples; expected rows with a graph"):
        push(build, memory)
    is_down = memory.is_losing = False
    assert push(build, memory).sent > 0
    assert memory.counts() == build.manifest["graphs"]


def test_graphs_that_the_build_has_no_more_are_dropped(tmp_path: Path, memory: Memory) -> None:
    second = {
        name.replace("sources/page/", "sources/second/"): text.replace("id: page", "id: second")
        for name, text in SMALL.items()
        if name.startswith("sources/page/")
    }
    path = built(tmp_path, second)
    with twingraph.open_build(path) as build:
        push(build, memory)
    kept = {f"{BASE}notes", "https://other.example/graph/x"}
    memory.graphs |= {graph: {b"one"} for graph in (*kept, f"{BASE}source/unknown")}
    for name in second:
        (tmp_path / "data" / name).unlink()
    (tmp_path / "data/sources/second").rmdir()
    twingraph.build_folder(tmp_path / "data", path)
    with twingraph.open_build(path) as build:
        pushed = push(build, memory)
        assert pushed.dropped == (f"{BASE}source/second", f"{BASE}source/unknown")
        assert memory.graphs.keys() == build.manifest["graphs"].keys() | kept


def test_another_push_at_the_same_time_is_refused(build: Build, memory: Memory) -> None:
    def push_too(visit: Visit) -> None:
        with pytest.raises(FileError, match="another process is pushing it"):
            push(build, memory)
        visit.answer(204, "text/plain", b"")

    memory.fail_at = {2: push_too}
    with pytest.raises(EndpointError, match="holds something else"):
        push(build, memory)


def test_state_that_is_none_is_refused(build: Build, memory: Memory) -> None:
    push(build, memory)
    [state] = build.path.glob("push-*.json")
    state.write_text("{}{")
    with pytest.raises(FileError, match="is no record of a push; remove it"):
        push(build, memory)


def test_default_base_is_refused(tmp_path: Path, memory: Memory) -> None:
    twingraph.build_folder(write_folder(tmp_path / "data"), tmp_path / "build")
    arguments = ["push", memory.store.query, "--graph-store", str(memory.store.graph_store)]
    arguments += ["--build", str(tmp_path / "build")]
    refused = CliRunner().invoke(cli, arguments)
    assert refused.exit_code == 2
    assert "twingraph.toml" in refused.stderr
    assert memory.server.visits == []
    assert CliRunner().invoke(cli, [*arguments, "--allow-default-base"]).exit_code == 0


@pytest.mark.parametrize("environment", ["TWINGRAPH_PASSWORD", "TWINGRAPH_TOKEN"])
def test_no_output_and_no_file_shows_a_secret(
    build: Build, memory: Memory, environment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(environment, SECRET)
    address = f"{memory.store.graph_store}?key={SECRET}"
    arguments = ["push", memory.store.query, "--graph-store", address, "--build", str(build.path)]
    arguments += ["--user", "ann"] if environment == "TWINGRAPH_PASSWORD" else []
    echoed = f"{SECRET} was wrong".encode()
    parts = (lambda visit: visit.answer(403, "text/plain", echoed), failing(500), None)
    for part in parts:
        soon = range(memory.chunks + 1, memory.chunks + 3)  # asked again with the password
        memory.fail_at = {} if part is None else dict.fromkeys(soon, part)
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == (0 if part is None else 2), result.output
        shown = result.output + repr(result.exception) + repr(result.exc_info)
        files = [path.read_text() for path in build.path.glob("*push-*") if path.is_file()]
        assert files
        for text in (shown, *files):
            assert SECRET not in text
            assert "czNjcmV0" not in text


def test_ways_to_change_a_store_exclude_each_other(build: Build) -> None:
    arguments = ["push", "http://127.0.0.1:9/", "--graph-store", "x", "--update", "y"]
    result = CliRunner().invoke(cli, [*arguments, "--build", str(build.path)])
    assert result.exit_code == 2
    assert "exclude each other" in result.stderr


def test_chunks_are_of_one_graph_and_hold_everything_once(build: Build) -> None:
    graphs = build.manifest["graphs"]
    for limits, held in (
        (Limits(7, 1 << 20), 1 << 30),
        (Limits(1000, 900), 1 << 30),
        (Limits(1000, 1 << 20), 5000),
    ):
        chunks = list(read_chunks(build.quad_files, graphs, limits, held))
        assert all(len(chunk.lines) <= limits.triples for chunk in chunks)
        assert all(chunk.size - len(chunk.lines[-1]) < limits.size for chunk in chunks)
        counts: Counter[str] = Counter()
        for chunk in chunks:
            counts[chunk.graph] += len(chunk.lines)
        assert counts == graphs
        again = list(read_chunks(build.quad_files, graphs, limits, held))
        assert again == chunks
    assert len(chunks) > len(graphs)
    only = f"{BASE}source/page"
    assert {c.graph for c in read_chunks(build.quad_files, [only], Limits(7, 999))} == {only}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(servers.oxigraph, id="oxigraph"),
        pytest.param(servers.virtuoso, id="virtuoso", marks=servers.NEEDS_VIRTUOSO),
    ],
)
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Addresses]:
    with request.param(tmp_path_factory.mktemp("store")) as addresses:
        yield addresses


# What is hard to say in Turtle and in SPARQL.
HARD = r"""
institutions:
  - id: youth-council
    label: {en: "Youth \"Council\" \\u0041 \\ <é> 日本 \U0001F600 {x}", de: "Zeile\u2028zwei\ttab"}
    kind: Association
    based_in: de/heidelberg
"""


@pytest.mark.parametrize("way", ["graph store", "update"])
def test_real_store_takes_a_build_as_it_is(store: Addresses, tmp_path: Path, way: str) -> None:
    path = built(tmp_path, {"institutions.yaml": HARD})
    by_graph_store = way == "graph store"
    target = Store(
        store.query,
        graph_store=store.graph_store if by_graph_store else None,
        update=None if by_graph_store else store.update,
    )
    credentials = Credentials("dba", store.password) if store.password else Credentials()
    labels = (
        "SELECT DISTINCT ?label WHERE { <https://data.example/id/institution/youth-council> "
        "<http://www.w3.org/2000/01/rdf-schema#label> ?label } ORDER BY LANG(?label)"
    )
    with twingraph.open_build(path) as build:
        options = Options(credentials=credentials, chunk=300)
        assert push_build(build, target, options=options).sent > 0
        assert push_build(build, target, options=options).sent == 0
        found = twingraph.query(Asked(store.query), labels).rows()
        assert found == twingraph.query(build, labels).rows()
        assert len(found) == 2


def test_push_that_is_killed_is_continued(store: Addresses, tmp_path: Path) -> None:
    path = built(tmp_path)
    arguments = [
        "push",
        store.query,
        "--update",
        store.update,
        "--build",
        str(path),
        "--chunk",
        "5",
    ]
    command = [sys.executable, "-m", "twingraph", *arguments]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while not [
        state for state in path.glob("push-*.json") if '"chunks_done": 0' not in state.read_text()
    ]:
        assert process.poll() is None
    process.kill()
    process.wait()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    with twingraph.open_build(path) as build:
        total = sum(build.manifest["graphs"].values())
        sent = int(done.stderr.rpartition("; ")[2].split()[0].replace(",", ""))
        assert 0 < sent < total
        assert f"{total:,} triples" in done.stderr
        asked = Endpoint(store.query, base=BASE)
        assert twingraph.ask(asked, "activities-by-decade").rows()


def test_a_store_that_only_reads_says_so(tmp_path: Path) -> None:
    """The password of a store is one thing, its willingness another."""
    with servers.fake() as server:
        memory = Memory(server)
        memory.fail_at = {1: failing(405)}
        with (
            twingraph.open_build(built(tmp_path)) as build,
            pytest.raises(EndpointError, match="405 Method Not Allowed: out of order"),
        ):
            push(build, memory)
