"""The application: which address is answered by what. Contents come from the workers."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from twingraph import queries
from twingraph.errors import QueryError
from twingraph.media import GRAPHS, HTML
from twingraph.pages.addresses import Addresses
from twingraph.pages.assets import find_type, list_assets
from twingraph.pages.links import KINDS, NETWORK
from twingraph.pages.query import SERVER_POLICY, query_page, tell_page
from twingraph.pages.query import Endpoint as QueryEndpoint
from twingraph.pages.statements import FORMATS as RESOURCE_FORMATS
from twingraph.plot import PICTURES
from twingraph.serve import catalogue
from twingraph.serve.answers import (
    Answer,
    RequestError,
    find_header,
    let_others_ask,
    make_answer,
    pass_on,
    read_body,
    refuse_method,
    tell,
)
from twingraph.serve.downloads import Downloads
from twingraph.serve.jobs import Ask, Describe, Picture, Reconcile, Show
from twingraph.serve.leaving import unless_gone
from twingraph.serve.links import list_spaces
from twingraph.serve.people import read_page, words_of
from twingraph.serve.protocol import read_format, read_parameters
from twingraph.serve.responses import choose_type, edition_of, link_formats, refuse, respond, run
from twingraph.serve.searching import search
from twingraph.serve.sparql import Endpoint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import Receive, Scope

    from twingraph.serve.editions import Limits
    from twingraph.serve.jobs import Job

_READING: Final = ["GET", "HEAD"]
_ASKING: Final = [*_READING, "POST", "OPTIONS"]
_LARGEST_BATCH: Final = 16 << 20  # bytes of a form, in which each may be written as three
_DOWNLOAD: Final = "/download/"
_RECONCILE: Final = "/reconcile"
_SPARQL: Final = "/sparql"
_GRAPHS: Final = tuple(GRAPHS)
_RESOURCES: Final = tuple(RESOURCE_FORMATS)


class Service:
    """Answers requests from the edition that each of them is given. `url` is its own address.

    `folders` hold questions of the user's; `package` is one that `twingraph export --to` wrote.
    """

    def __init__(
        self,
        limits: Limits,
        url: str,
        folders: Sequence[Path] = (),
        package: Path | None = None,
    ) -> None:
        self._limits = limits
        self._url = url
        self._folders = folders
        self._downloads = Downloads(package) if package is not None else None
        self._endpoint = Endpoint(limits, f"{url}{_SPARQL}")
        self._pages = Starlette(
            routes=[
                Route("/", self.home, methods=_READING),
                Route("/health", self.health, methods=_READING),
                Route("/browse/{kind}", self.browse, methods=_READING),
                Route("/network", self.network, methods=_READING),
                Route("/search", self.search, methods=_READING),
                Route("/query", self.query, methods=_READING),
                Route("/picture/{name}.svg", self.picture, methods=_READING),
                Route("/ask/{question}", self.ask, methods=_READING),
                Route("/openapi.json", self.openapi, methods=_READING),
                Route("/queries", self.executables, methods=_READING),
                Route("/reconcile", self.reconcile, methods=_ASKING),
                Route("/reconcile/{path:path}", self.reconcile, methods=_ASKING),
                Route("/static/{name:path}", self.static, methods=_READING),
                Route("/{path:path}", self.resource, methods=_READING),
            ],
            exception_handlers={RequestError: refuse, HTTPException: refuse},
        )

    async def answer(self, scope: Scope, receive: Receive) -> Answer:
        """The whole answer of a request."""
        if scope["path"] == _SPARQL:
            return await self._endpoint.answer(scope, receive)
        if scope["path"].startswith(_DOWNLOAD) and self._downloads is not None:
            return self._download(scope)
        if scope["method"] == "OPTIONS" and not scope["path"].startswith(_RECONCILE):
            return let_others_ask(", ".join([*_READING, "OPTIONS"]))
        return await run(self._pages, scope, receive)

    def _download(self, scope: Scope) -> Answer:
        assert self._downloads is not None
        if scope["method"] not in _READING:
            return refuse_method(scope, _READING)
        try:
            name = scope["path"].removeprefix(_DOWNLOAD)
            tags = find_header(scope, b"if-none-match")
            return self._downloads.answer(name, tags, words_of(scope))
        except RequestError as error:
            return tell(scope, error.status, str(error))

    async def home(self, request: Request) -> Response:
        """What is here, and what can be asked."""
        return await self._show(request, "home")

    async def browse(self, request: Request) -> Response:
        """The list of the resources of a kind."""
        kind = request.path_params["kind"]
        if kind not in KINDS:
            raise RequestError(HTTPStatus.NOT_FOUND, f"expected one of {', '.join(KINDS)}")
        return await self._show(request, f"browse/{kind}")

    async def network(self, request: Request) -> Response:
        """The institutions that worked together."""
        return await self._show(request, NETWORK)

    async def search(self, request: Request) -> Response:
        """The names that are like what is typed."""
        work = search(
            edition_of(request).searcher(), read_page(request.scope), *self._until(request)
        )
        reply = await unless_gone(request.receive, work)
        return respond(make_answer(request.scope, reply))

    async def query(self, request: Request) -> Response:
        """The editor for queries, which is made here: it needs no build but its addresses."""
        words = words_of(request.scope)
        spaces = list_spaces(edition_of(request).mint, read_page(request.scope))
        page = query_page(
            words,
            self._questions(),
            QueryEndpoint(_SPARQL, tell_page(words, spaces)),
            read_page(request.scope).values.get("query", ""),
        )
        return Response(page, media_type=HTML, headers={"Content-Security-Policy": SERVER_POLICY})

    async def _show(self, request: Request, name: str) -> Response:
        page = read_page(request.scope)
        edition_of(request).searcher()  # who looks at pages may search next
        return await self._do(request, Show(name, page, self._downloads is not None))

    async def picture(self, request: Request) -> Response:
        """A picture of what the parameters name, all where they name nothing."""
        name = request.path_params["name"]
        if name not in PICTURES:
            raise RequestError(HTTPStatus.NOT_FOUND, f"expected one of {', '.join(PICTURES)}")
        values = dict(read_parameters(request.url.query))
        return await self._do(request, Picture(name, values))

    async def health(self, request: Request) -> Response:
        """Whether the server can answer, told without a worker."""
        edition = edition_of(request)
        is_well = edition.pool.ready > 0
        return JSONResponse(
            {
                "status": "ok" if is_well else "no worker is ready",
                "build": edition.generation.name,
                "workers": edition.pool.ready,
                "waiting": edition.pool.waiting,
            },
            HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE,
            {"Cache-Control": "no-store"},
        )

    async def ask(self, request: Request) -> Response:
        """A question of the catalogue; its parameters are those of the address."""
        name = request.path_params["question"]
        parameters = read_parameters(request.url.query)
        media_type = choose_type(request, parameters, catalogue.FORMATS)
        values = [(key, value) for key, value in parameters if key != "format" and value]
        try:
            queries.find_question(name, *self._folders)
        except QueryError as error:
            raise RequestError(HTTPStatus.NOT_FOUND, str(error)) from error
        if len(dict(values)) < len(values):
            raise RequestError(HTTPStatus.BAD_REQUEST, "a parameter is given twice")
        job = Ask(name, dict(values), media_type, read_page(request.scope))
        response = await self._do(request, job)
        return link_formats(response, quote(request.url.path), catalogue.FORMATS, dict(values))

    async def openapi(self, _: Request) -> Response:
        """The questions as OpenAPI."""
        from importlib.metadata import version

        return JSONResponse(catalogue.make_openapi(self._questions(), version("twingraph")))

    async def executables(self, request: Request) -> Response:
        """The questions as SHACL's SPARQL executables."""
        media_type = choose_type(request, read_parameters(request.url.query), _GRAPHS)
        content = catalogue.make_executables(self._questions(), f"{self._url}{_SPARQL}", media_type)
        return Response(content, media_type=media_type)

    async def reconcile(self, request: Request) -> Response:
        """The Reconciliation API, for OpenRefine."""
        if find_spec("rapidfuzz") is None:
            text = "reconciliation needs rapidfuzz: pip install 'twingraph[link]'"
            raise RequestError(HTTPStatus.NOT_IMPLEMENTED, text)
        parameters = read_parameters(request.url.query)
        if request.method == "POST":
            body = await read_body(request.receive, _LARGEST_BATCH)
            parameters = [*parameters, *read_parameters(body.decode(errors="replace"))]
        job = Reconcile(request.method, request.path_params.get("path", ""), dict(parameters))
        pool = edition_of(request).reconciler(f"{self._url}/reconcile")
        return respond(pass_on(await pool.do(job, *self._until(request))))

    async def static(self, request: Request) -> Response:
        """A file that the pages need."""
        path = list_assets().get(request.path_params["name"])
        if path is None:
            raise RequestError(HTTPStatus.NOT_FOUND, "no such file")
        return Response(path.read_bytes(), media_type=find_type(path.name))

    async def resource(self, request: Request) -> Response:
        """What is said of the resource that has this path (https://www.w3.org/TR/cooluris/).

        It is no document itself, so the answer is another address: that of its description in the
        format that the client would rather have.
        """
        iri = Addresses(edition_of(request).mint).find_iri(request.url.path)
        if iri is None:
            raise RequestError(HTTPStatus.NOT_FOUND, "no such page")
        parameters = read_parameters(request.url.query)
        media_type = choose_type(request, parameters, _RESOURCES)
        path = quote(request.url.path)
        if read_format(parameters):
            job = Describe(iri, media_type, read_page(request.scope))
            response = await self._do(request, job)
        else:
            page = read_page(request.scope)
            spoken = f"&lang={page.language}" if page.is_chosen and media_type == HTML else ""
            where = f"{path}?format={RESOURCE_FORMATS[media_type]}{spoken}"
            response = Response(status_code=HTTPStatus.SEE_OTHER, headers={"Location": where})
        return link_formats(response, path, _RESOURCES)

    def _questions(self) -> list[queries.Question]:
        return list(queries.read_catalogue(*self._folders).values())

    async def _do(self, request: Request, job: Job) -> Response:
        work = edition_of(request).pool.do(job, *self._until(request))
        reply = await unless_gone(request.receive, work)
        return respond(make_answer(request.scope, reply))

    def _until(self, request: Request) -> tuple[str, float]:
        """For whom a job is, and until when by the clock of the loop."""
        client = request.client.host if request.client else ""
        return client, asyncio.get_running_loop().time() + self._limits.timeout
