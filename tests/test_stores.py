"""The whole catalogue on real remote stores: the same rows as embedded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import servers
import twingraph
from engines import closed, read_rows
from example import DATA
from servers import Addresses
from test_queries_data import CATALOGUE, FOLDERS, find_cases
from twingraph import Build
from twingraph.endpoint import Credentials, Endpoint, Options, Store, push_build
from twingraph.endpoint.chunks import Chunk
from twingraph.endpoint.http import Client
from twingraph.endpoint.writing import Updates

if TYPE_CHECKING:
    from collections.abc import Iterator

STORES = [
    pytest.param(servers.oxigraph, id="oxigraph"),
    pytest.param(
        servers.virtuoso,
        id="virtuoso",
        marks=pytest.mark.skipif(servers.VIRTUOSO is None, reason=servers.NO_VIRTUOSO),
    ),
]


@pytest.fixture(scope="module", params=STORES)
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Addresses]:
    with request.param(tmp_path_factory.mktemp("store")) as addresses:
        yield addresses


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    folder = tmp_path_factory.mktemp("example") / "build"
    twingraph.build_folder(DATA, folder)
    with twingraph.open_build(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def holding_example(store: Addresses, build: Build) -> Endpoint:
    push_build(
        build, Store(store.query, update=store.update), options=Options(allow_default_base=True)
    )
    return Endpoint(store.query)


def cell(value: object) -> object:
    """Virtuoso has no booleans."""
    return int(value) if isinstance(value, bool) else value


@pytest.mark.parametrize("name", CATALOGUE)
def test_question_about_the_example(name: str, holding_example: Endpoint, build: Build) -> None:
    expected = twingraph.ask(build, name)
    found = twingraph.ask(holding_example, name)
    assert found.columns == expected.columns
    assert found.rows() == expected.rows()
