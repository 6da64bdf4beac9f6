"""The figures of a run beside what they are to be, as a page."""

from __future__ import annotations

import datetime as dt
import os
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_VERSIONS: Final = ("twingraph", "pyoxigraph", "rdflib", "owlrl", "duckdb", "pyarrow")


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure is to be: at most, or at least."""

    name: str
    says: str
    most: float | None = None
    least: float | None = None

    def is_met(self, value: float) -> bool:
        """Whether a value reaches it."""
        return (self.most is None or value <= self.most) and (
            self.least is None or value >= self.least
        )


def bars(figures: Mapping[str, float]) -> Iterator[Bar]:
    """What is asked of the figures of a run."""
    sizes = sorted({int(name.split(".")[1]) for name in figures if name.startswith("build.")})
    largest = sizes[-1]
    yield Bar("closure.10000.owlrl.ratio", "closure at 10,000: times as fast as owlrl", least=200)
    for size in sizes:
        yield Bar(f"closure.{size}.growth", f"closure, 10,000 to {size:,}: times linear", most=1.1)
    yield Bar(f"build.{largest}.ratio", f"build at {largest:,}: of Oxigraph's bulk load", most=1.5)
    yield Bar(f"build.{largest}.megabytes", f"build at {largest:,}: MB at most", most=2000)
    if 100_000 in sizes:
        yield from _of_questions(figures, 100_000)
    if 1_000_000 in sizes:
        for name in _compared(figures, 100_000):
            says = f"{_tell(name, figures, 1_000_000)} at 1,000,000: ms"
            yield Bar(f"ask.1000000.{name}.ask.ms", says, most=1000)
    yield Bar("start-up.institutions-since.ms", "ask on the example, the whole process: ms", 100)


def _of_questions(figures: Mapping[str, float], size: int) -> Iterator[Bar]:
    asked = [
        name.removeprefix(f"ask.{size}.").removesuffix(".ratio")
        for name in figures
        if name.startswith(f"ask.{size}.") and name.count(".") == 3 and name.endswith(".ratio")
    ]
    for name in asked:
        says = f"{_tell(name, figures, size)} at {size:,}: of the plain query"
        yield Bar(f"ask.{size}.{name}.ratio", says, most=1.1)
    for name in _compared(figures, size):
        least = 3 if name == "institution-pairs" else 10
        says = f"{_tell(name, figures, size)} at {size:,}: times as fast as"
        yield Bar(f"ask.{size}.{name}.scan.ratio", f"{says} its scan", least=least)
        yield Bar(f"ask.{size}.{name}.duckdb.ratio", f"{says} DuckDB's scan (a stretch)", least=5)


def _tell(name: str, figures: Mapping[str, float], size: int) -> str:
    """The name of a question, with a note where the engine was not asked."""
    return f"{name} (from a view)" if figures.get(f"ask.{size}.{name}.view") else name


def _compared(figures: Mapping[str, float], size: int) -> list[str]:
    ending = ".scan.ms"
    start = f"ask.{size}."
    return [
        name.removeprefix(start).removesuffix(ending)
        for name in figures
        if name.startswith(start) and name.endswith(ending)
    ]


def write_results(
    path: Path, figures: Mapping[str, float], skipped: Sequence[str], seconds: float
) -> None:
    """Write the page."""
    path.write_text("\n".join(_lines(figures, skipped, seconds)) + "\n", encoding="utf-8")


def _lines(figures: Mapping[str, float], skipped: Sequence[str], seconds: float) -> Iterator[str]:
    yield "# Benchmarks"
    yield ""
    yield f"Measured {dt.datetime.now(tz=dt.UTC).date()} in {seconds / 60:.0f} minutes"
    yield f"by `make bench`, on {os.cpu_count()} cores ({_processor()}), {_memory()} of memory,"
    yield f"{platform.system()}, Python {platform.python_version()},"
    yield ", ".join(f"{name} {version(name)}" for name in _VERSIONS) + "."
    yield "Ratios are of one run; the times are this machine's."
    yield "Where it says *from a view*, `ask` reads rows that the build has worked out"
    yield "(docs/builds.md); the plain query is the engine's way to the same bytes."
    yield ""
    yield "| what | found | asked | |"
    yield "|---|---:|---:|---|"
    for bar in bars(figures):
        if bar.name in figures:
            value = figures[bar.name]
            asked = f"≤ {bar.most:,g}" if bar.most is not None else f"≥ {bar.least:,g}"
            told = "met" if bar.is_met(value) else "**not met**"
            yield f"| {bar.says} | {value:,.4g} | {asked} | {told} |"
    yield ""
    yield from (f"- {each}" for each in skipped)
    yield ""
    yield "## Every figure"
    yield ""
    yield "```"
    yield from (f"{name:60} {value:14,.3f}" for name, value in figures.items())
    yield "```"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _memory() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{pages * size / 2**30:.0f} GiB"
