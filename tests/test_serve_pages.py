"""Linked Data and the catalogue by address: every IRI, every format, every question."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import threading
from collections import deque
from contextlib import suppress
from html import unescape
from html.parser import HTMLParser
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pyoxigraph
import pytest

import twingraph
from example import DATA
from serving import Server, serving
from twingraph import vocab
from twingraph.errors import QueryError
from twingraph.export.package import Options, write_package
from twingraph.pages import longest
from twingraph.pages.addresses import Addresses
from twingraph.pages.aside import aside
from twingraph.pages.statements import FORMATS
from twingraph.plot import dated
from twingraph.plot.asking import Scope
from twingraph.serve.editions import Edition, Limits
from twingraph.serve.jobs import Ask, Describe, Page, Query, Reply, Search, Show, frame, refuse
from twingraph.serve.pool import Pool
from twingraph.serve.searching import search
from twingraph.serve.worker import Settings, Worker, _do_aside
from twingraph.store import Build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from twingraph.serve.jobs import Job

BASE = "https://w3id.org/twingraph/id/"
SPORTKREIS = f"{BASE}institution/sportkreis-heidelberg"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HOSTILE = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(DATA, folder / "data")
    path = folder / "data" / "institutions.yaml"
    text = path.read_text().rstrip("\n")
    label = json.dumps(HOSTILE + "\u202e" + "x" * 10_000)
    path.write_text(f"{text}\n  - id: hostile\n    label: {{en: {label}}}\n")
    own = folder / "data" / "queries"
    own.mkdir()
    (own / "own-question.rq").write_text(
        "# What is a question of one's own?\n#+ returns: year; by year\n"
        "SELECT DISTINCT ?year WHERE { VALUES ?year { 1999 } } ORDER BY ?year\n"
    )
    twingraph.build_folder(folder / "data", folder / "build")
    return folder / "build"


@pytest.fixture(scope="module")
def server(build: Path) -> Iterator[Server]:
    with serving(build, "--data", str(build.parent / "data"), "--workers", "2") as started:
        yield started


def path_of(iri: str) -> str:
    return quote(urlsplit(iri).path)


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(
        self,
        tag: str,  # noqa: ARG002 - as the base class names it
        attrs: list[tuple[str, str | None]],
    ) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "action")]


# Linked Data


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (BROWSER, "html"),
        ("*/*", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/trig;q=0.9, text/turtle;q=0.1", "trig"),
        ("application/rdf+xml", "rdf"),
    ],
)
def test_resource_leads_to_its_description(server: Server, accept: str, name: str) -> None:
    answer = server.get(path_of(SPORTKREIS), accept)
    assert answer.status == 303
    assert answer.headers["location"] == f"{path_of(SPORTKREIS)}?format={name}"
    assert "Accept" in answer.headers["vary"]
    told = server.get(answer.headers["location"], accept)
    assert told.status == 200
    assert FORMATS[told.media_type] == name


@pytest.fixture(scope="module")
def statements(build: Path) -> set[pyoxigraph.Quad]:
    node = pyoxigraph.NamedNode(SPORTKREIS)
    with twingraph.open_build(build) as opened:
        return {
            *opened.store.quads_for_pattern(node, None, None),
            *opened.store.quads_for_pattern(None, None, node),
        }


@pytest.mark.parametrize("media_type", [each for each in FORMATS if each != "text/html"])
def test_description_is_all_that_is_said(
    server: Server, statements: set[pyoxigraph.Quad], media_type: str
) -> None:
    answer = server.get(path_of(SPORTKREIS), format=FORMATS[media_type])
    format_ = pyoxigraph.RdfFormat.from_media_type(media_type)
    found = set(pyoxigraph.parse(answer.body, format=format_))
    if FORMATS[media_type] in ("trig", "nq", "jsonld"):
        assert found == statements
    else:
        assert {quad.triple for quad in found} == {quad.triple for quad in statements}


def test_turtle_tells_apart_who_says_what(server: Server) -> None:
    text = server.get(path_of(SPORTKREIS), format="ttl").text
    inferred = text.index("# inferred: <graph/inferred>")
    asserted = text.index("# asserted: <graph/reference>")
    source = text.index("# asserted: <source/heidelberg-kumamoto>")
    assert inferred < text.index("tg:lastActive") < asserted < text.index("tg:basedIn") < source
    linked = server.get(path_of(f"{BASE}municipality/de/heidelberg"), format="ttl").text
    assert "# linked: <graph/links>" in linked


@pytest.mark.parametrize("name", ["nt", "rdf"])
def test_formats_without_graphs_tell_in_comments_who_says_what(server: Server, name: str) -> None:
    text = server.get(path_of(SPORTKREIS), format=name).text
    told = [text.index(f"{kind}: ") for kind in ("inferred", "asserted")]
    assert told == sorted(told)
    source = "source/heidelberg-kumamoto"
    assert (f"<{BASE}{source}>" if name == "nt" else f"<!-- asserted: {source} -->") in text
    assert text.count("<rdf:RDF") == (name == "rdf")


def test_document_tells_of_what_it_holds(server: Server) -> None:
    """An IRI with a fragment is told of where it leads: in the document without the fragment."""
    page = f"{BASE}source/heidelberg-kumamoto/page.txt"
    for path, iri, said in (
        (path_of(page), f"{page}#char=814,953", f"{vocab.TG}quote"),
        ("/twingraph/ns", f"{vocab.TG}Activity", vocab.RDFS_LABEL),
    ):
        content = server.get(path, format="nt").body
        found = pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_TRIPLES)
        assert any(
            (quad.subject, quad.predicate)
            == (pyoxigraph.NamedNode(iri), pyoxigraph.NamedNode(said))
            for quad in found
        )
    html = server.get(path_of(page), format="html").text
    assert 'id="char=814,953"' in html
    activity = f"{BASE}activity/heidelberg-kumamoto/youth-exchange"
    assert "Annual youth exchange organized by" in server.get(path_of(activity), format="html").text


@pytest.mark.parametrize("query", ["", "?format=html", "?format=ttl"])
def test_other_formats_are_linked(server: Server, query: str) -> None:
    path = path_of(SPORTKREIS)
    answer = server.get(f"{path}{query}")
    for media_type, name in FORMATS.items():
        link = f'<{path}?format={name}>; rel="alternate"; type="{media_type}"'
        assert link in answer.headers["link"]
    if query == "?format=html":
        assert '<link rel="alternate" type="text/turtle" href="?format=ttl">' in answer.text


def test_answers_of_a_question_are_linked(server: Server) -> None:
    answer = server.get("/ask/institutions-since", BROWSER, since="2005")
    link = '</ask/institutions-since?since=2005&format=csv>; rel="alternate"; type="text/csv"'
    assert link in answer.headers["link"]
    assert "link" not in server.get("/ask/institutions-since?since=soon").headers


def test_description_is_the_same_every_time(server: Server) -> None:
    path = path_of(SPORTKREIS)
    for name in ("ttl", "trig", "jsonld"):
        first, second = (
            server.send("GET", f"{path}?format={name}", {"Accept": accept}).body
            for accept in ("x/y", "y/z")  # so that neither is a kept one
        )
        assert first == second


def test_page_tells_apart_who_says_what(server: Server) -> None:
    page = server.get(path_of(SPORTKREIS), BROWSER, format="html").text
    assert "<h1>Sportkreis Heidelberg</h1>" in page
    assert ">inferred</b>" in page
    assert ">asserted</b>" in page


@pytest.mark.parametrize(
    "iri",
    [
        f"{BASE}municipality/de/heidelberg",
        f"{BASE}partnership/heidelberg-kumamoto",
        f"{BASE}activity/heidelberg-kumamoto/youth-exchange",
        f"{BASE}year/1999",
        f"{BASE}source/heidelberg-kumamoto",
        f"{BASE}source/heidelberg-kumamoto/page.txt",
        "https://w3id.org/twingraph/topic/environment",
        "https://w3id.org/twingraph/ns",
        "https://w3id.org/twingraph/kind/twinning",
    ],
)
def test_every_kind_of_iri_answers(server: Server, iri: str) -> None:
    assert server.get(path_of(iri), BROWSER).status == 303
    assert server.get(path_of(iri), format="html").status == 200


def test_every_link_of_a_page_answers(server: Server) -> None:
    """From the root, and from each page that it leads to, one step further."""
    seen, open_ = set(), ["/"]
    for depth in range(3):
        found = []
        for path in open_:
            answer = server.get(path, BROWSER)
            assert answer.status in (200, 303), path
            if answer.media_type == "text/html" and depth < 2:
                found += [urljoin(path, link) for link in Links(answer.text).found]
        local = (link.partition("#")[0] for link in found if link.startswith("/"))
        open_ = [link for link in dict.fromkeys(local) if link not in seen]
        seen.update(open_)
    assert len(seen) > 100


@pytest.mark.parametrize("path", ["institution/nobody", "year/3000", "x", "activity/"])
def test_resource_of_which_nothing_is_said(server: Server, path: str) -> None:
    answer = server.get(f"/twingraph/id/{path}", format="html", accept=BROWSER)
    assert answer.status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/twingraph/id/partnership/heidelberg-kumamoto?format=html&page=",
        "/twingraph/id/year/1999?format=html&possible=",
        "/browse/institutions?page=",
        "/browse/activities?undated=",
        "/ask/institutions-since?since=1999&page=",
        "/search?q=Heidelberg&page=",
    ],
)
def test_page_after_the_last_leads_back(server: Server, path: str) -> None:
    for language, told in (("en", "has no page 99"), ("de", "hat keine Seite 99")):
        answer = server.get(f"{path}99&lang={language}", BROWSER)
        assert answer.status == 404
        assert told in answer.text
        main = answer.text.partition("<main")[2].partition("</main>")[0]
        way = unescape(Links(main).found[0])
        assert path.rpartition("?")[2].partition("&")[0].partition("=")[0] in way
        assert server.get(urljoin(path, way), BROWSER).status == 200


def test_unknown_format(server: Server) -> None:
    assert server.get(path_of(SPORTKREIS), format="xls").status == 406
    assert server.get(path_of(SPORTKREIS), "image/png").status == 406


def test_hostile_label_is_shown_as_text(server: Server) -> None:
    for path in ("/twingraph/id/institution/hostile", "/ask/institutions-undated"):
        page = server.get(path, BROWSER, format="html")
        assert page.status == 200
        assert HOSTILE not in page.text
    page = server.get("/twingraph/id/institution/hostile", BROWSER, format="html")
    assert "&lt;script&gt;" in page.text
    assert "The whole name" in page.text


# The catalogue


def test_home_lists_every_question(server: Server, build: Path) -> None:
    page = server.get("/", BROWSER).text
    for name in twingraph.read_catalogue(build.parent / "data" / "queries"):
        assert f'href="/ask/{name}"' in page


@pytest.mark.parametrize("name", twingraph.read_catalogue())
def test_question_is_answered_as_the_library_does(server: Server, build: Path, name: str) -> None:
    question = twingraph.read_catalogue()[name]
    needed = {
        "partnership": "heidelberg-kumamoto",
        "activity": "heidelberg-kumamoto/youth-exchange",
        "municipality": "de/heidelberg",
    }
    values = {
        each.name: needed[each.type]
        for each in question.parameters
        if each.default in (None, "UNDEF") and each.type in needed
    }
    with twingraph.open_build(build) as opened:
        answer = twingraph.ask(opened, name, **values)
        for format_ in ("csv", "json", "tsv"):
            told = server.get(f"/ask/{name}", None, format=format_, **values)
            assert told.body == answer.serialize(format_)
    page = server.get(f"/ask/{name}", BROWSER, **values)
    assert (page.status, page.media_type) == (200, "text/html")
    assert f"{len(answer)} row" in page.text


def test_data_of_an_answer_are_in_the_language_of_its_page(server: Server) -> None:
    headers = {"Accept": BROWSER, "Accept-Language": "de"}
    page = server.send("GET", "/ask/institutions-since?since=1999", headers).text
    assert "Stadt Heidelberg" in page
    assert "VALUES ?lang { &#34;de&#34; }" in page
    [address] = {link for link in Links(page).found if link.endswith("format=csv")}
    assert "Stadt Heidelberg" in server.get(address).text


def test_question_of_ones_own(server: Server) -> None:
    assert server.get("/ask/own-question", "text/csv").text == "year\r\n1999\r\n"


@pytest.mark.parametrize(
    "job",
    [
        Ask("institutions-since", {}, "text/csv"),
        Describe(vocab.Iri(SPORTKREIS), "text/html"),
        Query("SELECT * { ?s ?p ?o }", "text/csv", None),
    ],
)
def test_no_answer_is_larger_than_allowed(build: Path, job: Ask | Describe | Query) -> None:
    with twingraph.open_build(build) as opened:
        settings = Settings(str(opened.generation), (), memory=1 << 30, largest=1 << 8)
        reply = Worker(opened, settings).do(frame(job)[4:])
    assert reply.status == 400
    assert b"expected a query that asks for less" in reply.body


def test_worker_has_read_what_first_pages_need(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is counted for all pages is not counted for the first that is asked for."""
    asked: list[str] = []
    evaluate = Build.evaluate

    def listen(self: Build, sparql: str, *rest: Any) -> Any:
        asked.append(sparql)
        return evaluate(self, sparql, *rest)

    monkeypatch.setattr(Build, "evaluate", listen)
    with twingraph.open_build(build) as opened:
        worker = Worker(opened, Settings(str(opened.generation), (), 1 << 30, 64 << 20))
        worker.prepare()
        assert [each for each in asked if "GROUP BY" in each]
        asked.clear()
        ontology = Describe(vocab.Iri(vocab.TG.rstrip("#")), "text/html")
        for job in (Show("home", Page()), Show("browse/activities", Page()), ontology):
            assert worker.do(frame(job)[4:]).status == 200
    assert asked
    assert not [each for each in asked if "GROUP BY" in each]


def test_worker_has_counted_the_longest_lists(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were as many activities as make a page in the middle slow to find."""
    for module, name, value in ((longest, "_LONG", 1), (dated, "_FEW", 0), (dated, "_EARLY", 0)):
        monkeypatch.setattr(module, name, value)
    asked: list[str] = []
    ask = Scope.rows

    def listen(self: Scope, select: str, *rest: Any, **more: Any) -> list[tuple[Any, ...]]:
        asked.append(select)
        return ask(self, select, *rest, **more)

    monkeypatch.setattr(Scope, "rows", listen)
    with twingraph.open_build(build) as opened:
        worker = Worker(opened, Settings(str(opened.generation), (), 1 << 30, 64 << 20))
        worker.prepare()
        [topic, *_] = [each.topic[1:-1] for each in longest.find_longest(opened) if each.topic]
        asked.clear()
        reply = worker.do(frame(Describe(vocab.Iri(topic), "text/html"))[4:])
    assert reply.status == 200
    assert asked
    assert not [each for each in asked if "COUNT" in each]


class Starting:
    """A worker that is ready after so many seconds, those of each in turn."""

    delays: ClassVar[tuple[float, ...]] = ()
    workers: ClassVar[list[Starting]] = []
    beside: ClassVar[list[int]] = []  # how many others were starting when one was

    def __init__(self, delay: float) -> None:
        self.is_ready = False
        self.jobs: deque[object] = deque()
        self.since = 0.0
        self._delay = delay
        self._end = asyncio.Event()

    @classmethod
    async def start(cls, _: Settings) -> Starting:
        cls.beside.append(sum(not each.is_ready for each in cls.workers))
        cls.workers.append(cls(cls.delays[len(cls.workers)]))
        return cls.workers[-1]

    async def run(self, take: Callable[[bytes], None]) -> int:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._end.wait(), self._delay)
        if not self._end.is_set():
            take(b"ready")
        await self._end.wait()
        return 0

    def send(self, _: bytes) -> bool:
        return True

    def let_go(self) -> None:
        self._end.set()

    kill = let_go


@pytest.mark.parametrize(
    ("delays", "beside"),
    [
        ((0.01, 0.01, 0.01, 0.01, 0.01), [0, 1, 0, 0, 0]),
        ((0.01, 0.01, 0.01, 60, 0), [0, 1, 0, 0]),  # it closes while the fourth starts
    ],
)
def test_spare_workers_start_one_after_another(
    monkeypatch: pytest.MonkeyPatch, delays: tuple[float, ...], beside: list[int]
) -> None:
    async def run() -> None:
        pool = await start_pool(monkeypatch, delays)
        await asyncio.sleep(0.3)
        assert pool.ready == sum(each < 1 for each in delays[: len(beside)])
        await asyncio.wait_for(pool.close(), 1)

    asyncio.run(run())
    assert Starting.beside == beside


async def start_pool(monkeypatch: pytest.MonkeyPatch, delays: tuple[float, ...]) -> Pool:
    """A pool of such workers on two processors."""
    for name, value in (("delays", delays), ("workers", []), ("beside", [])):
        monkeypatch.setattr(Starting, name, value)
    monkeypatch.setattr("twingraph.serve.pool.WorkerProcess", Starting)
    monkeypatch.setattr("twingraph.serve.pool.os.cpu_count", lambda: 2)
    monkeypatch.setattr("twingraph.serve.pool._QUIET", 0.01)
    pool = Pool(Settings("", (), 0, 0), len(delays), 10)
    await pool.start()
    assert pool.ready == 2
    return pool


def test_spare_workers_start_when_nobody_is_served_or_somebody_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def run() -> None:
        pool = await start_pool(monkeypatch, (0.001,) * 4)
        deadline = asyncio.get_running_loop().time() + 60
        asked = []
        for client, workers in enumerate((2, 2, 3)):  # the third waits for a worker
            job = pool.do(Show("home", Page()), str(client), deadline)
            asked.append(asyncio.create_task(job))
            await asyncio.sleep(0.1)
            assert len(Starting.workers) == workers
        for each in asked:
            each.cancel()
        await asyncio.wait_for(pool.close(), 1)

    asyncio.run(run())


def test_what_is_begun_aside_is_done_without_a_thread_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    def fail() -> None:
        raise QueryError("no such page")

    with pytest.raises(QueryError), aside(fail) as failing:
        failing()
    with aside(threading.get_ident) as beside:
        assert beside() != threading.get_ident()
    monkeypatch.setattr(threading.Thread, "start", start)
    with aside(threading.get_ident) as later:
        assert later() == threading.get_ident()


def test_what_nobody_waits_for_leaves_its_time_to_others() -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before = priority()
    assert _do_aside(priority) > before
    assert priority() == before


def test_tag_of_an_edition_changes_with_the_questions(build: Path, tmp_path: Path) -> None:
    tags = []
    for text in ("ASK {}", "ASK { }"):
        (tmp_path / "own.rq").write_text(text)
        edition = Edition(build, [tmp_path], Limits())
        tags.append(edition.tag)
        asyncio.run(edition.close())
    assert tags[0] != tags[1]


def test_empty_field_of_a_form_is_the_default(server: Server) -> None:
    plain = server.get("/ask/institutions-since", "text/csv")
    assert server.get("/ask/institutions-since", "text/csv", since="").body == plain.body


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("since=soon", 400, "'soon' is not a year"),
        ("sinze=1999", 400, "did you mean 'since'?"),
        ("since=1999&since=2000", 400, "given twice"),
        ("format=xls", 406, "text/csv"),
    ],
)
def test_wrong_parameter(server: Server, query: str, status: int, message: str) -> None:
    answer = server.get(f"/ask/institutions-since?{query}")
    assert answer.status == status
    assert message in answer.text


@pytest.mark.parametrize(
    ("path", "field", "value", "english", "german"),
    [
        ("institutions-since?since=soon", "since", "soon", "is no year", "ist kein Jahr"),
        ("activities-between?from=1990&to=0", "to", "0", "is no year", "ist kein Jahr"),
        (
            "activities-between?from=2000&to=1990",
            "to",
            "1990",
            "1990 is before 2000",
            "1990 liegt vor 2000",
        ),
        (
            "timeline?partnership=heidelberg-kumamotu",
            "partnership",
            "heidelberg-kumamotu",
            "is not known in this graph; did you mean heidelberg-kumamoto?",
            "ist in diesem Graphen nicht bekannt; gemeint vielleicht heidelberg-kumamoto?",
        ),
        ("timeline?partnership=a%20%3Cb", "partnership", "a &lt;b", "is no id", "ist keine Id"),
    ],
)
def test_wrong_value_stands_in_its_form(
    server: Server, path: str, field: str, value: str, english: str, german: str
) -> None:
    for language, told in (("en", english), ("de", german)):
        answer = server.get(f"/ask/{path}&lang={language}", BROWSER)
        assert (answer.status, answer.media_type) == (400, "text/html")
        [shown] = re.findall(rf'<(?:input|select) name="{field}"[^>]*>', answer.text)
        assert f'aria-invalid="true" aria-describedby="fault-{field}"' in shown
        assert f'value="{value}"' in answer.text
        [fault] = re.findall(rf'<span class="fault" id="fault-{field}">(.*?)</span>', answer.text)
        assert told in unescape(fault)
        assert answer.text.count("aria-invalid") == 1
        if language == "de":
            assert "is no" not in answer.text


def test_what_a_question_has_not_is_told_above_its_form(server: Server) -> None:
    for language, told in (("en", "did you mean since?"), ("de", "gemeint vielleicht since?")):
        answer = server.get(f"/ask/institutions-since?sinze=1999&lang={language}", BROWSER)
        assert answer.status == 400
        assert told in answer.text.partition('role="alert"')[2].partition("</div>")[0]
        assert '<input name="since" value="1999"' in answer.text


def test_openapi_describes_what_is_there(server: Server) -> None:
    document = server.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        values = {
            each["name"]: str(each["schema"]["default"])
            for each in operations["get"]["parameters"]
            if "default" in each["schema"] and each["schema"]["default"] != "UNDEF"
        }
        assert server.get(f"{path}?{urlencode(values)}", "text/csv").status == 200, path
    since = document["paths"]["/ask/institutions-since"]["get"]["parameters"][0]
    assert since["schema"] == {"type": "integer", "minimum": 1, "maximum": 9999, "default": 1999}


def test_questions_as_shacl_executables(server: Server) -> None:
    content = server.get("/queries", "application/n-triples").body
    triples = list(pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_TRIPLES))
    select = pyoxigraph.NamedNode("http://www.w3.org/ns/shacl#select")
    texts = {quad.subject.value: quad.object.value for quad in triples if quad.predicate == select}
    assert texts[f"{server.url}/ask/institutions-since"].startswith("# Which institutions")
    for text in texts.values():
        assert server.query(text).status == 200


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("https://data.example:8443/", "/"),
        ("https://data.example/twingraph/", "/twingraph/"),
    ],
)
def test_addresses_below_any_base(base: str, path: str) -> None:
    """And those of the ontology stay."""
    addresses = Addresses(vocab.Minter(base))
    assert addresses.find_path(f"{base}year/1999") == f"{path}year/1999"
    assert addresses.find_iri(f"{path}year/1999") == f"{base}year/1999"
    assert addresses.find_iri("/twingraph/topic/youth") == f"{vocab.TOPIC}youth"
    assert addresses.find_iri("/twingraph/ns") == vocab.TG.rstrip("#")


def test_base_of_a_citys_own(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    base = "https://data.heidelberg.example/partner/"
    (tmp_path / "data" / "twingraph.toml").write_text(f'base = "{base}"\n')
    twingraph.build_folder(tmp_path / "data", tmp_path / "build")
    with serving(tmp_path / "build", "--workers", "1") as server:
        page = server.get("/partner/institution/sportkreis-heidelberg", format="html")
        assert page.status == 200
        assert 'href="/partner/municipality/de/heidelberg?format=html"' in page.text
        assert vocab.DEFAULT_BASE not in page.text


# The search


class Reading:
    """A pool of which the worker still reads names, whatever its deadline."""

    ready = 0

    def __init__(self) -> None:
        self.patience = 0.0

    async def do(self, job: Job, client: str, deadline: float) -> Reply:
        assert isinstance(job, Search)
        assert client == "client"
        self.patience = deadline - asyncio.get_running_loop().time()
        return refuse(HTTPStatus.SERVICE_UNAVAILABLE, "no worker is ready")


def test_words_while_names_are_read() -> None:
    async def ask(pool: Reading) -> Reply:
        deadline = asyncio.get_running_loop().time() + 30
        return await search(cast("Pool", pool), Page(), "client", deadline)

    reading = Reading()
    reply = asyncio.run(ask(reading))
    assert reply.status == HTTPStatus.SERVICE_UNAVAILABLE
    assert "names are still being read" in reply.body.decode()
    assert 0 < reading.patience <= 5


# The reconciliation service


def test_reconciliation(server: Server) -> None:
    manifest = server.get("/reconcile", "application/json").json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["preview"]["url"].startswith(f"{server.url}/reconcile/preview")
    queries = json.dumps({"q0": {"query": "Sportkreis Heidelbreg"}})
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    posted = server.send("POST", "/reconcile", form, urlencode({"queries": queries}))
    asked = server.get("/reconcile", "application/json", queries=queries)
    assert posted.json() == asked.json()
    found = posted.json()["q0"]["result"][0]
    assert (found["id"], found["match"]) == ("institution/sportkreis-heidelberg", True)
    assert posted.headers["access-control-allow-origin"] == "*"


def test_reconciliation_as_jsonp_in_preview_and_in_error(server: Server) -> None:
    called = server.get("/reconcile", callback="show")
    assert called.media_type == "application/javascript"
    assert called.text.startswith("/**/show(")
    assert server.get("/reconcile", callback="alert(1)//").status == 400
    page = server.get("/reconcile/preview", id="institution/sportkreis-heidelberg")
    assert page.media_type == "text/html"
    assert "frame-ancestors" not in page.headers["content-security-policy"]  # OpenRefine frames it
    broken = server.get("/reconcile", queries="{")
    assert broken.status == 400
    assert broken.json()["status"] == "error"


def test_address_that_clients_know(build: Path) -> None:
    with serving(build, "--url", "https://data.example", "--workers", "1") as server:
        assert "<https://data.example/sparql>" in server.get("/sparql", "text/turtle").text
        manifest = server.get("/reconcile", "application/json").json()
        assert manifest["view"]["url"].startswith("https://data.example/reconcile/")
        page = server.get("/ask/institutions-since", BROWSER, since="1999").text
        cited = unescape(page.partition('class="cite"')[2])
        assert "https://data.example/ask/institutions-since?since=1999&lang=en</p>" in cited
        assert "url = {https://data.example/ask/institutions-since?since=1999&lang=en}" in cited
        assert "in a given year or later? (since: 1999)" in cited


# The package


@pytest.fixture(scope="module")
def package(build: Path) -> Path:
    folder = build.parent / "dist"
    with twingraph.open_build(build) as opened:
        write_package(opened, build.parent / "data", folder, Options())
    return folder


@pytest.fixture(scope="module")
def downloading(build: Path, package: Path) -> Iterator[Server]:
    with serving(build, "--package", str(package), "--workers", "1") as started:
        yield started


def test_every_file_of_a_package_is_had(downloading: Server, package: Path) -> None:
    page = downloading.get("/download/", BROWSER)
    names = [link for link in Links(page.text).found if link.startswith("/download/")]
    assert len(names) > 20
    for name in names:
        told = downloading.get(name)
        assert told.body == (package / name.removeprefix("/download/")).read_bytes()
        assert told.headers["content-length"] == str(len(told.body))


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("catalog.ttl", "text/turtle"),
        ("data.jsonld", "application/ld+json"),
        ("data.nq.gz", "application/gzip"),
        ("timeline.svg", "image/svg+xml"),
        ("README.md", "text/markdown"),
    ],
)
def test_file_of_a_package(downloading: Server, name: str, media_type: str) -> None:
    first = downloading.get(f"/download/{name}")
    assert first.media_type == media_type
    again = downloading.send("GET", f"/download/{name}", {"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    head = downloading.send("HEAD", f"/download/{name}")
    assert (head.body, head.headers["content-length"]) == (b"", str(len(first.body)))


@pytest.mark.parametrize("name", ["nothing", "../data/dataset.yaml", "%2e%2e/build", "", "tables"])
def test_what_is_no_file_of_a_package(downloading: Server, name: str) -> None:
    if name:
        assert downloading.get(f"/download/{name}").status == 404
    assert downloading.send("POST", f"/download/{name}").status == 405


def test_without_a_package(server: Server) -> None:
    assert server.get("/download/").status == 404
