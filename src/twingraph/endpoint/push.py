"""A build into a remote store: graph by graph, in chunks, to be continued, counted at the end.

There are no blank nodes in a build, so a chunk may be sent again: after a failure the same command
goes on with the first chunk that the store has not confirmed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from twingraph.endpoint.address import show_url
from twingraph.endpoint.chunks import Limits, read_chunks
from twingraph.endpoint.credentials import NOBODY, Credentials
from twingraph.endpoint.http import Client
from twingraph.endpoint.query import Endpoint
from twingraph.endpoint.state import State, StateFile
from twingraph.endpoint.writing import GraphStore, Updates
from twingraph.errors import EndpointError
from twingraph.vocab import DEFAULT_BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from twingraph.endpoint.chunks import Chunk
    from twingraph.endpoint.writing import Writer
    from twingraph.store import Build

    Progress = Callable[[int, int], None]  # triples done, and all of them

_SAVED: Final = 16  # chunks after which the state is written; those since are sent again
_TOLD: Final = 10  # graphs that an error names
_COUNTED: Final = 50  # graphs that one query counts


@dataclass(frozen=True, slots=True)
class Store:
    """Where a build goes: the address for queries, and one for changes.

    With `graph_store` the Graph Store Protocol is used, else SPARQL Update at `update`, which is
    the address for queries where none is given.
    """

    query: str
    graph_store: str | None = None
    update: str | None = None

    @property
    def address(self) -> str:
        """The address for changes."""
        return self.graph_store or self.update or self.query


@dataclass(frozen=True, slots=True)
class Options:
    """How a build is pushed.

    `timeout` is the seconds for one request, `chunk` the triples in it. `restart` forgets how far
    an earlier push has come. The default base is refused, since it is the example's.
    """

    credentials: Credentials = NOBODY
    timeout: float = 300
    chunk: int | None = None
    restart: bool = False
    allow_default_base: bool = False


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push came to."""

    triples: int  # what the store now holds of the build
    graphs: int
    sent: int  # triples that this push sent
    dropped: tuple[str, ...]  # graphs that were there and are not in the build


def push_build(
    build: Build,
    store: Store,
    *,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Pushed:
    """Make a remote store hold the graphs of a build, and none that an earlier build had.

    A push that failed is continued.

    :raises EndpointError: if the store refuses, fails, or holds something else at the end.
    :raises FileError: if the state of the push cannot be read or written.
    """
    options = options or Options()
    if build.mint.base == DEFAULT_BASE and not options.allow_default_base:
        raise EndpointError(
            f"{build.path}: its IRIs are below the default base {DEFAULT_BASE}, which is the "
            'example\'s; set one of your own in twingraph.toml, base = "https://your.example/id/", '
            "and build again (or --allow-default-base, if this is the example)"
        )
    client = Client(options.credentials, options.timeout)
    writer: Writer
    if store.graph_store is not None:
        writer = GraphStore(store.graph_store, client)
    else:
        writer = Updates(store.address, client)
    limits = Limits(options.chunk or writer.limits.triples, writer.limits.size)
    asked = Endpoint(
        store.query,
        base=build.mint.base,
        credentials=options.credentials,
        timeout=options.timeout,
    )
    file = StateFile(build.path, f"{store.query} {store.address}")
    with file.hold():
        state = file.read()
        if options.restart:
            state = State(pushed=state.pushed)
        return _Push(build, store, asked, writer, limits, file).run(state, progress or _silent)


def _silent(done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class _Push:
    """A build on its way to a store."""

    build: Build
    store: Store
    asked: Endpoint
    writer: Writer
    limits: Limits
    file: StateFile

    @property
    def expected(self) -> dict[str, int]:
        """The number of triples by graph."""
        graphs: dict[str, int] = self.build.manifest["graphs"]
        return graphs

    def run(self, known: State, progress: Progress) -> Pushed:
        """Bring the store from what is known of it to what is expected.

        What an earlier run was told to be there may be lost: it is sent once more.
        """
        state = self._plan(known)
        dropped = () if state.is_cleared else self._clear(state)
        sent = self._load(state, progress)
        wrong = self._find_wrong()
        if wrong and not sent:
            state = self._begin(wrong, state.pushed)
            self._clear(state)
            sent = self._load(state, progress)
            wrong = self._find_wrong()
        if wrong:
            self.file.write(State(pushed=state.pushed))
            raise EndpointError(self._tell(wrong))
        self.file.write(replace(state, is_complete=True))
        return Pushed(sum(self.expected.values()), len(self.expected), sent, dropped)

    def _plan(self, known: State) -> State:
        """What is to be done: all, the rest of a push that failed, or what is wrong by now."""
        begun = self._begin(self.expected, known.pushed)
        if (known.generation, known.chunk) != (begun.generation, begun.chunk):
            return begun
        if known.is_complete:
            return self._begin(self._find_wrong(), known.pushed)
        return known

    def _begin(self, graphs: Iterable[str], pushed: list[str]) -> State:
        """A push of these graphs."""
        chunk = [self.limits.triples, self.limits.size]
        return State(self.build.generation.name, chunk, sorted(graphs), pushed)

    def _clear(self, state: State) -> tuple[str, ...]:
        """Remove the graphs that are put there anew, and those that the build does not have."""
        found = self._find_graphs()
        gone = tuple(sorted((found | set(state.pushed)) - self.expected.keys()))
        state.pushed = sorted({*state.pushed, *self.expected})
        self.file.write(state)
        for graph in (*gone, *(graph for graph in state.loading if graph in found)):
            self.writer.clear(graph)
        state.pushed = sorted(self.expected)
        state.is_cleared = True
        self.file.write(state)
        return gone

    def _load(self, state: State, progress: Progress) -> int:
        """Send the chunks that the store has not confirmed; how many triples they have."""
        if not state.loading:
            return 0
        total = sum(self.expected[graph] for graph in state.loading)
        done = sent = 0
        try:
            chunks = read_chunks(self.build.quad_files, state.loading, self.limits)
            for number, chunk in enumerate(chunks, start=1):
                done += len(chunk.lines)
                if number > state.chunks_done:
                    self.writer.add(chunk)
                    if not sent:
                        self._check_arrival(chunk)
                    state.chunks_done = number
                    sent += len(chunk.lines)
                    if number % _SAVED == 0:
                        self.file.write(state)
                    progress(done, total)
        finally:
            self.file.write(state)
        return sent

    def _find_graphs(self) -> set[str]:
        """The graphs in the store that are named as ours are."""
        base = self.build.mint.base
        rows = self._rows(
            "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } "
            f'FILTER(STRSTARTS(STR(?graph), "{base}")) }}'
        )
        ours = (f"{base}source/", f"{base}graph/")
        return {graph for row in rows if (graph := row.get("graph", "")).startswith(ours)}

    def _check_arrival(self, chunk: Chunk) -> None:
        """Ask the store for what it has just taken.

        :raises EndpointError: if it shows nothing of the graph.
        """
        if not self._count([chunk.graph])[chunk.graph]:
            address = show_url(self.store.address)
            raise EndpointError(
                f"{address}: took {len(chunk.lines):,} triples of <{chunk.graph}>, and "
                f"{show_url(self.asked.url)} shows none of them; "
                "expected the addresses of one store, for changes and for queries"
            )

    def _find_wrong(self) -> dict[str, int]:
        """The graphs of the build of which the store has another number of triples, and that."""
        counts: dict[str, int] = {}
        graphs = iter(self.expected)
        while some := list(islice(graphs, _COUNTED)):
            counts |= self._count(some)
        return {graph: n for graph, n in counts.items() if n != self.expected[graph]}

    def _count(self, graphs: list[str]) -> dict[str, int]:
        """How many triples the store has of each graph."""
        names = " ".join(f"<{graph}>" for graph in graphs)
        rows = self._rows(
            "SELECT ?graph (COUNT(*) AS ?n) WHERE { "
            f"VALUES ?graph {{ {names} }} GRAPH ?graph {{ ?s ?p ?o }} }} GROUP BY ?graph"
        )
        try:
            found = {row["graph"]: int(row["n"]) for row in rows}
            return {graph: found.get(graph, 0) for graph in graphs}
        except (ValueError, KeyError) as error:
            where = show_url(self.asked.url)
            message = f"{where}: does not count triples; expected rows with a graph and a number n"
            raise EndpointError(f"{message}, found {str(rows)[: _TOLD * 20]}") from error

    def _rows(self, select: str) -> list[dict[str, str]]:
        answer = self.asked.run(select)
        if not isinstance(answer, bytes):
            raise TypeError("a SELECT gives rows")
        rows = json.loads(answer)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in rows]

    def _tell(self, wrong: dict[str, int]) -> str:
        lines = [
            f"  <{graph}>: {wrong[graph]:,} triples; expected {self.expected[graph]:,}"
            for graph in sorted(wrong)[:_TOLD]
        ]
        if len(wrong) > _TOLD:
            lines.append(f"  and {len(wrong) - _TOLD} more")
        where = show_url(self.asked.url)
        return "\n".join([f"{where}: holds something else than was sent; push again:", *lines])
