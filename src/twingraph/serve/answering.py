"""Jobs that are answered by a query: SPARQL, and the questions of the catalogue."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from twingraph.errors import QueryError
from twingraph.serve.formats import CSV, GRAPHS, HTML, JSON, RESULTS, TSV
from twingraph.serve.jobs import Ask, Query, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.serve.worker import Capped
    from twingraph.store import Build

_NOT_ACCEPTABLE: Final = (
    "the answer is {what}; expected an Accept header that takes one of: {types}\n"
)


def answer_query(build: Build, job: Query, output: Capped) -> Reply:
    """The answer of a SPARQL query in the media type that the client takes.

    :raises QueryError: if it is no query, or none that may be asked.
    :raises TooLargeError: if it does not fit into the output.
    """
    import pyoxigraph

    results = build.evaluate(job.text, _dataset(job))
    is_graph = isinstance(results, pyoxigraph.QueryTriples)
    media_type = job.graph if is_graph else job.results
    if media_type is None:
        what, types = ("a graph", GRAPHS) if is_graph else ("a table or a truth value", RESULTS)
        text = _NOT_ACCEPTABLE.format(what=what, types=", ".join(types))
        return Reply(HTTPStatus.NOT_ACCEPTABLE, "text/plain", text.encode())
    known = pyoxigraph.RdfFormat if is_graph else pyoxigraph.QueryResultsFormat
    chosen: Any = known.from_media_type(media_type)
    try:
        results.serialize(output, format=chosen)
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error
    return Reply(HTTPStatus.OK, media_type, output.getvalue())


def _dataset(job: Query) -> dict[str, Any] | None:
    """The dataset that the protocol names, which goes before that of the query (2.1.4)."""
    import pyoxigraph

    if not job.default_graphs and not job.named_graphs:
        return None
    try:
        return {
            "default_graph": [pyoxigraph.NamedNode(iri) for iri in job.default_graphs],
            "named_graphs": [pyoxigraph.NamedNode(iri) for iri in job.named_graphs],
        }
    except ValueError as error:
        raise QueryError(f"a graph of the dataset is named by no IRI: {error}") from error


def answer_question(build: Build, job: Ask, folders: Sequence[str]) -> Reply:
    """The answer of a question of the catalogue.

    :raises QueryError: if the question, a parameter or what it names is unknown.
    """
    from twingraph import queries
    from twingraph.serve.pages import answer_page

    own = [Path(folder) for folder in folders]
    answer = queries.ask(build, job.question, *own, **job.values)
    if job.media_type == HTML:
        question = queries.find_question(job.question, *own)
        page = answer_page(question, job.values, answer, build.mint)
        return Reply(HTTPStatus.OK, HTML, page.encode())
    names = {JSON: "json", CSV: "csv", TSV: "tsv"}
    return Reply(HTTPStatus.OK, job.media_type, answer.serialize(names[job.media_type]))
