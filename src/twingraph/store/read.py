"""A build, opened for reading: its manifest and its store."""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from typing import IO, TYPE_CHECKING, Any, Final, Self

from twingraph.errors import FileError, QueryError
from twingraph.sparql import find_excess, find_words
from twingraph.store.generations import FORMAT, hold, hold_current
from twingraph.vocab import Minter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

    from twingraph.views import Views

_KEPT: Final = 256  # queries that have been looked through
_SHORT: Final = 1 << 14  # characters of a query that is kept


class Build:
    """A generation of a build folder: it stays readable while a new one takes its place.

    `held` is its manifest, locked until the build is closed. `store` is another store to ask than
    its own.
    """

    def __init__(
        self, path: Path, generation: Path, held: IO[str], store: Path | None = None
    ) -> None:
        self.path = path
        self.generation, self._held = generation, held
        self.manifest: dict[str, Any] = json.load(held)
        self.mint = Minter(self.manifest["base"])
        self._store = store or generation / "store"
        self._has_views = store is None and self.manifest.get("format") == FORMAT

    @cached_property
    def store(self) -> Store:
        """All quads, for the engine; opened when it is first used, since that starts threads: a
        process that only reads the files may fork.

        :raises FileError: if it cannot be opened.
        """
        import pyoxigraph

        try:
            return pyoxigraph.Store.read_only(str(self._store))
        except OSError as error:
            raise FileError(f"{self.generation}: the store cannot be opened: {error}") from error

    @cached_property
    def views(self) -> Views:
        """Answers that the build holds. There are none where another store is asked, since they
        tell of all that is in the build, nor in a build of another format.
        """
        from twingraph.views import Views

        return Views(self.generation, self.manifest["views"] if self._has_views else {})

    @property
    def quad_files(self) -> tuple[Path, ...]:
        """The N-Quads of this build, by name: asserted/…, inferred/…, links.nq.

        No quad stands in them twice, and there are no blank nodes. `manifest["graphs"]` has the
        number of quads by the IRI of their graph.
        """
        return tuple(self.generation / name for name in sorted(self.manifest["files"]))

    def evaluate(
        self, sparql: str, dataset: Mapping[str, Any] | None = None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """The engine's answer of a query, of which the rows are still to be worked out.

        `dataset` has the graphs to ask as `default_graph` and `named_graphs`; without it, the query
        is about those that it names, or about the union of all.

        :raises QueryError: if the text is no query, asks another server, or is beyond all measure.
        """
        check = _check_query if len(sparql) <= _SHORT else _check_query.__wrapped__
        is_of_all = check(sparql)
        chosen = {"use_default_graph_as_union": is_of_all} if dataset is None else dataset
        try:
            return self.store.query(sparql, **chosen)
        except SyntaxError as error:
            raise QueryError(f"not a SPARQL query: {error}") from error
        except (RuntimeError, ValueError, OSError) as error:
            raise _unanswered(error) from error

    def run(self, sparql: str) -> bytes | bool | str:
        """What a query gives: rows as SPARQL 1.1 Results JSON, a truth value, or N-Triples, sorted.

        :raises QueryError: if the text is no query, asks another server, or is beyond all measure.
        """
        import pyoxigraph

        results = self.evaluate(sparql)
        try:
            if isinstance(results, pyoxigraph.QueryBoolean):
                return bool(results)
            if isinstance(results, pyoxigraph.QuerySolutions):
                return results.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""
            content = results.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
        except (RuntimeError, ValueError, OSError) as error:
            raise _unanswered(error) from error
        return "".join(sorted({line + "\n" for line in content.decode().split("\n") if line}))

    def close(self) -> None:
        """Let go of the generation, so that a later build may remove it."""
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _unanswered(error: Exception) -> QueryError:
    return QueryError(f"the query cannot be answered: {error}")


@lru_cache(maxsize=_KEPT)
def _check_query(sparql: str) -> bool:
    """Whether a query is about all graphs, as it is unless it names a dataset itself.

    :raises QueryError: if no build can be asked it.
    """
    words = set(find_words(sparql))
    if "SERVICE" in words:
        raise QueryError(
            "SERVICE asks another server; a query on a build uses no network (--service URL)"
        )
    if excess := find_excess(sparql):
        raise QueryError(f"the query {excess}")
    return "FROM" not in words


def open_build(path: str | Path) -> Build:
    """The build in a folder as it is in force now, opened for reading.

    :raises FileError: if the folder holds no build.
    """
    from pathlib import Path

    return Build(Path(path), *hold_current(Path(path)))


def open_generation(generation: Path, store: Path | None = None) -> Build:
    """One generation of a build folder, in force or not, opened for reading.

    `store` is asked in the place of its own: one of less than is in the build.

    :raises FileError: if it is gone.
    """
    if (held := hold(generation)) is None:
        raise FileError(f"{generation}: is no generation of a build, or no longer")
    return Build(generation.parent.parent, generation, held, store)
