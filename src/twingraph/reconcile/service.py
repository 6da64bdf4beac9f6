"""The service as a function: what a request asks for -> status, media type, body and headers.

No web framework is needed here: who mounts it hands over the method, the path below the service's
URL and the parameters of query string or form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import msgspec

from twingraph.errors import QueryError
from twingraph.reconcile.describe import write_page
from twingraph.reconcile.entities import read_entities
from twingraph.reconcile.extend import MOST_IDS, extend, propose_properties
from twingraph.reconcile.manifest import BATCH, KINDS, build_manifest
from twingraph.reconcile.match import Matcher
from twingraph.reconcile.requests import read_batch, read_extension
from twingraph.reconcile.suggest import Suggester
from twingraph.vocab import read_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from twingraph.queries.run import Target

JSON: Final = "application/json"
JAVASCRIPT: Final = "application/javascript"
HTML: Final = "text/html; charset=utf-8"
LARGEST: Final = 4_000_000  # characters of all parameters
_ASKING: Final = ("queries", "extend", "query")
_CALLBACK: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*(?:\.[A-Za-z_$][A-Za-z0-9_$]*)*")
_LONGEST_CALLBACK: Final = 128
# Ends of lines in JavaScript before ECMAScript 2019, and not in JSON.
_LINE_ENDS: Final = (("\u2028".encode(), b"\\u2028"), ("\u2029".encode(), b"\\u2029"))
_CORS: Final = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "*, Authorization",
    "Access-Control-Max-Age": "86400",
}
_ALLOW: Final = {"Allow": "GET, HEAD, POST, OPTIONS"}
_NO_SCRIPTS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"
}
_SAFE: Final = ":/?#[]@!$&'()*+,;=%~"  # what stands in a URI as it is


@dataclass(frozen=True, slots=True)
class Response:
    """What to answer over HTTP."""

    status: int
    media_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Service:
    """The Reconciliation Service API 0.2 over a build, whose names it holds in memory.

    It reads the build once and never again: for a build that changes, make a new one. It may be
    asked from several threads.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import twingraph
    >>> path = Path(tempfile.mkdtemp()) / "build"
    >>> summary = twingraph.build_folder(Path("data"), path)
    >>> with twingraph.open_build(path) as build:
    ...     service = Service(build, "http://127.0.0.1:8000/reconcile")
    >>> queries = '{"q0": {"query": "Sportkreis Heidelbreg"}}'
    >>> answer = service.answer("GET", "", {"queries": queries})
    >>> result = msgspec.json.decode(answer.body)["q0"]["result"][0]
    >>> answer.status, result["id"], result["match"]
    (200, 'institution/sportkreis-heidelberg', True)

    :raises IriError: if `service_url` is no absolute URL.
    """

    def __init__(self, build: Target, service_url: str, name: str = "twingraph") -> None:
        read_iri(service_url)
        self._entities = read_entities(build)
        self._matcher = Matcher(self._entities)
        self._suggester = Suggester(self._entities)
        self._manifest = build_manifest(self._entities, service_url.rstrip("/"), name)
        suggester = self._suggester
        self._paths: dict[str, Callable[[Mapping[str, str]], Response]] = {
            "": self._endpoint,
            "properties": lambda asked: _json(propose_properties(self._entities, asked)),
            "preview": self._preview,
            "view": self._view,
            "suggest/entity": lambda asked: _json(suggester.entities(asked)),
            "suggest/type": lambda asked: _json(suggester.types(asked)),
            "suggest/property": lambda asked: _json(suggester.properties(asked)),
        }
        self._paths |= {f"flyout/{kind}": self._flyout_of(kind) for kind in KINDS}

    def answer(self, method: str, path: str, parameters: Mapping[str, str]) -> Response:
        """What to answer; whatever is asked, this raises nothing.

        `path` is what follows the service's URL, without its query string. `parameters` are those
        of the query string of a GET, or of the form of a POST, percent-decoded. What is malformed
        is answered with 400, more than the service takes with 413, and a word of what was expected.
        """
        if method == "OPTIONS":
            return Response(204, JSON, b"", _CORS | _PREFLIGHT)
        if method not in ("GET", "HEAD", "POST"):
            return _with(_refusal(405, "expected GET or POST"), _ALLOW)
        callback = parameters.get("callback")
        if callback is not None and not _is_callback(callback):
            return _refusal(400, "callback: expected a JavaScript identifier")
        path = path.strip("/")
        if method == "POST" and not path and parameters.keys().isdisjoint(_ASKING):
            return _refusal(400, "expected a form with queries or extend")
        found = self._answer(path, parameters)
        if callback is not None and found.media_type == JSON:
            found = Response(found.status, JAVASCRIPT, _call(callback, found.body), found.headers)
        return found

    def _answer(self, path: str, parameters: Mapping[str, str]) -> Response:
        if path not in self._paths:
            return _refusal(404, f"no such service; there are: {', '.join(self._paths)}")
        if sum(map(len, parameters.values())) > LARGEST:
            return _refusal(413, f"more than {LARGEST:,} characters")
        try:
            for text in parameters.values():
                text.encode()
            return self._paths[path](parameters)
        except UnicodeEncodeError:
            return _refusal(400, "a parameter is not Unicode: it holds half a surrogate pair")
        except QueryError as error:
            return _refusal(400, str(error))

    def _endpoint(self, parameters: Mapping[str, str]) -> Response:
        """The manifest, or the answer of a batch of queries or of a data extension query."""
        asked = [name for name in _ASKING if name in parameters]
        if len(asked) > 1 or "query" in asked:
            return _refusal(400, "expected either queries or extend; query is of version 0.1")
        if asked == ["queries"]:
            return self._reconcile(parameters["queries"])
        if asked == ["extend"]:
            return self._extend(parameters["extend"])
        return _json(self._manifest)

    def _reconcile(self, text: str) -> Response:
        queries = read_batch(text, BATCH)
        if queries is None:
            return _refusal(413, f"queries: more than {BATCH:,}; send them in several batches")
        return _json(self._matcher.match(queries))

    def _extend(self, text: str) -> Response:
        extension = read_extension(text)
        if len(extension.ids) > MOST_IDS:
            return _refusal(413, f"extend: more than {MOST_IDS:,} ids")
        return _json(extend(self._entities, extension))

    def _flyout_of(self, kind: str) -> Callable[[Mapping[str, str]], Response]:
        def flyout(parameters: Mapping[str, str]) -> Response:
            found = self._suggester.flyout(kind, parameters.get("id", ""))
            return _json(found) if found else _refusal(404, f"id: no such {kind}")

        return flyout

    def _preview(self, parameters: Mapping[str, str]) -> Response:
        ids = self._entities.find(parameters.get("id", ""))
        if not ids:
            return _refusal(404, "id: no such entity")
        page = write_page(self._entities.by_id[ids[0]], self._entities)
        return Response(200, HTML, page.encode(), _CORS | _NO_SCRIPTS)

    def _view(self, parameters: Mapping[str, str]) -> Response:
        """To the entity's IRI: clients encode an id, in which a slash would be none."""
        ids = self._entities.find(parameters.get("id", ""))
        if not ids:
            return _refusal(404, "id: no such entity")
        location = quote(self._entities.by_id[ids[0]].iri, safe=_SAFE)
        return _with(Response(303, JSON, b"", _CORS), {"Location": location})


def _is_callback(text: str) -> bool:
    return len(text) <= _LONGEST_CALLBACK and _CALLBACK.fullmatch(text) is not None


def _call(callback: str, body: bytes) -> bytes:
    """JSON as a call in JavaScript; the comment keeps the name from being read as another file."""
    for character, escape in _LINE_ENDS:
        body = body.replace(character, escape)
    return b"/**/" + callback.encode() + b"(" + body + b");"


def _json(value: Any) -> Response:
    return Response(200, JSON, msgspec.json.encode(value), _CORS)


def _refusal(status: int, message: str) -> Response:
    return Response(
        status, JSON, msgspec.json.encode({"status": "error", "message": message}), _CORS
    )


def _with(response: Response, headers: Mapping[str, str]) -> Response:
    every = {**response.headers, **headers}
    return Response(response.status, response.media_type, response.body, every)
