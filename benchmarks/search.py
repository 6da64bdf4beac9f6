"""How long a search over all names takes, beside SPARQL over the labels of the same build.

    python -m benchmarks.search BUILD [--json figures.json]

BUILD is a build of any size (`python -m benchmarks.generate` makes records for one). What is asked
is drawn from its names by a fixed seed: whole names, how they begin, and names with a slip, of
which SPARQL finds none.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.reconcile import misspell
from twingraph import open_build
from twingraph.pages.finding import NameIndex
from twingraph.pages.naming import read_names
from twingraph.vocab import RDFS_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from twingraph.store import Build

_SEED: Final = 2026
_ASKED: Final = 100
_NAIVE: Final = 5  # searches that are enough to time SPARQL
_LONGEST: Final = 5  # characters of a beginning


def measure(build: Build) -> dict[str, float]:
    """Seconds, megabytes, and how many times longer SPARQL takes."""
    started = time.perf_counter()
    index = NameIndex(read_names(build))
    figures = {"index.seconds": time.perf_counter() - started}
    rng = random.Random(_SEED)
    names = sorted({name.text for each in read_names(build) for name in each.names})
    whole = rng.sample(names, min(_ASKED, len(names)))
    asked = {
        "whole": whole,
        "beginning": [name[:_LONGEST] for name in whole],
        "letter": sorted({name[:1] for name in whole}),
        "slip": [misspell(name, rng) for name in whole],
    }
    for name, texts in asked.items():
        seconds = _time(lambda text: index.search(text, end=40), texts)
        figures[f"{name}.median-seconds"] = statistics.median(seconds)
        figures[f"{name}.longest-seconds"] = max(seconds)
    naive = statistics.median(_time(lambda text: build.run(_contain(text)), whole[:_NAIVE]))
    figures["sparql.median-seconds"] = naive
    figures["sparql.times-slower"] = naive / figures["whole.median-seconds"]
    return figures


def _contain(text: str) -> str:
    literal = json.dumps(text.lower(), ensure_ascii=False)
    return (
        f"SELECT DISTINCT ?resource WHERE {{ ?resource <{RDFS_LABEL}> ?name "
        f"FILTER(CONTAINS(LCASE(STR(?name)), {literal})) }} LIMIT 40"
    )


def _time(search: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    seconds = []
    for text in texts:
        started = time.perf_counter()
        search(text)
        seconds.append(time.perf_counter() - started)
    return seconds


def measure_memory(build: Build) -> float:
    """What an index holds in memory, in megabytes."""
    tracemalloc.start()
    index = NameIndex(read_names(build))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del index
    return held / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("build", type=Path)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure by name")
    given = parser.parse_args()
    with open_build(given.build) as build:
        figures = {**measure(build), "index.megabytes": measure_memory(build)}
    for name, figure in figures.items():
        print(f"{name:<28} {figure:12.4f}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
