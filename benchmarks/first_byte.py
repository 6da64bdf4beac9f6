"""How long the first byte of a page takes, of each kind, the largest pages that there are.

    python -m benchmarks.first_byte [--activities 100000] [--build DIR --data DIR] [--json FILE]

Every page is asked for once, in English and in German, so that none is a kept one; beside them a
point query of SPARQL, to which the ratios are. A page's pictures are asked for apart.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

import twingraph
from benchmarks.generate import generate
from benchmarks.serve import running
from twingraph.pages.links import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_PORT: Final = 7880
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
    for kind in KINDS:
        yield f"list of {kind}", f"/browse/{kind}?"
    yield "list of activities, page 1,000", "/browse/activities?page=1000&"
    for kind, pattern in _COUNTED.items():
        text = (
            "PREFIX tg: <https://w3id.org/twingraph/ns#> "
            f"SELECT ?it (COUNT(?other) AS ?number) WHERE {{ {pattern} }} "
            f"GROUP BY ?it ORDER BY DESC(?number) LIMIT {_LARGEST}"
        )
        for iri, _ in twingraph.query(build, text).rows():
            path = urlsplit(str(iri)).path
            yield kind, f"{path}?format=html&"
            if kind in ("partnership", "institution"):
                yield f"{kind}, page 2", f"{path}?format=html&page=2&"


def first_byte(path: str, accept: str) -> tuple[float, int]:
    """Milliseconds until the head of the answer is there, and the bytes of its body."""
    connection = http.client.HTTPConnection("127.0.0.1", _PORT, timeout=120)
    started = time.perf_counter()
    connection.request("GET", path, headers={"Accept": accept})
    answer = connection.getresponse()
    taken = (time.perf_counter() - started) * 1000
    body = answer.read()
    connection.close()
    assert answer.status == http.HTTPStatus.OK, (path, answer.status, body[:200])
    return taken, len(body)


def measure(folder: Path, data: Path) -> dict[str, dict[str, float]]:
    """By kind of page: how many were asked for, the median and the longest time, the bytes."""
    with twingraph.open_build(folder) as build:
        pages = list(find_pages(build))
        subjects = twingraph.query(
            build, "SELECT ?it { ?it a <https://w3id.org/twingraph/ns#Activity> } LIMIT 200"
        ).rows()
    command = [sys.executable, "-m", "twingraph", "serve", "--no-log", "--port", str(_PORT)]
    command += ["--build", str(folder), "--data", str(data)]
    found: dict[str, list[tuple[float, int]]] = {}
    with running(command, f"http://127.0.0.1:{_PORT}/health"):
        for (iri,) in subjects:  # the first of them wake the workers
            query = urlencode({"query": _POINT % iri})
            taken = first_byte(f"/sparql?{query}", "text/csv")
            found.setdefault("point query", []).append(taken)
        for language in ("en", "de"):
            for kind, address in pages:
                taken = first_byte(f"{address}lang={language}", "text/html")
                found.setdefault(kind, []).append(taken)
    return {
        kind: {
            "asked": len(taken),
            "median ms": statistics.median(time for time, _ in taken),
            "longest ms": max(time for time, _ in taken),
            "largest bytes": max(size for _, size in taken),
        }
        for kind, taken in found.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--activities", type=int, default=100_000)
    parser.add_argument("--build", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        data, folder = chosen.data or Path(work) / "data", chosen.build or Path(work) / "build"
        if chosen.build is None:
            generate(chosen.activities, data)
            twingraph.build_folder(data, folder)
        figures = measure(folder, data)
    point = figures["point query"]["median ms"]
    print(f"{'page':<32}{'asked':>6}{'median':>10}{'longest':>10}{'ratio':>8}{'kB':>7}")
    for kind, each in figures.items():
        median, longest = each["median ms"], each["longest ms"]
        print(
            f"{kind:<32}{each['asked']:>6.0f}{median:>7.1f} ms{longest:>7.1f} ms"
            f"{median / point:>7.1f}x{each['largest bytes'] / 1000:>7.0f}"
        )
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
