"""How many requests `twingraph serve` answers, beside Oxigraph's own server on the same store.

    python -m benchmarks.serve [--seconds 30] [--sizes 100000] [--json FILE]

wrk (Debian: wrk) asks each with 50 connections: the questions of the catalogue, again and again,
and point queries of which none was asked before. The example is always among the data.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import twingraph
from benchmarks.generate import generate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).parents[1]
CONNECTIONS: Final = 50
POINTS: Final = 500  # resources that the point queries are about
_THEIRS: Final = "/query?union-default-graph"
_UNITS: Final = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_OF_CLASS: Final = "SELECT DISTINCT ?iri { ?iri a <https://w3id.org/twingraph/ns#%s> }"


@contextmanager
def running(command: Sequence[str], url: str) -> Iterator[None]:
    """A server, from when it answers at an address to the end of the block."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def load(url: str, paths: Sequence[str], seconds: int) -> dict[str, float]:
    """Requests a second, milliseconds that half and 99 in 100 take at most, and what failed."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths))
        file.flush()
        script = Path(__file__).with_suffix(".lua")
        options = ["--latency", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script)]
        said = subprocess.run(
            ["wrk", *options, "--timeout", "30s", url, "--", file.name],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    errors = re.findall(r"(?:connect|read|write|timeout) (\d+)", said)
    return {
        "requests/s": float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0]),
        "p50 ms": _milliseconds(re.findall(r"50%\s+([\d.]+\w+)", said)[0]),
        "p99 ms": _milliseconds(re.findall(r"99%\s+([\d.]+\w+)", said)[0]),
        "errors": float(failed[1] if failed else 0) + sum(map(float, errors)),
    }


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", text).groups()  # type: ignore[union-attr]
    return float(number) * _UNITS[unit]


def questions(build: twingraph.Build) -> list[tuple[str, dict[str, str], str]]:
    """Each question with the parameters that it needs, and its SPARQL."""
    needed = {
        kind: str(twingraph.query(build, _OF_CLASS % kind.capitalize()).rows()[0][0])
        for kind in ("partnership", "activity", "municipality")
    }
    found = []
    for question in twingraph.read_catalogue().values():
        values = {
            each.name: needed[each.type]
            for each in question.parameters
            if each.default in (None, "UNDEF") and each.type in needed
        }
        found.append((question.name, values, question.bind(values, build.mint)))
    return found


def measure(data: Path, folder: Path, seconds: int) -> dict[str, dict[str, float]]:
    """The figures of both servers, by load and server."""
    twingraph.build_folder(data, folder)
    with twingraph.open_build(folder) as build:
        asked = questions(build)
        store = build.generation / "store"
        rows = twingraph.query(build, f"{_OF_CLASS % 'Activity'} LIMIT {POINTS}").rows()
    points = [f"SELECT ?p ?o {{ <{iri}> ?p ?o }} # @" for (iri,) in rows]
    ours, theirs = "http://127.0.0.1:7878", "http://127.0.0.1:7879"
    loads = {
        "catalogue": (
            [f"/ask/{name}?{urlencode(values)}" for name, values, _ in asked],
            [_query(_THEIRS, text) for _, _, text in asked],
        ),
        "point queries": (
            [_query("/sparql", text) for text in points],
            [_query(_THEIRS, text) for text in points],
        ),
    }
    figures: dict[str, dict[str, float]] = {}
    for name, (our_paths, their_paths) in loads.items():
        serve = [sys.executable, "-m", "twingraph", "serve", "--build", str(folder), "--no-log"]
        with running([*serve, "--port", "7878", "--timeout", "60"], f"{ours}/health"):
            figures[f"{name}, twingraph"] = load(ours, our_paths, seconds)
        oxigraph = str(Path(sys.executable).with_name("oxigraph"))
        other = [oxigraph, "serve-read-only", "--location", str(store), "--bind", "127.0.0.1:7879"]
        with running(other, f"{theirs}/"):
            figures[f"{name}, oxigraph"] = load(theirs, their_paths, seconds)
    return figures


def _query(path: str, text: str) -> str:
    """A query to be posted: Oxigraph's server takes none of more than 8 kB in an address."""
    return f"{path}\t" + text.replace("\n", "\\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100_000])
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        parser.error("wrk is not installed (Debian: wrk)")
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        data = {"example": ROOT / "data"}
        for size in arguments.sizes:
            data[f"{size:,}"] = Path(folder) / f"data-{size}"
            generate(size, data[f"{size:,}"])
        for name, records in data.items():
            figures = measure(records, Path(folder) / f"build-{name}", arguments.seconds)
            result[name] = figures
            _show(name, figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=2) + "\n")


def _show(name: str, figures: dict[str, dict[str, float]]) -> None:
    for load_, each in figures.items():
        told = "  ".join(f"{what} {value:,.1f}" for what, value in each.items())
        print(f"{name:>10}  {load_:<26} {told}", flush=True)
    for kind in ("catalogue", "point queries"):
        ours, theirs = figures[f"{kind}, twingraph"], figures[f"{kind}, oxigraph"]
        ratio = ours["requests/s"] / theirs["requests/s"]
        slower = ours["p99 ms"] / theirs["p99 ms"]
        print(f"{name:>10}  {kind}: {ratio:.2f} times as many a second, p99 {slower:.2f} times")


if __name__ == "__main__":
    main()
