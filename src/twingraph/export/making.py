"""The files of a package that are made of its quads: several at once, where that pays."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from twingraph import vocab
from twingraph.export.formats import FORMATS
from twingraph.export.summary import summarize
from twingraph.export.tables import write_csv
from twingraph.export.union import write_union
from twingraph.store.crew import Crew
from twingraph.vocab import Minter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from twingraph.export.material import Material
    from twingraph.export.summary import Summary

    Progress = Callable[[str, int, int], None]  # the step, how much of it is done, of how much
    Task = tuple[str, tuple[Any, ...]]

_SMALL: Final = 20_000_000  # bytes of quads up to which one process is quicker
# What needs neither tables nor the union is written while these are made.
_EARLY: Final = ("trig", "nquads")
# Of the others, what takes longest begins first.
_SLOWEST: Final = ("xlsx", "jsonld", "rdfxml", "turtle", "nquads-gzip")
_FORMATS: Final = "formats written"


class Made(NamedTuple):
    """What came of it: rows by table, and what the package holds."""

    rows: Mapping[str, int]
    summary: Summary


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
    order = sorted(formats, key=lambda n: _SLOWEST.index(n) if n in _SLOWEST else len(_SLOWEST))
    writing = {name: ("write", (name, target / FORMATS[name].path)) for name in order}
    early: list[Task] = [writing.pop(name) for name in _EARLY if name in writing]
    late: list[Task] = [*writing.values(), ("summary", ())]
    made: dict[str, Any] = {}
    done = 0
    with Crew(material, jobs) as crew:
        for tasks in ([("tables", ()), ("union", ()), *early], late):
            for step, result in crew.run(_do, tasks):
                made[step] = result
                done += step == "write"
                progress(_FORMATS, done, len(order))
    return Made(made["tables"], made["summary"])


def _do(material: Material, step: str, given: tuple[Any, ...]) -> tuple[str, Any]:
    """Do one thing, in whichever process."""
    return step, _STEPS[step](material, *given)


def _write_tables(material: Material) -> dict[str, int]:
    inferred = Minter(material.base).graph(vocab.INFERRED)
    return write_csv([material.quads], inferred, material.csv, lambda _step, _done: None)


def _write_union(material: Material) -> None:
    write_union(material.quads, material.union, material.union.parent)


def _write(material: Material, name: str, target: Path) -> None:
    FORMATS[name].write(material, target)


_STEPS: Final[Mapping[str, Callable[..., Any]]] = {
    "tables": _write_tables,
    "union": _write_union,
    "write": _write,
    "summary": summarize,
}
