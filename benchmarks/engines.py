"""One task of one engine, in a process of its own; prints what it took as JSON.

    python -m benchmarks.engines TASK ARGUMENT…

`measure.run_task` runs these. A build is given by its folder.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import twingraph
from twingraph.queries.catalogue import find_question
from twingraph.queries.run import find_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import rdflib

    from twingraph.quads import Quad

_RUNS = 3
# Of quick questions there are more runs, of slow ones fewer: seconds for all runs of one.
_FEW = 2.0
_MANY = 20.0
_MOST_RUNS = 200
SCANS = Path(__file__).parent / "scans"
_SINCE = {"institutions-since": {"since": 1999}, "institutions-started-since": {"since": 1999}}


def bulk_load(quads: str, store: str) -> dict[str, Any]:
    """Oxigraph's own bulk load of one file of N-Quads, to disk: the floor of a build."""
    import pyoxigraph

    started = time.perf_counter()
    opened = pyoxigraph.Store(store)
    opened.bulk_load(path=quads, format=pyoxigraph.RdfFormat.N_QUADS)
    opened.flush()
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "quads": len(opened)}


def memory_load(quads: str) -> dict[str, Any]:
    """The same to memory."""
    import pyoxigraph

    started = time.perf_counter()
    store = pyoxigraph.Store()
    store.bulk_load(path=quads, format=pyoxigraph.RdfFormat.N_QUADS)
    return {"seconds": time.perf_counter() - started, "quads": len(store)}


def rdflib_load(quads: str) -> dict[str, Any]:
    """What rdflib takes to parse the file."""
    import rdflib

    started = time.perf_counter()
    graph = rdflib.Dataset()
    graph.parse(quads, format="nquads")
    return {"seconds": time.perf_counter() - started}


def rdflib_ask(quads: str, *names: str) -> dict[str, Any]:
    """What rdflib takes for questions of the catalogue, in memory: milliseconds by name."""
    import rdflib

    graph = rdflib.Dataset(default_union=True)
    graph.parse(quads, format="nquads")
    texts = {name: _text(name) for name in names}
    return {name: _milliseconds(partial(_rows, graph, text), 1) for name, text in texts.items()}


def closure(build: str) -> dict[str, Any]:
    """The closure of the asserted quads in memory, in one process.

    To read them is not counted; to compile the ontology, once a process, is told apart.
    """
    from twingraph.reason import shipped_rules
    from twingraph.reason.closure import close
    from twingraph.reason.index import Index

    with twingraph.open_build(build) as opened:
        quads = list(_asserted(opened))
        mint = opened.mint
    started = time.perf_counter()
    rules = shipped_rules()
    compiled = time.perf_counter() - started
    gc.disable()  # here as for owlrl: to look through a large heap again and again is not its work
    started = time.perf_counter()
    index = Index(rules)
    index.learn(quads)
    inferred = sum(1 for _ in close(quads, index, rules, mint))
    seconds = time.perf_counter() - started
    return {
        "seconds": seconds,
        "compile": compiled,
        "asserted": len(quads),
        "inferred": inferred,
    }


def owlrl_closure(build: str) -> dict[str, Any]:
    """The closure by owlrl of the same quads and the ontology; reading them is not counted."""
    import rdflib
    from owlrl import DeductiveClosure, OWLRL_Semantics

    graph = rdflib.Graph()
    with twingraph.open_build(build) as opened:
        for path in opened.quad_files:
            if "asserted" in path.parts:
                for s, p, o, _ in rdflib.Dataset().parse(path, format="nquads").quads():
                    graph.add((s, p, o))
    gc.disable()
    started = time.perf_counter()
    DeductiveClosure(OWLRL_Semantics, improved_datatypes=False).expand(graph)
    return {"seconds": time.perf_counter() - started, "triples": len(graph)}


def questions(build: str, *names: str) -> dict[str, Any]:
    """Questions of the catalogue: by `ask`, and their text put to the engine; in turns.

    `view` tells whether `ask` answers from a view of the build: then it does not ask the engine.
    """
    found = {}
    with twingraph.open_build(build) as opened:
        for name in names:
            values = _SINCE.get(name, {})
            question = find_question(name)
            ask = partial(twingraph.ask, opened, name, **values)
            plain = partial(_plain, opened, question.bind(values, opened.mint))
            started = time.perf_counter()
            answer = ask()
            first = (time.perf_counter() - started) * 1000
            times = list(_in_turns(ask, plain))
            found[name] = {
                "rows": len(answer),
                "view": int(find_view(opened, question, values) is not None),
                "first_ms": first,
                "ask_ms": statistics.median(asked for asked, _ in times),
                "plain_ms": statistics.median(plainly for _, plainly in times),
            }
    return found


def _in_turns(*tasks: Callable[[], object]) -> Iterator[tuple[float, ...]]:
    """The milliseconds of each task, run after run, more of quick ones; who begins changes."""
    begun = time.perf_counter()
    for run in range(_MOST_RUNS):
        if run and time.perf_counter() - begun > (_FEW if run >= _RUNS else _MANY):
            return
        order = tasks if run % 2 else tasks[::-1]
        times = tuple(_milliseconds(task, 1) for task in order)
        yield times if run % 2 else times[::-1]


def scans(build: str) -> dict[str, Any]:
    """The headline questions as texts that scan all activities: milliseconds by name."""
    with twingraph.open_build(build) as opened:
        texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SCANS.glob("*.rq"))}
        asks = {name: partial(twingraph.query, opened, text) for name, text in texts.items()}
        return {name: _milliseconds(ask, 1) for name, ask in asks.items()}


def duckdb(tables: str) -> dict[str, Any]:
    """The same questions in SQL over the Parquet tables: milliseconds by name."""
    from benchmarks.tables_sql import measure

    return measure(Path(tables))


def start_up() -> dict[str, Any]:
    """Whole processes on the example: milliseconds by name."""
    from benchmarks.start_up import measure

    return measure()


def _asserted(build: twingraph.Build) -> Iterator[Quad]:
    from twingraph.quads import read_lines

    for path in build.quad_files:
        if "asserted" in path.parts and path.name != "ontology.nq":
            with path.open(encoding="utf-8", newline="\n") as lines:
                yield from read_lines(lines)


def _plain(build: twingraph.Build, text: str) -> object:
    import pyoxigraph

    rows = build.store.query(text, use_default_graph_as_union=True)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    return rows.serialize(format=pyoxigraph.QueryResultsFormat.JSON)


def _rows(graph: rdflib.Dataset, text: str) -> list[Any]:
    return list(graph.query(text))


def _text(name: str) -> str:
    from twingraph.vocab import Minter

    return find_question(name).bind(_SINCE.get(name, {}), Minter())


def _milliseconds(task: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        task()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    task.__name__: task
    for task in (
        *(bulk_load, memory_load, rdflib_load, rdflib_ask, closure, owlrl_closure),
        *(questions, scans, duckdb, start_up),
    )
}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])))
