"""A folder of records -> a new generation of a build."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from twingraph import terms as t
from twingraph import vocab
from twingraph.errors import FileError
from twingraph.files import LOADED, REASONED, find_shipped, hash_file, sync_file, sync_folder
from twingraph.graph import build_asserted, build_links
from twingraph.ontology import read_ontology, read_vocabulary
from twingraph.quads import Quad, Term, iri_term, read_lines, write_line
from twingraph.reason import Index, close, shipped_rules
from twingraph.records import open_folder
from twingraph.store.generations import MANIFEST, QUAD_FILES, find_current, publish, stage
from twingraph.store.inputs import hash_inputs
from twingraph.vocab import Minter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from twingraph.records import Folder

    Progress = Callable[[str, int], None]  # the step, and how many quads of it are done

_FORMAT: Final = 2
_ONTOLOGY: Final = (*REASONED, *LOADED)
_TICK: Final = 10_000
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
    is_new: bool


def build_folder(
    data: str | Path,
    build: str | Path,
    *,
    drafts: bool = False,
    force: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Build the records below `data` into the build folder `build`, all or nothing.

    With unchanged data and versions nothing is done, unless `force`. `drafts` takes in what nobody
    has reviewed yet: in graphs of their own, typed `tg:Draft`.

    :raises RecordErrors: if a record is wrong; the last good build stays.
    :raises FileError: if a folder is absent or cannot be written.
    :raises InconsistentGraph: if the records contradict the ontology.
    """
    data, build = Path(data), Path(build)
    if not data.is_dir():
        raise FileError(f"{data}: no such folder; expected a folder of records")
    if build.resolve().is_relative_to(data.resolve()):
        raise FileError(f"{build}: a build stands outside its data; name another folder with -o")
    versions = {name: version(name) for name in _VERSIONED}
    given = {
        "inputs": hash_inputs(data),
        "ontology": {name: hash_file(find_shipped("ontology") / name) for name in _ONTOLOGY},
        "versions": versions,
        "drafts": drafts,
    }
    if not force and (done := _unchanged(build, given)) is not None:
        return done
    try:
        with stage(build) as staging:
            manifest = _fill(data, staging, progress or _silent, with_drafts=drafts) | given
            content = json.dumps(manifest, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
            with (staging / MANIFEST).open("wb") as file:
                file.write(content.encode())
                sync_file(file)
            sync_folder(staging)
            name = hashlib.sha256(content.encode()).hexdigest()[:16]
            generation = publish(build, staging, name)
    except OSError as error:
        raise FileError(f"{build}: cannot be written: {error}") from error
    return _summary(generation, manifest, is_new=True)


def _silent(step: str, done: int) -> None:
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
    if not all((generation / name).exists() for name in ("store", *manifest["files"])):
        return None
    return _summary(generation, manifest, is_new=False)


def _summary(generation: Path, manifest: dict[str, Any], *, is_new: bool) -> Summary:
    counts = {name: manifest["counts"][name] for name in _COUNTED}
    return Summary(generation, counts, tuple(manifest["warnings"]), is_new)


def _fill(data: Path, staging: Path, progress: Progress, *, with_drafts: bool) -> dict[str, Any]:
    """Write quad files and store into the staging folder; the manifest's content is returned."""
    folder = open_folder(data, read_vocabulary(), with_drafts=with_drafts)
    mint = Minter(folder.base)
    ontology = iri_term(mint.graph(vocab.ONTOLOGY))
    rules = shipped_rules()
    index = Index(rules)
    tally: Counter[Term] = Counter()

    def told() -> Iterator[Quad]:
        for quad in build_asserted(folder, read_vocabulary()):
            index.add(quad)
            yield quad
        folder.finish()
        yield from read_ontology(mint.graph(vocab.ONTOLOGY), _ONTOLOGY)

    def inferred() -> Iterator[Quad]:
        graph = iri_term(mint.graph(vocab.INFERRED))
        with asserted.open(encoding="utf-8", newline="\n") as lines:
            quads = (quad for quad in read_lines(lines) if quad[3] != ontology)
            for s, p, o in close(quads, index, rules, mint, tally):
                yield s, p, o, graph

    asserted = staging / "asserted.nq"
    graphs: Counter[Term] = Counter()
    counts = {
        "asserted": _write(asserted, told(), graphs, "reading records", progress),
        "inferred": _write(staging / "inferred.nq", inferred(), graphs, "reasoning", progress),
        "links": _write(staging / "links.nq", build_links(folder), graphs, "linking", progress),
    }
    _load(staging, sum(counts.values()), progress)
    return {
        "format": _FORMAT,
        "base": folder.base,
        "quads": counts,
        "graphs": {graph[1:-1]: graphs[graph] for graph in sorted(graphs)},
        "counts": {name: tally[of] for name, of in _COUNTED.items()},
        "files": {f"{name}.nq": hash_file(staging / f"{name}.nq") for name in counts},
        "warnings": list(_warnings(folder, tally, with_drafts=with_drafts)),
    }


def _write(
    path: Path, quads: Iterable[Quad], graphs: Counter[Term], step: str, progress: Progress
) -> int:
    count = 0
    with path.open("wb") as file:
        for count, quad in enumerate(quads, start=1):
            file.write(write_line(quad).encode())
            graphs[quad[3]] += 1
            if count % _TICK == 0:
                progress(step, count)
        sync_file(file)
    progress(step, count)
    return count


def _load(staging: Path, expected: int, progress: Progress) -> None:
    """Load the quad files into a store of their own, and see that all of them arrived."""
    import pyoxigraph

    progress("loading", 0)
    store = pyoxigraph.Store(str(staging / "store"))
    for name in QUAD_FILES:
        store.bulk_load(path=str(staging / name), format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    if len(store) != expected:
        raise FileError(f"{staging}: the store holds {len(store)} quads; expected {expected}")
    progress("loading", expected)


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
    for source in folder.removed.values():
        yield f"source {source.id} is removed: {folder.mask(source.removed or '')}"
    if folder.unquoted:
        shown = ", ".join(folder.unquoted[:5])
        yield f"{len(folder.unquoted)} activities quote no words of a stored page: {shown}"
