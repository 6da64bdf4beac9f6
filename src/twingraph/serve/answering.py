"""Jobs that are answered by a query: SPARQL, and the questions of the catalogue."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from twingraph.errors import QueryError
from twingraph.media import CSV, GRAPHS, HTML, JSON, RESULTS, TSV
from twingraph.queries.results import write_csv
from twingraph.serve.jobs import Ask, Query, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.pages.view import View
    from twingraph.serve.capped import Capped
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
        if media_type == CSV and isinstance(results, pyoxigraph.QuerySolutions):
            write_csv(results, lambda: build.evaluate(job.text, _dataset(job)), output)
        else:
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


def answer_question(view: View, job: Ask, folders: Sequence[str]) -> Reply:
    """The answer of a question of the catalogue.

    `lang` may be asked of every question, as every page has it; `page` is one of its page.

    :raises QueryError: if the question, a parameter or what it names is unknown.
    """
    from twingraph import queries

    own = [Path(folder) for folder in folders]
    question = queries.find_question(job.question, *own)
    known = {parameter.name for parameter in question.parameters}
    left_out = {"lang"} - known
    if job.media_type == HTML:
        left_out = {"lang", "page"} - known
    values = {name: value for name, value in job.values.items() if name not in left_out}
    if job.media_type == HTML:
        return _show_answer(view, job, values, own)
    answer = queries.ask(view.build, job.question, *own, **values)
    names = {JSON: "json", CSV: "csv", TSV: "tsv"}
    return Reply(HTTPStatus.OK, job.media_type, answer.serialize(names[job.media_type]))


def _show_answer(view: View, job: Ask, values: dict[str, str], folders: list[Path]) -> Reply:
    """The answer as a page, with names in its language unless another is asked for."""
    from twingraph import queries
    from twingraph.pages.answer import answer_page
    from twingraph.pages.paging import read_paging

    question = queries.find_question(job.question, *folders)
    page = 1 if "page" in values else read_paging(job.values).page
    has_names = any(parameter.name == "lang" for parameter in question.parameters)
    asked = {**values, "lang": values.get("lang", view.language)} if has_names else values
    answer = queries.ask(view.build, job.question, *folders, **asked)
    content = answer_page(view, question, asked, answer, page, folders)
    return Reply(HTTPStatus.OK, HTML, content.encode())
