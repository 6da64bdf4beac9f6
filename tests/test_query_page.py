"""The query page: the editor on a server, and the engine of a site without one, in a browser."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest

from browser import Visitor, faults
from example import DATA
from twingraph.pages.assets import list_assets
from twingraph.pages.query import read_terms
from twingraph.queries import ask, read_catalogue
from twingraph.site import write_site
from twingraph.store import open_build
from twingraph.vocab import TG, TOPIC
from twingraph.years.telling import tell_years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from serving import Server

SITE = "/city/partners"  # a site need not stand at the root of its host
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FAULTY = "SELECT ?s WHERE { ?s ?p"
GRAPH = "CONSTRUCT WHERE { ?city a <https://w3id.org/twingraph/ns#Municipality> }"
SAME = (
    "institutions-since",
    "activities-by-decade",
    "evidence",
    "disagreements",
    "partner-network",
)


class _Files(http.server.SimpleHTTPRequestHandler):
    """Files as a host serves them that knows no WebAssembly."""

    extensions_map = {  # noqa: RUF012 - as the class it is of has it
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".wasm": "application/octet-stream",
    }

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, example_build: Path) -> Path:
    root = tmp_path_factory.mktemp("site")
    with open_build(example_build) as build:
        write_site(build, root / SITE.removeprefix("/"), DATA)
    (root / "favicon.ico").touch()
    return root


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Files, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def wait(page: Page) -> Page:
    page.wait_for_selector("#query-page[data-is-ready]")
    return page


def write(page: Page, query: str) -> None:
    page.evaluate(
        "query => document.querySelector('.yasqe .CodeMirror').CodeMirror.setValue(query)", query
    )


def read(page: Page) -> str:
    text: str = page.evaluate("document.querySelector('.yasqe .CodeMirror').CodeMirror.getValue()")
    return text


def run(page: Page, query: str | None = None) -> Locator:
    """Run a query to its end; what then is shown."""
    if query is not None:
        write(page, query)
    page.click("#query-run")
    page.wait_for_selector("#query-stop[disabled]")
    page.wait_for_selector(".yasr_results > *")
    return page.locator(".yasr_results")


def sent(page: Page) -> Any:
    """The answer as data."""
    page.click(".select_response")
    page.wait_for_selector(".yasr_results .CodeMirror")
    text = page.evaluate(
        "() => { const button = [...document.querySelectorAll('.overlay_btn')][0]; button?.click();"
        " return document.querySelector('.yasr_results .CodeMirror').CodeMirror.getValue(); }"
    )
    return json.loads(text)


def test_editor_opens_and_an_example_leads_to_a_page(visitor: Visitor) -> None:
    """And nothing is asked of others: the visitor notes it."""
    page = wait(visitor.open("/query"))
    assert not page.is_visible("#query-form")
    [question] = page.get_by_role(
        "link", name="Which institutions took part in an activity that was under way"
    ).all()
    question.click()
    assert read(page) == read_catalogue()["institutions-since"].text
    rows = run(page).locator("tbody tr")
    assert rows.count() == 20
    assert page.inner_text("#query-status").startswith("20 rows, ")
    with page.expect_navigation():
        rows.first.get_by_role("link").click()
    assert page.url.startswith(f"{visitor.origin}/twingraph/id/institution/")
    assert page.locator("h1").inner_text()
    page.go_back()
    assert read(wait(page)) == read_catalogue()["institutions-since"].text


def test_page_has_no_barriers(visitor: Visitor) -> None:
    page = wait(visitor.open("/query"))
    run(page)
    found = {"rows": faults(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = faults(page)
    page.click(".select_response")
    page.wait_for_selector(".yasr_results .CodeMirror")
    found["data"] = faults(page)
    page.set_viewport_size({"width": 390, "height": 844})
    found["narrow"] = faults(page)
    assert found == {"rows": [], "dark": [], "data": [], "narrow": []}
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_editor_completes_prefixes_and_terms(visitor: Visitor) -> None:
    """Its labels are those of the page's language; a term is found by them too."""
    page = wait(visitor.open("/query?lang=de"))
    write(page, "")
    page.click(".yasqe .CodeMirror")
    page.keyboard.type("PREFIX to", delay=15)
    suggested = page.locator(".CodeMirror-hints")
    suggested.wait_for()
    page.keyboard.press("Enter")
    assert read(page) == "PREFIX topic: <https://w3id.org/twingraph/topic/>"
    page.keyboard.type("\nSELECT * WHERE { ?s a tg:Schülera", delay=15)
    suggested.wait_for()
    assert "Schüleraustausch" in suggested.inner_text()
    page.keyboard.press("Enter")
    page.keyboard.type(" ; tg:abo", delay=15)
    suggested.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(" topic:clim", delay=15)
    suggested.wait_for()
    page.keyboard.press("Enter")
    written = read(page)
    assert written.endswith("SELECT * WHERE { ?s a tg:SchoolExchange ; tg:about topic:climate")
    assert written.count("PREFIX tg: <https://w3id.org/twingraph/ns#>") == 1


def test_address_fills_the_editor(visitor: Visitor) -> None:
    query = "ASK { ?s ?p '</script><b>' }"
    page = wait(visitor.open(f"/query?{urlencode({'query': query})}"))
    assert read(page) == query
    assert "False" in run(page).inner_text()
    assert read(wait(visitor.open(f"/query#query={quote(GRAPH)}"))) == GRAPH
    assert run(page, GRAPH).locator("tbody tr").count() > 1  # statements as rows
    graphs = run(page, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert "graph/inferred" in graphs.inner_text()
    links = graphs.get_by_role("link").evaluate_all("links => links.map((each) => each.href)")
    assert links
    assert not [link for link in links if "/graph/" in link]  # nothing is said of those


def test_form_works_without_scripts(visitor: Visitor) -> None:
    page = visitor.open("/query", scripts=False)
    assert page.locator("#query").input_value()
    page.locator("summary").click()
    page.locator("#query-examples a").first.click()
    assert page.locator("#query").input_value() == read_catalogue()["institution-pairs"].text
    page.fill("#query", "SELECT ?year WHERE { VALUES ?year { 1999 } }")
    with page.expect_download() as coming:
        page.locator("#query-form button").click()
    assert coming.value.path().read_text().split() == ["year", "1999"]


def test_browser_asking_the_endpoint_is_led_to_the_editor(visitor: Visitor) -> None:
    assert wait(visitor.open("/sparql")).url == f"{visitor.origin}/query"


def test_site_answers_as_the_server_does(
    visit: Callable[[str], Visitor], site: str, example_server: Server
) -> None:
    visitor = visit(site)
    page = wait(visitor.open(f"{SITE}/query.html"))
    for name in SAME:
        text = read_catalogue()[name].text
        run(page, text)
        assert sent(page)["results"] == example_server.query(text).json()["results"], name
        page.click(".select_table")
    write(page, "ASK { GRAPH ?g { ?s ?p ?o } }")
    assert "True" in run(page).inner_text()
    [link] = run(page, f"{GRAPH} LIMIT 1").locator("td:first-child a").all()
    address = str(link.evaluate("link => link.href"))
    assert address.startswith(f"{site}{SITE}/municipality/")
    assert "municipality" in visitor.open(address.removeprefix(site)).inner_text(".identity")
    scheme = f"SELECT (<{TOPIC}> AS ?a) (<{TOPIC}index> AS ?b) (<{TOPIC}a.b> AS ?c) {{ }}"
    [link] = run(page, scheme).locator("tbody a").all()
    address = str(link.evaluate("link => link.href")).removeprefix(site)
    assert address == f"{SITE}/topic/index.html"
    assert visitor.open(address).inner_text("h1")
    shown = run(page, "SELECT ('{{x}}<b>' AS ?text) (1 AS ?x) WHERE { }")  # YASR has templates
    assert shown.locator("tbody td").all_inner_texts()[-2:] == ["{{x}}<b>", "1"]
    assert "no rows" in run(page, "CONSTRUCT { ?s ?s ?s } WHERE { ?s a <urn:none> }").inner_text()
    for text in ("SELECT * FROM <urn:none> WHERE { ?s ?p ?o }", "SELECT * { SERVICE <urn:a> { } }"):
        run(page, text)
    assert "not supported" in page.inner_text(".yasr_results")
    # What the site itself has unpacked is of its own origin, too.
    assert {"/".join(each.removeprefix("blob:").split("/")[:3]) for each in visitor.requests} == {
        site
    }
    assert sum("data.nq.gz" in each for each in visitor.requests) == 1


def test_site_refuses_plainly_and_stops(visit: Callable[[str], Visitor], site: str) -> None:
    page = wait(visit(site).open(f"{SITE}/query.html"))
    assert "error at 1:" in run(page, FAULTY).get_by_role("alert").inner_text()
    write(page, ENDLESS)
    page.click("#query-run")
    page.wait_for_timeout(300)
    page.click("#query-stop")
    assert page.inner_text("#query-status") == "Stopped."
    assert run(page, "SELECT ?s { ?s a ?c } LIMIT 3").locator("tbody tr").count() == 3
    write(page, ENDLESS)
    page.click("#query-run")
    page.wait_for_timeout(100)
    assert run(page, "SELECT ?s { ?s a ?c } LIMIT 4").locator("tbody tr").count() == 4
    assert "timeout" in page.evaluate(
        """async ([site, query]) => {
          const { openEngine } = await import(`${site}/static/query/engine.js`);
          const data = `${site}/data.nq.gz`;
          const engine = `${site}/static/vendor/oxigraph/web.js.gz`;
          const module = `${site}/static/vendor/oxigraph/web_bg.wasm.gz`;
          const ask = openEngine({ engine, module, data }, 0.3);
          const response = await ask(query, new AbortController().signal, () => {});
          return `${response.status} ${await response.text()}`;
        }""",
        [f"{site}{SITE}", ENDLESS],
    )


def test_site_as_a_file_says_that_it_needs_a_server(
    visit: Callable[[str], Visitor], folder: Path
) -> None:
    page = visit(folder.as_uri()).open(f"{SITE}/query.html")
    assert page.get_by_role("alert").inner_text().startswith("Opened as a file, this page cannot")


@pytest.mark.parametrize("way", ["host", "file"])
def test_pages_of_a_site_lead_to_each_other(
    visit: Callable[[str], Visitor], site: str, folder: Path, way: str
) -> None:
    page = visit(site if way == "host" else folder.as_uri()).open(f"{SITE}/index.html")
    assert way == "file" or not faults(page)  # axe-core asks for the style anew, which files refuse
    page.locator(".cards a").first.click()
    pictures = page.locator("figure img")
    assert pictures.count() > 1
    for picture in pictures.all():
        assert picture.evaluate("img => { img.loading = 'eager'; return img.decode(); }") is None
    page.get_by_role("link", name="Deutsch").click()
    assert page.evaluate("document.documentElement.lang") == "de"
    page.get_by_role("link", name="Fragen", exact=True).or_(
        page.get_by_role("link", name="Institutionen", exact=True)
    ).first.click()
    search = page.get_by_role("searchbox")
    search.fill("Schwimmer")
    search.press("Enter")
    page.locator("ol.found a").first.click()
    assert "https://w3id.org/twingraph/" in page.inner_text(".identity")


def wait_asked(page: Page) -> Page:
    page.wait_for_selector("#query-page[data-is-asked]")
    page.wait_for_selector("#query-work .data, #query-work [role=alert]:not([hidden])")
    return page


def open_editor(page: Page) -> Page:
    page.get_by_text("Show SPARQL").or_(page.get_by_text("SPARQL zeigen")).click()
    return wait(page)


def test_page_of_a_site_asks_in_the_browser(
    visit: Callable[[str], Visitor], site: str, example_build: Path
) -> None:
    """A question with values that no file answers, by a link; told as answers are, with files."""
    page = visit(site).open(f"{SITE}/partnership/heidelberg-kumamoto.de.html")
    page.locator("main a[href*='question=timeline']").click()
    wait_asked(page)
    with open_build(example_build) as build:
        told = {"partnership": "heidelberg-kumamoto", "lang": "de"}
        answer = ask(build, "timeline", **told)
        sparql = read_catalogue()["timeline"].bind(told, build.mint)
    assert page.inner_text("h1") == read_catalogue()["timeline"].german
    page.wait_for_function("document.getElementById('query-status').textContent.endsWith(' s')")
    assert page.inner_text("#query-status").startswith(f"{len(answer)} Zeilen, ")
    rows = page.locator("#query-work tbody tr")
    assert rows.count() == len(answer)
    assert str(answer.rows()[0][1]) in rows.first.inner_text()
    assert "1993–" in rows.nth(4).inner_text() or "1993–" in page.inner_text("#query-work table")
    assert "abgeleitet" in page.inner_text("#query-work .basis")
    assert not faults(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.path().read_bytes() == answer.serialize("csv")
    assert read(open_editor(page)) == sparql
    page.get_by_role("link", name="English").click()
    wait_asked(page)
    assert page.inner_text("h1") == read_catalogue()["timeline"].question
    page.get_by_role("link", name="The question with all its answers").click()
    assert page.url == f"{site}{SITE}/ask/timeline.html"


def test_form_of_a_site_asks_in_the_browser(visit: Callable[[str], Visitor], site: str) -> None:
    page = visit(site).open(f"{SITE}/ask/gap-years.html")
    assert not faults(page)
    page.get_by_label("partnership").select_option("Heidelberg – Cambridge")
    page.get_by_role("button", name="Ask").click()
    wait_asked(page)
    assert "Heidelberg – Cambridge" in page.inner_text("#query-work table")
    assert "Kumamoto" not in page.inner_text("#query-work table")
    sparql = read(open_editor(page))
    assert "<https://w3id.org/twingraph/id/partnership/heidelberg-cambridge>" in sparql
    page.click("#query-share")
    assert "question=gap-years" in page.url  # as long as it is what the address asks
    write(page, GRAPH)
    page.click("#query-share")
    assert page.url.startswith(f"{site}{SITE}/query.html#query=CONSTRUCT")
    german = page.get_by_role("link", name="Deutsch").get_attribute("href") or ""
    assert german.partition("#")[2] == page.url.partition("#")[2]


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ("question=institutions-since&since=2O05", "since = 2O05” is not one year"),
        ("question=institutions-since&since=-5", "since = -5” is not one year"),
        ("question=institutions-since&since=0", "since = 0” is not one year"),
        ("question=institutions-since&since=99999", "since = 99999” is not one year"),
        ("question=institutions-since&since=1999&since=2005", "is not one year"),
        ("question=institutions-since&sinse=2005", "does not ask for “sinse”"),
        ("question=activities-in-year&year=2000%20%7D%20UNION", "is not one year"),
        ("question=timeline&partnership=x%3E%20%7D%20%23", "is not one id or IRI"),
        ("question=timeline&partnership=a%0Ax", "is not one id or IRI"),
        ("question=nope&x=1", "no question “nope”"),
        ("question=__proto__&x=1", "no question “__proto__”"),
        ("question=constructor", "no question “constructor”"),
    ],
)
def test_what_an_address_must_not_ask_is_refused(
    visit: Callable[[str], Visitor], site: str, asked: str, refused: str
) -> None:
    page = wait(visit(site).open(f"{SITE}/query.html#{asked}"))
    assert refused in page.inner_text("#query-notice")
    assert not page.inner_text("#query-status")
    assert "UNION" not in read(page) or "UNION" in read_catalogue()["activities-in-year"].text


def test_unknown_resource_is_told(visit: Callable[[str], Visitor], site: str) -> None:
    asked = "question=timeline&partnership=nowhere"
    page = wait_asked(visit(site).open(f"{SITE}/query.html#{asked}"))
    page.wait_for_selector("#query-notice:not([hidden])")
    assert page.inner_text("#query-notice") == "The data know nothing of “nowhere”."


def test_site_without_scripts_leads_to_answers(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}{SITE}/query.html?question=institutions-since&since=2005")
    assert "have pages with their answers" in page.inner_text("#query-work")
    page.locator("#query-examples summary").click()
    page.locator("#query-examples a[href='ask/timeline.html']").click()
    assert page.locator("main tbody tr").count() > 9
    context.close()


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("en", ["Kumamoto", "kumamoto.html", "city"]),
        ("de", ["Kumamoto", "kumamoto.de.html", "Stadt"]),
    ],
)
def test_names_are_found_in_the_language_of_the_page(
    visit: Callable[[str], Visitor], site: str, language: str, found: list[str]
) -> None:
    """Both languages search in one file."""
    name = "search.html" if language == "en" else "search.de.html"
    page = visit(site).open(f"{SITE}/{name}?q=熊本市")
    first = page.locator("ol.found li").first
    first.wait_for()
    told = first.locator("a").inner_text(), first.locator("a").get_attribute("href") or ""
    assert [told[0], told[1].rpartition("/")[2], first.locator(".mark").inner_text()] == found
    assert first.locator("a bdi").get_attribute("lang") is None


@pytest.mark.parametrize(
    "stated",
    [
        *("1993/..", "../1992", "1994/1998", "1999/", "/1999", "198X/199X", "1990%/.."),
        *("1990~", "198X", "2016-04-15", "[1999,2001]", "{1999,2001}"),
    ],
)
def test_times_are_told_as_on_other_pages(
    visit: Callable[[str], Visitor], site: str, stated: str
) -> None:
    """The rule stands twice, in Python and for the browser."""
    page = visit(site).open(f"{SITE}/search.html")
    told = page.evaluate(
        """async ([address, stated]) => (await import(address)).tellYears(
          stated, { or: " or ", about: "c. ", decade: "0s" })""",
        [f"{site}{SITE}/static/query/asked.js", stated],
    )
    assert told == tell_years(stated, lambda english, _: english)


def test_bad_query_is_refused_on_the_server(visitor: Visitor) -> None:
    visitor.expect_refusal(f"/sparql?{urlencode({'query': FAULTY})}")
    page = wait(visitor.open("/query"))
    told = run(page, FAULTY).get_by_role("alert").inner_text()
    assert told.startswith("This query cannot be answered")
    assert "not a SPARQL query" in told


def test_page_escapes_what_the_address_says(example_server: Server) -> None:
    hostile = "</textarea></script><script>alert(1)</script>"
    answer = example_server.get("/query", query=hostile)
    assert hostile not in answer.text
    assert "<script>" not in answer.text


def test_page_may_load_what_is_its_own_only(example_server: Server) -> None:
    policy = example_server.get("/query").headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'self'"
    assert "script-src" not in rules
    assert "unsafe-inline" not in policy
    assert "hash" not in example_server.get("/").headers["content-security-policy"]


def test_assets_are_served_as_what_they_are(example_server: Server) -> None:
    kinds = {".css": "text/css", ".js": "text/javascript", ".wasm": "application/wasm"}
    for name, path in list_assets().items():
        answer = example_server.get(f"/static/{name}")
        assert answer.body == path.read_bytes(), name
        assert answer.media_type == kinds.get(path.suffix, answer.media_type), name
    for name in ("vendor/make.py", "vendor/README.md", "../query.py", "query", "vendor/"):
        assert example_server.send("GET", f"/static/{name}").status == 404, name


@pytest.mark.parametrize("language", ["en", "de"])
def test_terms_are_those_of_the_ontology(language: str) -> None:
    terms = {term["iri"]: term for term in read_terms(language)}
    assert terms[f"{TG}Exchange"]["kind"] == "class"
    assert terms[f"{TG}involves"]["kind"] == "property"
    assert terms[f"{TOPIC}climate"]["kind"] == "resource"
    assert terms[f"{TOPIC}climate"]["label"] == {"en": "climate", "de": "Klima"}[language]
    assert all(term["label"] for iri, term in terms.items() if iri.startswith((TG, TOPIC)))
