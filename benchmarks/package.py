"""What a package for a portal costs, beside rdflib's serialisers.

    make bench-package
    python -m benchmarks.package [--size 100000] [--beside 10000] [--json figures.json]

Records are made by `benchmarks.generate` and built. (a) `twingraph export --to`, all formats, at
the first size: seconds, and megabytes of all processes together, beside what is asked of them.
(b) At the second size, each RDF format that both write, in one process: ours from the union of the
graphs on disk, rdflib from a graph that it holds in memory already.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import rdflib

from benchmarks.generate import generate
from benchmarks.measure import run
from twingraph import build_folder, open_build
from twingraph.export.formats import FORMATS
from twingraph.export.material import Material
from twingraph.export.schema import TABLES
from twingraph.export.union import write_quads, write_union

if TYPE_CHECKING:
    from collections.abc import Callable

# What the whole command is to cost at most, at 100,000 activities.
_ASKED: Final = {"package.100000.seconds": 60, "package.100000.megabytes": 1000}
# Format -> what rdflib calls it.
_BESIDE: Final = {"turtle": "turtle", "rdfxml": "xml", "jsonld": "json-ld"}
_DATASET: Final = """title: {en: Made up}
description: {en: Made up}
publisher: {name: {en: Nobody}}
licence: https://creativecommons.org/publicdomain/zero/1.0/
published_at: https://w3id.org/twingraph/data/
"""


def make_build(size: int, folder: Path) -> Path:
    """A build of so many activities, in `folder / "build"`."""
    generate(size, folder / "data")
    (folder / "data/dataset.yaml").write_text(_DATASET, encoding="utf-8")
    build_folder(folder / "data", folder / "build")
    return folder / "build"


def measure_package(folder: Path) -> dict[str, float]:
    """What the whole command costs."""
    command = [sys.executable, "-m", "twingraph", "export", "--to", str(folder / "dist")]
    cost = run([*command, "--build", str(folder / "build"), "--data", str(folder / "data")])
    return {"seconds": cost.seconds, "megabytes": cost.megabytes}


def measure_formats(folder: Path) -> dict[str, float]:
    """Seconds of each format, ours and rdflib's, and how many times as fast ours is."""
    figures: dict[str, float] = {}
    with open_build(folder / "build") as build:
        material = Material(
            build.mint.base, folder / "quads.nq", folder / "union.nt", folder, TABLES
        )
        write_quads(build.quad_files, "short", material.quads)
    write_union(material.quads, material.union, folder)
    graph = rdflib.Graph().parse(material.union, format="nt")
    for name, theirs in _BESIDE.items():
        ours = _seconds(partial(FORMATS[name].write, material, folder / "ours"))
        others = _seconds(partial(graph.serialize, folder / "theirs", theirs))
        figures |= {f"{name}.seconds": ours, f"{name}.rdflib.seconds": others}
        figures[f"{name}.times as fast"] = others / ours
    return figures


def _seconds(task: Callable[[], object]) -> float:
    started = time.perf_counter()
    task()
    return time.perf_counter() - started


def _judge(name: str, value: float) -> str:
    if (most := _ASKED.get(name)) is None:
        return ""
    return f"  ≤ {most}: {'met' if value <= most else 'NOT MET'}"


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--beside", type=int, default=10_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures: dict[str, float] = {}
    for size, measure in ((options.beside, measure_formats), (options.size, measure_package)):
        with tempfile.TemporaryDirectory(prefix="twingraph-") as folder:
            make_build(size, Path(folder))
            found = measure(Path(folder))
            figures |= {f"package.{size}.{name}": value for name, value in found.items()}
    for name, value in figures.items():
        print(f"{name:<48} {value:10.2f}{_judge(name, value)}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
