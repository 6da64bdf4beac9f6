"""A folder of records -> a new generation of a build."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections import Counter
from dataclasses import dataclass
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from twingraph import terms as t
from twingraph.errors import FileError
from twingraph.files import LOADED, REASONED, find_shipped, hash_file
from twingraph.graph import GraphBuilder
from twingraph.ontology import read_vocabulary
from twingraph.reason import Index, shipped_rules
from twingraph.reason.expand import Expander
from twingraph.records import open_folder
from twingraph.store import work
from twingraph.store.assembly import Assembly
from twingraph.store.crew import Crew
from twingraph.store.generations import FORMAT, MANIFEST, find_current, publish, stage
from twingraph.store.inputs import find_inputs, hash_inputs
from twingraph.store.load import Loader, update_store
from twingraph.store.parts import TABLES
from twingraph.store.reuse import Reuse, part_digests
from twingraph.vocab import Minter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twingraph.ontology import Vocabulary
    from twingraph.quads import Term
    from twingraph.records import Folder
    from twingraph.store.assembly import Progress
    from twingraph.store.parts import Written

_ONTOLOGY: Final = (*REASONED, *LOADED)
_SMALL: Final = 2_000_000  # bytes of records that one process reads before others are ready
# Bytes of records up to which there are so many buckets; beyond all of them, the most.
_BUCKETS: Final = ((_SMALL, 1), (10 * _SMALL, 8))
_MOST_BUCKETS: Final = 64
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_VERSIONED: Final = ("twingraph", "pyoxigraph", "owlrl", "rdflib")
# What the summary counts: name -> class.
_COUNTED: Final = {
    "activities": t.ACTIVITY,
    "undated activities": t.UNDATED_ACTIVITY,
    "planned activities": t.PLANNED_ACTIVITY,
    "disputed activities": t.DISPUTED_ACTIVITY,
    "institutions": t.INSTITUTION,
    "municipalities": t.MUNICIPALITY,
    "partnerships": t.PARTNERSHIP,
    "sources": t.SOURCE,
    "passages": t.PASSAGE,
}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build came to: counts by name, and what a person should know of."""

    generation: Path
    counts: dict[str, int]
    warnings: tuple[str, ...]
    dangling: tuple[str, ...]  # of the warnings, those of mappings whose record is gone
    is_new: bool


def build_folder(
    data: str | Path,
    build: str | Path,
    *,
    drafts: bool = False,
    force: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Build the records below `data` into the build folder `build`, all or nothing.

    With unchanged data and versions nothing is done, and of sources that have not changed what the
    last build made of them is taken over, unless `force`. `drafts` takes in what nobody has
    reviewed yet: in graphs of their own, typed `tg:Draft`. `jobs` processes share the work (as many
    as there are cores, and for little of it one); `progress` is told the step, how much of it is
    done and of how much.

    :raises RecordErrors: if a record is wrong; the last good build stays.
    :raises FileError: if a folder is absent or cannot be written.
    :raises InconsistentGraph: if the records contradict the ontology.
    """
    data, build = Path(data), Path(build)
    if not data.is_dir():
        raise FileError(f"{data}: no such folder; expected a folder of records")
    if build.resolve().is_relative_to(data.resolve()):
        raise FileError(f"{build}: a build stands outside its data; name another folder with -o")
    given = _read_given(data, drafts=drafts)
    if not force and (done := _unchanged(build, given)) is not None:
        return done
    size = sum(path.stat().st_size for path in find_inputs(data).values())
    plan = _Plan(data, build, given, size, _choose_jobs(jobs, size), progress or _silent, force)
    try:
        with stage(build) as staging:
            manifest = _fill(plan, staging) | given
            content = json.dumps(manifest, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
            (staging / MANIFEST).write_bytes(content.encode())
            os.sync()  # of many files, one by one would take longer
            name = hashlib.sha256(content.encode()).hexdigest()[:16]
            generation = publish(build, staging, name)
    except OSError as error:
        raise FileError(f"{build}: {_tell_failure(error)}") from error
    return _summary(generation, manifest, is_new=True)


def _read_given(data: Path, *, drafts: bool) -> dict[str, Any]:
    """All that a build is made from: with the same, nothing is to be done."""
    return {
        "format": FORMAT,
        "inputs": hash_inputs(data),
        "ontology": {name: hash_file(find_shipped("ontology") / name) for name in _ONTOLOGY},
        "versions": {name: version(name) for name in _VERSIONED},
        "drafts": drafts,
    }


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to build, and with what."""

    data: Path
    build: Path
    given: dict[str, Any]
    size: int  # bytes of all inputs
    jobs: int
    progress: Progress
    force: bool


def _tell_failure(error: OSError) -> str:
    # What comes out of Oxigraph has a text only.
    if error.errno in _FULL or any(os.strerror(number) in str(error) for number in _FULL):
        return "the disk is full; the last whole build stays: make room, and build again"
    return f"cannot be written: {error}"


def _choose_jobs(jobs: int | None, size: int) -> int:
    if jobs is not None:
        return jobs
    return (os.cpu_count() or 1) if size > _SMALL else 1


def _choose_buckets(size: int) -> int:
    return next((number for most, number in _BUCKETS if size <= most), _MOST_BUCKETS)


def _silent(step: str, done: int, total: int) -> None:
    """Show no progress."""


def _unchanged(build: Path, given: dict[str, Any]) -> Summary | None:
    generation = find_current(build)
    if generation is None:
        return None
    try:
        manifest = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if any(manifest.get(name) != value for name, value in given.items()):
        return None
    names = ("store", *manifest["files"], *manifest["views"])
    if not all((generation / name).exists() for name in names):
        return None
    return _summary(generation, manifest, is_new=False)


def _summary(generation: Path, manifest: dict[str, Any], *, is_new: bool) -> Summary:
    counts = {name: manifest["counts"][name] for name in _COUNTED}
    warnings, dangling = tuple(manifest["warnings"]), tuple(manifest["dangling"])
    return Summary(generation, counts, warnings, dangling, is_new)


def _fill(plan: _Plan, staging: Path) -> dict[str, Any]:
    """Write quad files and store into the staging folder; the manifest's content is returned."""
    vocabulary = read_vocabulary()
    folder = open_folder(plan.data, vocabulary, with_drafts=plan.given["drafts"])
    shop = _open_workshop(folder, vocabulary, staging, _choose_buckets(plan.size))
    tables = work.assert_part(shop, TABLES, shop.builder.tables(), None)
    previous = None if plan.force else find_current(plan.build)
    reuse = Reuse(previous, staging, part_digests(folder, plan.given, shop.buckets))
    files: list[Written] = []
    with Loader(staging, plan.jobs) as loader:  # it starts no thread before the crew is there

        def add(file: Written) -> None:
            files.append(file)
            if not reuse.is_most:
                loader.add(file)

        with Crew(shop, plan.jobs) as crew:
            assembly = Assembly(shop, crew, reuse, tables, add, plan.progress)
            assembly.make()
            views = assembly.start_views()
            is_updated = reuse.is_most and update_store(previous, staging, files)
            digests = views()
        # The crew has ended, and what it held is free: the rest of a load takes most memory.
        if not is_updated:
            for file in files if reuse.is_most else ():
                loader.add(file)
            _finish(loader, sum(file.quads for file in files), plan.progress)
    reuse.write()
    tally = assembly.totals.tally()
    return {
        "base": folder.base,
        **_describe(files),
        "views": digests,
        "counts": {name: tally[of] for name, of in _COUNTED.items()},
        "dangling": [str(each) for each in folder.links.dangling],
        "warnings": list(_warnings(folder, tally, with_drafts=plan.given["drafts"])),
    }


def _finish(loader: Loader, total: int, progress: Progress) -> None:
    loaded = loader.finish(lambda done: progress("loading", done, total))
    if loaded != total:
        raise FileError(f"the store holds {loaded} quads; expected {total}")


def _open_workshop(
    folder: Folder, vocabulary: Vocabulary, staging: Path, buckets: int
) -> work.Workshop:
    rules = shipped_rules()
    builder = GraphBuilder(folder, vocabulary)
    index = Index(rules)
    for source in folder.sources:
        index.learn(builder.description(source))
    mint = Minter(folder.base)
    expander = Expander(rules, mint)
    return work.Workshop(staging, folder, builder, rules, expander, mint, index, buckets)


def _describe(files: Iterable[Written]) -> dict[str, Any]:
    """What the manifest says of the quad files."""
    ordered = sorted(files, key=attrgetter("name"))
    quads: Counter[str] = Counter(dict.fromkeys(("asserted", "inferred", "links"), 0))
    graphs: Counter[str] = Counter()
    for file in ordered:
        quads[file.name.partition("/")[0].removesuffix(".nq")] += file.quads
        graphs.update(file.graphs)
    return {
        "quads": dict(quads),
        "graphs": {graph: graphs[graph] for graph in sorted(graphs)},
        "files": {file.name: file.sha256 for file in ordered},
    }


def _warnings(folder: Folder, tally: Counter[Term], *, with_drafts: bool) -> Iterator[str]:
    if undated := tally[t.UNDATED_ACTIVITY]:
        yield f"{undated} activities have no stated time: `twingraph ask undated`"
    if planned := tally[t.PLANNED_ACTIVITY]:
        yield f"{planned} activities are planned for after their source's as_of: not active"
    if disputed := tally[t.DISPUTED_ACTIVITY]:
        yield f"{disputed} activities are dated differently: `twingraph ask disagreements`"
    if folder.drafts and with_drafts:
        yield f"{folder.drafts} drafts are in it, which nobody has reviewed: typed tg:Draft"
    elif folder.drafts:
        yield f"{folder.drafts} drafts are left out: a person reviews them first"
    yield from map(str, folder.links.dangling)
    for source in folder.removed.values():
        yield f"source {source.id} is removed: {folder.mask(source.removed or '')}"
    if folder.unquoted:
        shown = ", ".join(folder.unquoted[:5])
        yield f"{len(folder.unquoted)} activities quote no words of a stored page: {shown}"
