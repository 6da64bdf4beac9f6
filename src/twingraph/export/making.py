"""The files of a package that are made of its quads: several at once, where that pays."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from twingraph import vocab
from twingraph.export.formats import FORMATS
from twingraph.export.summary import summarize
from twingraph.export.tables import write_csv
from twingraph.export.timeline import Dated, read_dated
from twingraph.export.union import write_union
from twingraph.files import count_lines, hash_file
from twingraph.store.crew import Crew
from twingraph.vocab import Minter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from twingraph.export.material import Material
    from twingraph.export.summary import Summary

    Progress = Callable[[str, int, int], None]  # the step, how much of it is done, of how much

_SMALL: Final = 20_000_000  # bytes of quads up to which one process is quicker
# What takes longest, or what that waits for, begins first.
_SLOWEST: Final = (
    *("tables", "union", "xlsx", "jsonld", "rdfxml", "trig", "turtle"),
    *("summary", "nquads-gzip", "dated", "quads"),
)
# What a step waits for; a format that is not here, for both.
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("tables", "union", "quads", "nquads", "nquads-gzip", "trig"), ()),
    **dict.fromkeys(("csv", "xlsx", "dated"), ("tables",)),
    **dict.fromkeys(("turtle", "rdfxml", "jsonld", "summary"), ("union",)),
}
_BOTH: Final = ("tables", "union")
_FORMATS: Final = "formats written"


class Made(NamedTuple):
    """What came of it: rows by table, the number of quads, and what the package holds.

    `hashes` has the SHA-256 of each file by its path in the package.
    """

    rows: Mapping[str, int]
    quads: int
    summary: Summary
    dated: Dated
    hashes: Mapping[str, str]


def make_files(
    material: Material,
    formats: Sequence[str],
    target: Path,
    jobs: int | None,
    progress: Progress,
) -> Made:
    """Write the formats into the folder `target`, of the quads of `material` alone.

    `jobs` processes share the work: as many as there are cores, and for little of it one.
    """
    if jobs is None:
        jobs = (os.cpu_count() or 1) if material.quads.stat().st_size > _SMALL else 1
    steps = sorted({*_STEPS, *formats}, key=_place)
    made: dict[str, Any] = {}
    hashes: dict[str, str] = {}
    written = 0
    with Crew((material, target), jobs) as crew:
        for step, result in crew.run_steps(_do, {s: _NEEDS.get(s, _BOTH) for s in steps}):
            if step in FORMATS:
                hashes |= result
                written += 1
            else:
                made[step] = result
            progress(_FORMATS, written, len(formats))
    return Made(made["tables"], made["quads"], made["summary"], made["dated"], hashes)


def _place(step: str) -> tuple[int, str]:
    place = _SLOWEST.index(step) if step in _SLOWEST else len(_SLOWEST)
    return place, step


def _do(shop: tuple[Material, Path], step: str) -> Any:
    """Do one thing, in whichever process."""
    material, target = shop
    return _STEPS[step](material) if step in _STEPS else _write(material, step, target)


def _write_tables(material: Material) -> dict[str, int]:
    inferred = Minter(material.base).graph(vocab.INFERRED)
    return write_csv([material.quads], inferred, material.csv, lambda _step, _done: None)


def _write_union(material: Material) -> None:
    write_union(material.quads, material.union, material.union.parent)


def _write(material: Material, name: str, target: Path) -> dict[str, str]:
    """Write a format; the SHA-256 of its files by their paths."""
    path = target / FORMATS[name].path
    FORMATS[name].write(material, path)
    paths = sorted(path.iterdir()) if path.is_dir() else [path]
    return {each.relative_to(target).as_posix(): hash_file(each) for each in paths}


def _count_quads(material: Material) -> int:
    return count_lines(material.quads)


_STEPS: Final[Mapping[str, Callable[[Material], Any]]] = {
    "tables": _write_tables,
    "union": _write_union,
    "quads": _count_quads,
    "summary": summarize,
    "dated": read_dated,
}
