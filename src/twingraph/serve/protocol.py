"""The query operation of the SPARQL 1.1 Protocol: a request as HTTP has it -> what is asked.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from twingraph.media import GRAPHS, RESULTS, find_format
from twingraph.serve.accepting import choose
from twingraph.serve.answers import RequestError
from twingraph.serve.jobs import Query

if TYPE_CHECKING:
    from collections.abc import Sequence

    Parameters = Sequence[tuple[str, str]]

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_OF_UPDATE: Final = ("update", "using-graph-uri", "using-named-graph-uri")
_RESULTS: Final = tuple(RESULTS)
_GRAPHS: Final = tuple(GRAPHS)
_MOST: Final = 1000  # parameters of a request


def _bad(message: str) -> RequestError:
    return RequestError(HTTPStatus.BAD_REQUEST, message)


def read_parameters(text: str) -> Parameters:
    """The parameters of a URL's query, or of a form.

    :raises RequestError: if they are no UTF-8, or too many.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except UnicodeDecodeError as error:
        raise _bad(f"the parameters are not UTF-8: {error.reason}") from error
    except ValueError as error:
        raise _bad(f"the parameters cannot be read: {error}; at most {_MOST:,} are") from error


def read_post(url_parameters: Parameters, content_type: str, body: bytes) -> Parameters:
    """The parameters of a POST, be it a form or the query itself (2.1.2 and 2.1.3).

    :raises RequestError: if it is neither, or an update.
    """
    media_type, _, rest = content_type.partition(";")
    media_type = media_type.strip().lower()
    if media_type == _UPDATE:
        raise _read_only()
    if media_type not in (FORM, DIRECT):
        found = repr(media_type) if media_type else "no Content-Type"
        raise RequestError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"found {found}; expected {FORM} or {DIRECT}"
        )
    charset = rest.lower().partition("charset=")[2].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        raise RequestError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"found the charset {charset[:40]!r}; expected UTF-8"
        )
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise _bad(f"the body is not UTF-8: {error.reason} at byte {error.start}") from error
    if media_type == FORM:
        return [*url_parameters, *read_parameters(text)]
    return [*url_parameters, ("query", text)]


def read_query(parameters: Parameters, accept: str) -> Query:
    """What is asked.

    :raises RequestError: if it is no query operation, or no answer would be taken.
    """
    names = [name for name, _ in parameters]
    if any(name in _OF_UPDATE for name in names):
        raise _read_only()
    if names.count("query") != 1:
        raise _bad(f"found the parameter `query` {names.count('query')} times; expected it once")
    wanted = read_format(parameters)
    if wanted:
        results, graph = (find_format(wanted, table) for table in (RESULTS, GRAPHS))
    else:
        results, graph = choose(accept, _RESULTS), choose(accept, _GRAPHS)
    if results is None and graph is None:
        raise RequestError(
            HTTPStatus.NOT_ACCEPTABLE, f"expected one of {', '.join([*RESULTS, *GRAPHS])}"
        )
    return Query(
        text=next(value for name, value in parameters if name == "query"),
        results=results,
        graph=graph,
        default_graphs=tuple(value for name, value in parameters if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in parameters if name == "named-graph-uri"),
    )


def read_format(parameters: Parameters) -> str:
    """The parameter `format`; empty where it is not there, or left empty as by a form."""
    return next((value for name, value in reversed(parameters) if name == "format"), "")


def _read_only() -> RequestError:
    return RequestError(HTTPStatus.FORBIDDEN, "this endpoint is read-only; expected a query")
