"""How long the first byte of a page takes, of each kind, the largest pages that there are.

    python -m benchmarks.first_byte [--activities 100000] [--build DIR --data DIR] [--json FILE]

A server is started anew for each run. Every page is asked for once, in English and in German, so
that none is a kept one, from the moment the server says that it answers, or two seconds later; in
another order in each run. Beside them a point query of SPARQL, to which the ratios are. A page's
pictures are asked for apart.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

import twingraph
from benchmarks.generate import generate
from twingraph.pages.links import KINDS
from twingraph.pages.paging import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

_WAITS: Final = {"at once": 0.0, "after 2 s": 2.0}
_POINTS: Final = 100  # point queries, of a run
_LARGEST: Final = 4  # resources of a class
_COUNTED: Final = {
    "partnership": "?it tg:hasActivity ?other",
    "municipality": "?it tg:hasPartnership ?other",
    "institution": "?it tg:involvedIn ?other",
    "topic": "?other tg:about ?it",
    "year": "?other tg:activeIn ?it",
    "source": "?other tg:fromSource ?it",
    "activity": "?it tg:evidence ?other",
}
_POINT: Final = "SELECT ?p ?o { <%s> ?p ?o }"


def find_pages(build: twingraph.Build) -> Iterator[tuple[str, str]]:
    """The kind of a page, and its address."""
    yield "home", "/?"
    yield "network", "/network?"
    yield "ontology", "/twingraph/ns?format=html&"
    for kind in KINDS:
        yield f"list of {kind}", f"/browse/{kind}?"
    yield "list of activities, page 1,000", "/browse/activities?page=1000&"
    for kind, pattern in _COUNTED.items():
        text = (
            "PREFIX tg: <https://w3id.org/twingraph/ns#> "
            f"SELECT ?it (COUNT(?other) AS ?number) WHERE {{ {pattern} }} "
            f"GROUP BY ?it ORDER BY DESC(?number) LIMIT {_LARGEST}"
        )
        for iri, number in twingraph.query(build, text).rows():
            path = urlsplit(str(iri)).path
            yield kind, f"{path}?format=html&"
            if kind in ("partnership", "institution"):
                yield f"{kind}, page 2", f"{path}?format=html&page=2&"
            if kind in ("topic", "year"):  # of a topic's, half are undated
                middle = int(str(number)) // (PAGE * (4 if kind == "topic" else 2)) or 1
                yield f"{kind}, a page in the middle", f"{path}?format=html&page={middle}&"


def first_byte(port: int, path: str, accept: str) -> tuple[float, int]:
    """Milliseconds until the head of the answer is there, and the bytes of its body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    started = time.perf_counter()
    connection.request("GET", path, headers={"Accept": accept})
    answer = connection.getresponse()
    taken = (time.perf_counter() - started) * 1000
    body = answer.read()
    connection.close()
    assert answer.status == http.HTTPStatus.OK, (path, answer.status, body[:200])
    return taken, len(body)


@contextmanager
def serving(folder: Path, data: Path) -> Iterator[tuple[int, float]]:
    """The port of a server that has said that it answers, and the seconds until it did."""
    command = [sys.executable, "-m", "twingraph", "serve", "--no-log", "--port", "0"]
    command += ["--build", str(folder), "--data", str(data)]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().split()[0]
            yield int(address.rpartition(":")[2]), time.perf_counter() - started
        finally:
            process.terminate()


def measure(folder: Path, data: Path, runs: int) -> dict[str, dict[str, Any]]:
    """By when and what was asked: how often, the median and the longest time, the bytes."""
    with twingraph.open_build(folder) as build:
        pages = list(find_pages(build))
        subjects = twingraph.query(
            build,
            f"SELECT ?it {{ ?it a <https://w3id.org/twingraph/ns#Activity> }} LIMIT {_POINTS}",
        ).rows()
    points = [("point query", f"/sparql?{urlencode({'query': _POINT % it})}") for (it,) in subjects]
    asked = [(kind, f"{at}lang={language}") for kind, at in pages for language in ("en", "de")]
    found: dict[str, dict[str, Any]] = {}
    for name, wait in _WAITS.items():
        taken: dict[str, list[tuple[float, int]]] = {}
        starts = []
        for run in range(runs):
            order = random.Random(run).sample(asked, len(asked))
            with serving(folder, data) as (port, start):
                starts.append(start)
                time.sleep(wait)
                for kind, address in [*order, *points]:
                    accept = "text/csv" if kind == "point query" else "text/html"
                    taken.setdefault(kind, []).append(first_byte(port, address, accept))
        found[name] = {"start s": starts, **{kind: _sum_up(taken[kind]) for kind in sorted(taken)}}
    return found


def _sum_up(taken: list[tuple[float, int]]) -> dict[str, float]:
    return {
        "asked": len(taken),
        "median ms": statistics.median(time for time, _ in taken),
        "longest ms": max(time for time, _ in taken),
        "largest bytes": max(size for _, size in taken),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--activities", type=int, default=100_000)
    parser.add_argument("--build", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        data, folder = chosen.data or Path(work) / "data", chosen.build or Path(work) / "build"
        if chosen.build is None:
            generate(chosen.activities, data)
            twingraph.build_folder(data, folder)
        figures = measure(folder, data, chosen.runs)
    for name, kinds in figures.items():
        starts = ", ".join(f"{start:.2f}" for start in kinds.pop("start s"))
        point = kinds["point query"]["median ms"]
        print(f"asked {name}; the server answered after {starts} s")
        print(f"{'page':<32}{'asked':>6}{'median':>10}{'longest':>10}{'ratio':>8}{'kB':>7}")
        for kind, each in kinds.items():
            median, longest = each["median ms"], each["longest ms"]
            print(
                f"{kind:<32}{each['asked']:>6.0f}{median:>7.1f} ms{longest:>7.1f} ms"
                f"{median / point:>7.1f}x{each['largest bytes'] / 1000:>7.0f}"
            )
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
