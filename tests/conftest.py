"""What tests in a browser stand on: the example's server, the browser, and who visits with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import twingraph
from browser import Visitor, find_chromium, launch
from example import DATA
from serving import Server, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def example_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of the example."""
    build = tmp_path_factory.mktemp("example") / "build"
    twingraph.build_folder(DATA, build)
    return build


@pytest.fixture(scope="session")
def example_server(example_build: Path) -> Iterator[Server]:
    """A server of the example."""
    with serving(example_build, "--data", str(DATA), "--workers", "1") as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each module, since beside it no other test can call `asyncio.run`."""
    pytest.importorskip("playwright", reason="no playwright: see requirements-dev.txt")
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("no Chromium is installed")
    with launch(chromium) as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[[str], Visitor]]:
    """Makes visitors of the site at an origin; in the end nothing may have gone wrong for them."""
    visitors: list[Visitor] = []

    def make(origin: str) -> Visitor:
        visitors.append(Visitor(browser, origin))
        return visitors[-1]

    yield make
    for each in visitors:
        each.close()
    assert [trouble for each in visitors for trouble in each.troubles] == []


@pytest.fixture
def visitor(visit: Callable[[str], Visitor], example_server: Server) -> Visitor:
    """A visitor of the example."""
    return visit(example_server.url)
