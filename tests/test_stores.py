"""The whole catalogue on real remote stores: the same rows as embedded."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

import servers
import twingraph
from engines import MINT, closed
from example import DATA, ROOT
from test_queries_data import CATALOGUE, FOLDERS, find_cases
from twingraph.endpoint import Endpoint, Options, Store, push_build
from twingraph.endpoint.chunks import Chunk
from twingraph.endpoint.http import Client
from twingraph.endpoint.writing import GraphStore, Updates
from twingraph.errors import EndpointError
from twingraph.queries import Answer, query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from servers import Addresses
    from twingraph import Build

STORES = [
    pytest.param(servers.oxigraph, id="oxigraph"),
    pytest.param(servers.virtuoso, id="virtuoso", marks=servers.NEEDS_VIRTUOSO),
]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    folder = tmp_path_factory.mktemp("example") / "build"
    twingraph.build_folder(DATA, folder)
    with twingraph.open_build(folder) as opened:
        yield opened


@pytest.fixture(scope="module", params=STORES)
def with_example(
    request: pytest.FixtureRequest, build: Build, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Endpoint]:
    """A store to which the example is pushed."""
    with request.param(tmp_path_factory.mktemp("store")) as store:
        target = Store(store.query, update=store.update)
        push_build(build, target, options=Options(allow_default_base=True))
        yield Endpoint(store.query)


class Shelf:
    """A store that holds the data of one test at a time."""

    def __init__(self, store: Addresses) -> None:
        self.endpoint = Endpoint(store.query)
        self._updates = Updates(store.update, Client())
        self._graphs: dict[str, list[bytes]] = {}

    def put(self, path: Path) -> None:
        """Exchange the graphs that differ from those of the file."""
        graphs: dict[str, list[bytes]] = {}
        for quad in closed(path):
            line = f"{quad.subject} {quad.predicate} {quad.object} .\n".encode()
            graphs.setdefault(str(quad.graph_name)[1:-1], []).append(line)
        for graph in self._graphs.keys() | graphs.keys():
            lines = graphs.get(graph, [])
            if self._graphs.get(graph) == lines:
                continue
            self._updates.clear(graph)
            for start in range(0, len(lines), self._updates.limits.triples):
                piece = lines[start : start + self._updates.limits.triples]
                self._updates.add(Chunk(graph, piece))
        self._graphs = graphs


@pytest.fixture(scope="module", params=STORES)
def shelf(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shelf]:
    with request.param(tmp_path_factory.mktemp("shelf")) as store:
        yield Shelf(store)


@pytest.mark.parametrize("name", CATALOGUE)
def test_question_about_the_example(name: str, with_example: Endpoint, build: Build) -> None:
    found = twingraph.ask(with_example, name)
    expected = twingraph.ask(build, name)
    assert found.columns == expected.columns
    assert found.rows() == expected.rows()


@pytest.mark.parametrize(("name", "values", "expected"), find_cases())
def test_question_gives_the_expected_rows(
    name: str, values: dict[str, Any], expected: str, shelf: Shelf
) -> None:
    folder = FOLDERS / name
    shelf.put(folder / "data.trig")
    found = query(shelf.endpoint, CATALOGUE[name].bind(values, MINT))
    assert found.rows() == Answer((folder / expected).read_bytes()).rows()


@servers.NEEDS_VIRTUOSO
def test_answer_that_virtuoso_cuts_is_an_error(build: Build, tmp_path: Path) -> None:
    many = "SELECT DISTINCT ?s WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 100"
    with servers.virtuoso(tmp_path, rows=20) as store:
        target = Store(store.query, update=store.update)
        push_build(build, target, options=Options(allow_default_base=True))
        with pytest.raises(EndpointError, match="is not whole: x-sparql-maxrows: 20"):
            Endpoint(store.query).run(many)
        assert query(Endpoint(store.query), many.replace("100", "5")).rows()


def test_figures_of_the_page_are_those_of_the_code() -> None:
    page = (ROOT / "docs/stores.md").read_text(encoding="utf-8")
    assert f"in chunks of {GraphStore.limits.triples:,} triples" in page
    assert f"in chunks of {Updates.limits.triples:,} (" in page
    assert f"({inspect.signature(Endpoint).parameters['timeout'].default} seconds; " in page
    assert f"{Options().timeout:g} for a" in page
