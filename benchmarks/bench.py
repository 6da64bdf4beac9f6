"""Everything about scale, side by side in one run: load, closure, build, questions, start-up.

    make bench                          1,000, 10,000 and 100,000 activities
    SCALE=1000000 make bench            a million as well: an hour, and 40 GB of disk
    python -m benchmarks.bench --sizes 1000,10000 --no-rivals --json figures.json

Each measurement is a process of its own. Figures are named `what.size.detail`; RESULTS.md has them
beside what they are to be, with the machine, the versions and the date.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import twingraph
from benchmarks.generate import generate
from benchmarks.measure import run, run_task
from benchmarks.results import write_results

if TYPE_CHECKING:
    from collections.abc import Mapping

SIZES: Final = "1000,10000,100000"
_OWLRL: Final = 10_000  # the largest sizes at which each is run
_RDFLIB: Final = 10_000
_RDFLIB_ASKS: Final = 1_000
_IN_MEMORY: Final = 100_000
_ALL_QUESTIONS: Final = 100_000  # beyond, those that are not to scan: others read all there is
_SCANS: Final = 100_000
_MANY_SOURCES: Final = 10_000  # where sources of this many activities are built too
_FEW_ACTIVITIES: Final = 6
_CLOSURES: Final = (5, 3)  # runs of the sizes that owlrl bears, and of larger; the median counts
_HEADLINES: Final = (
    *("institutions-since", "institutions-started-since"),
    *("activities-by-decade", "institution-pairs"),
)
# Text of `benchmarks.tables_sql` -> the question that gives the same rows.
_BY_SQL: Final = {f"{name}, scan": name for name in _HEADLINES}


class Bench:
    """One run. `figures` are its results by dotted name: seconds, milliseconds, MB or ratios."""

    def __init__(self, folder: Path, *, with_rivals: bool) -> None:
        self.figures: dict[str, float] = {}
        self.skipped: list[str] = []
        self._folder = folder
        self._with_rivals = with_rivals

    def measure(self, size: int) -> None:
        """Measure everything at one size."""
        data, build = self._folder / "data", self._folder / "build"
        if not data.exists():
            print(f"{size:,} activities: records", file=sys.stderr)
            generate(size, data)
        self._build(size, data, build)
        self._closure(size, build)
        self._questions(size, build)
        shutil.rmtree(build)

    def start_up(self) -> None:
        """Measure whole processes on the example."""
        for name, milliseconds in self._task("start_up").items():
            self._note(f"start-up.{name}.ms", milliseconds)

    def _build(self, size: int, data: Path, build: Path) -> None:
        command = [sys.executable, "-m", "twingraph", "build", str(data), "--output", str(build)]
        cost = run(command)
        self._note(f"build.{size}.seconds", cost.seconds)
        self._note(f"build.{size}.megabytes", cost.megabytes)
        quads = self._folder / "all.nq"
        with twingraph.open_build(build) as opened, quads.open("wb") as whole:
            for path in opened.quad_files:
                with path.open("rb") as file:
                    shutil.copyfileobj(file, whole)
        floor, megabytes = run_task("bulk_load", quads, self._folder / "store")
        shutil.rmtree(self._folder / "store")
        self._note(f"build.{size}.quads", floor["quads"])
        self._note(f"floor.{size}.seconds", floor["seconds"])
        self._note(f"floor.{size}.megabytes", megabytes)
        self._note(f"build.{size}.ratio", cost.seconds / floor["seconds"])
        again = run(command)
        self._note(f"build.{size}.unchanged.seconds", again.seconds)
        self._load(size, quads)
        quads.unlink()
        self._change_one(size, data, command)
        if size == _MANY_SOURCES:
            self._build_many(size, cost.seconds)

    def _change_one(self, size: int, data: Path, command: list[str]) -> None:
        """A build after a change in one source; the records are as before at the end."""
        records = min((data / "sources").glob("list-*")) / "activities.jsonl"
        before = records.read_bytes()
        try:
            records.write_bytes(before[: before.rstrip().rindex(b"\n") + 1])  # one activity less
            changed = run(command)
        finally:
            records.write_bytes(before)
        self._note(f"build.{size}.one-source.seconds", changed.seconds)
        self._note(
            f"build.{size}.one-source.ratio",
            changed.seconds / self.figures[f"build.{size}.seconds"],
        )
        run(command)

    def _build_many(self, size: int, seconds: float) -> None:
        """As many activities, told by sources that tell a few each."""
        data, build = self._folder / "many", self._folder / "many-build"
        generate(size, data, per_source=_FEW_ACTIVITIES)
        cost = run([sys.executable, "-m", "twingraph", "build", str(data), "--output", str(build)])
        self._note(f"build.{size}.small-sources.seconds", cost.seconds)
        self._note(f"build.{size}.small-sources.ratio", cost.seconds / seconds)
        shutil.rmtree(build)
        shutil.rmtree(data)

    def _load(self, size: int, quads: Path) -> None:
        if self._bears("Oxigraph in memory", size, _IN_MEMORY):
            self._note(f"load.{size}.memory.seconds", self._task("memory_load", quads)["seconds"])
        if self._with_rivals and self._bears("rdflib's load", size, _RDFLIB):
            seconds = self._task("rdflib_load", quads)["seconds"]
            self._note(f"load.{size}.rdflib.seconds", seconds)
            self._note(f"load.{size}.rdflib.ratio", seconds / self.figures[f"floor.{size}.seconds"])
        if self._with_rivals and self._bears("rdflib's answers", size, _RDFLIB_ASKS):
            for name, milliseconds in self._task("rdflib_ask", quads, *_HEADLINES).items():
                self._note(f"ask.{size}.{name}.rdflib.ms", milliseconds)

    def _closure(self, size: int, build: Path) -> None:
        runs = [self._task("closure", build) for _ in range(_CLOSURES[size > _OWLRL])]
        found = sorted(runs, key=itemgetter("seconds"))[len(runs) // 2]
        self._note(f"closure.{size}.seconds", found["seconds"])
        self._note(f"closure.{size}.inferred", found["inferred"])
        self._note(f"closure.{size}.compile.seconds", found["compile"])
        if self._with_rivals and self._bears("owlrl", size, _OWLRL):
            seconds = self._task("owlrl_closure", build)["seconds"]
            self._note(f"closure.{size}.owlrl.seconds", seconds)
            self._note(f"closure.{size}.owlrl.ratio", seconds / found["seconds"])
        start = self.figures.get(f"closure.{_OWLRL}.seconds")
        if start is not None and size > _OWLRL:
            growth = found["seconds"] / start / (size / _OWLRL)
            self._note(f"closure.{size}.growth", growth)

    def _questions(self, size: int, build: Path) -> None:
        is_all = self._bears("the questions that read all activities", size, _ALL_QUESTIONS)
        names = twingraph.read_catalogue() if is_all else _HEADLINES
        for name, found in self._task("questions", build, *names).items():
            for key, milliseconds in found.items():
                self._note(f"ask.{size}.{name}.{key.replace('_', '.')}", milliseconds)
            self._note(f"ask.{size}.{name}.ratio", found["ask_ms"] / found["plain_ms"])
        if self._bears("the questions as scans", size, _SCANS):
            for name, milliseconds in self._task("scans", build).items():
                self._compare(size, name, "scan", milliseconds)
        if self._with_rivals:
            tables = self._folder / "tables"
            command = [sys.executable, "-m", "twingraph", "export", "--tables", str(tables)]
            run([*command, "--build", str(build)])
            for text, milliseconds in self._task("duckdb", tables).items():
                if text in _BY_SQL:
                    self._compare(size, _BY_SQL[text], "duckdb", milliseconds)
            shutil.rmtree(tables)

    def _compare(self, size: int, question: str, with_: str, milliseconds: float) -> None:
        """How many times faster the catalogue's question is."""
        name = f"ask.{size}.{question}"
        self._note(f"{name}.{with_}.ms", milliseconds)
        self._note(f"{name}.{with_}.ratio", milliseconds / self.figures[f"{name}.ask.ms"])

    def _bears(self, who: str, size: int, most: int) -> bool:
        if size > most:
            self.skipped.append(f"{who}: not run at {size:,}, beyond {most:,} it takes too long")
        return size <= most

    def _task(self, name: str, *arguments: object) -> dict[str, Any]:
        return run_task(name, *arguments)[0]

    def _note(self, name: str, value: float) -> None:
        self.figures[name] = value
        print(f"{name:60} {value:14,.3f}", file=sys.stderr, flush=True)


def main() -> None:
    """Measure, print the figures as they come, and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    sizes = ",".join(filter(None, (SIZES, os.environ.get("SCALE"))))
    parser.add_argument("--sizes", default=sizes, help="numbers of activities")
    parser.add_argument("--no-rivals", action="store_true", help="without rdflib, owlrl and DuckDB")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure by name")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep generated records here")
    given = parser.parse_args()
    figures: dict[str, float] = {}
    skipped: list[str] = []
    started = time.time()
    with tempfile.TemporaryDirectory() as folder:
        for size in sorted({int(size) for size in given.sizes.split(",")}):
            own = (given.keep or Path(folder)) / str(size)
            own.mkdir(parents=True, exist_ok=True)
            bench = Bench(own, with_rivals=not given.no_rivals)
            bench.figures = figures
            bench.measure(size)
            skipped += bench.skipped
            bench.start_up()
            # What there is so far: the largest sizes take an hour.
            write_results(given.output, figures, skipped, time.time() - started)
            if given.json:
                _write_json(given.json, figures)
    print(given.output.read_text(encoding="utf-8"))


def _write_json(path: Path, figures: Mapping[str, float]) -> None:
    path.write_text(json.dumps(dict(figures), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
