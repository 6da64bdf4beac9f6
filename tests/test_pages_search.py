"""Names are found in every language, by the server and in the browser, whatever is typed."""

from __future__ import annotations

import json
import shutil
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

import twingraph
from browser import texts
from example import DATA, write_with_import
from serving import Server, serving
from twingraph.errors import PageError
from twingraph.names import spellings
from twingraph.pages import search_index
from twingraph.pages.finding import BEGINNING, NEAR, WHOLE, WITHIN, NameIndex
from twingraph.pages.naming import KINDS, Named, Text, read_names
from twingraph.pages.paging import PAGE
from twingraph.pages.search import search_page
from twingraph.pages.view import View
from twingraph.serve.jobs import Page
from twingraph.serve.links import ServerLinks
from twingraph.vocab import TG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from browser import Visitor
    from twingraph.store import Build

BROWSER = "text/html,*/*;q=0.8"
CLASSES = (
    *("Partnership", "Municipality", "Institution", "Activity", "Topic", "Year", "Decade"),
    *("Source", "PartnershipKind"),
)
HOSTILE = "<script>alert('x')</script>\u202eevil"
INSTITUTIONS = """
  - id: hostile
    label: {en: LABEL}
  - id: koelner-verein
    label: {en: Cologne society, de: Kölner Verein}
  - id: jules-verne-lyon
    label: {en: Jules Verne Club, fr: "Société Jules Verne d’Élancourt"}
  - id: jules-verne-nantes
    label: {en: Jules Verne Club}
  - id: lodz
    label: {pl: Stowarzyszenie Łódź}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("search")
    shutil.copytree(DATA, root / "data")
    path = root / "data" / "institutions.yaml"
    added = INSTITUTIONS.replace("LABEL", json.dumps(HOSTILE))
    path.write_text(path.read_text().rstrip("\n") + added)
    twingraph.build_folder(root / "data", root / "build")
    return root


@pytest.fixture(scope="module")
def build(folder: Path) -> Iterator[Build]:
    with twingraph.open_build(folder / "build") as opened:
        yield opened


@pytest.fixture(scope="module")
def index(build: Build) -> NameIndex:
    return NameIndex(read_names(build))


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder / "build", "--workers", "1") as started:
        yield started


class SiteLinks(ServerLinks):
    """Links of a page that searches in the browser."""

    is_static = True

    def asset(self, name: str) -> str:
        return f"static/{name}"


def view_of(build: Build, language: str = "en", **values: str) -> View:
    return View(build, ServerLinks(build.mint, Page(language, values=values)))


def find(build: Build, index: NameIndex, text: str, language: str = "en", **values: str) -> str:
    asked = {"q": text, **values}
    return search_page(view_of(build, language, **asked), index, asked)


class Found(HTMLParser):
    """The texts of the results of a page, and of its parts that have a role of status."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.results: list[str] = []
        self.tags: list[str] = []
        self._is_within = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "ol" and ("class", "found") in attrs:
            self._is_within = True
        if tag == "li" and self._is_within:
            self.results.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_within = self._is_within and tag != "ol"

    def handle_data(self, data: str) -> None:
        if self._is_within and self.results:
            self.results[-1] = " ".join((self.results[-1] + " " + data).split())


# Reading


def test_all_that_is_listed_has_names(build: Build) -> None:
    view = view_of(build)
    named = {each.iri for each in read_names(build)}
    for name in CLASSES:
        listed = view.rows(f"SELECT DISTINCT ?r WHERE {{ ?r a <{TG}{name}> }}")
        assert listed
        assert {str(iri) for (iri,) in listed} <= named


def test_names_are_those_of_the_store(build: Build) -> None:
    view = view_of(build)
    for each in read_names(build):
        labels = {(name.text, name.language) for name in view.wordings(each.iri)}
        assert labels <= {(name.text, name.language) for name in each.names}


# Finding


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kumamoto", "Kumamoto city JP"),
        ("kUMA", "Kumamoto city JP"),
        ("熊本市", "熊本市 → is a name of Kumamoto city JP"),
        ("本市", "熊本市 → is a name of Kumamoto city JP"),
        ("Umwelt", "Umwelt → is a name of environment topic"),
        ("Koelner", "Kölner Verein → is a name of Cologne society institution"),
        ("kolner verein", "Kölner Verein → is a name of Cologne society institution"),
        ("KÖLNER", "Kölner Verein → is a name of Cologne society institution"),
        ("Ko\u0308lner", "Kölner Verein → is a name of Cologne society institution"),
        (
            "elancourt",
            "Société Jules Verne d’Élancourt → is a name of Jules Verne Club institution",
        ),
        ("Lodz", "Stowarzyszenie Łódź institution"),
        ("1999", "1999 year"),
        ("1990er", "1990er-Jahre → is a name of 1990s decade"),
        ("organizer", "organizer term tg:organizer"),
        ("Veranstalter", "Veranstalter → is a name of organizer term tg:organizer"),
        ("jumelage", "jumelage → is a name of"),
        ("Heidelberg kuma", "Heidelberg – Kumamoto partnership"),
        ("main focus kumamoto", "Main focus of cooperation (Kumamoto) source City of Heidelberg"),
    ],
)
def test_found_in_every_language(build: Build, index: NameIndex, text: str, expected: str) -> None:
    results = Found(find(build, index, text)).results
    assert any(result.startswith(expected) for result in results[:2]), results[:5]


def test_best_first(index: NameIndex) -> None:
    hits = index.search("heidelberg").hits
    assert (hits[0].kind, hits[0].how) == ("municipality", WHOLE)
    assert [hit.how for hit in hits] == sorted(hit.how for hit in hits)
    assert {hit.how for hit in hits} > {WHOLE, BEGINNING}
    assert hits[1].kind == "partnership"


@pytest.mark.parametrize("slip", ["Heidelbreg", "Heidelberk", "Heidlberg", "Heiddelberg"])
def test_slips(index: NameIndex, slip: str) -> None:
    best = index.search(slip).hits[0]
    assert (best.form, best.kind, best.how) == ("heidelberg", "municipality", NEAR)


def test_slip_is_told(build: Build, index: NameIndex) -> None:
    page = find(build, index, "Heidelbreg")
    assert "Nothing is called so. Similar names:" in page
    assert not index.search("1899").hits  # another year is no slip
    assert not index.search("Xyz").hits


@pytest.mark.parametrize(
    "name",
    ["", " ", "-", "…", "a" * 5_000, "x " * 3_000, "(a+)+$", ".*", "\\", "%", "\0", "\u202e", "🎉"],
)
def test_whatever_is_typed_is_answered(build: Build, index: NameIndex, name: str) -> None:
    assert "<h1>Search</h1>" in find(build, index, name)


def test_markup_is_text(build: Build, index: NameIndex) -> None:
    for text in (HOSTILE, '"><script>alert(1)</script>', "'onfocus='alert(1)"):
        tags = Found(find(build, index, text)).tags
        assert "script" not in tags
    (result,) = Found(find(build, index, "alert")).results
    assert result.startswith("<script>alert('x')</script>")


def test_long_text_is_cut_and_that_is_told(build: Build, index: NameIndex) -> None:
    page = find(build, index, "Heidelberg" + " " * 200 + "nowhere")
    assert "Only the first 200 characters were looked for." in page
    assert Found(page).results[0].startswith("Heidelberg city")


def test_namesakes_are_told_apart(build: Build, index: NameIndex, tmp_path: Path) -> None:
    results = Found(find(build, index, "Jules Verne")).results
    assert results == [
        "Jules Verne Club institution institution/jules-verne-lyon",
        "Jules Verne Club institution institution/jules-verne-nantes",
    ]
    twingraph.build_folder(write_with_import(tmp_path), tmp_path / "build")
    with twingraph.open_build(tmp_path / "build") as imported:
        results = Found(find(imported, NameIndex(read_names(imported)), "Kumamoto")).results
    assert results[:2] == ["Kumamoto city JP", "Kumamoto city wikidata"]


def test_pages_of_results(build: Build, index: NameIndex) -> None:
    everything = [hit.iri for hit in index.search("a").hits]
    assert len(everything) > 100
    seen = []
    for page in range(1, len(everything) // PAGE + 2):
        html = find(build, index, "a", page=str(page))
        seen += Found(html).results
        assert f"Page {page} of" in html
    assert len(seen) == len(everything)
    start = len(everything) // PAGE * PAGE + 1
    assert f'<ol class="found" start="{start}">' in html
    with pytest.raises(PageError, match="there is no page 99"):
        find(build, index, "a", page="99")


def test_one_kind(build: Build, index: NameIndex) -> None:
    counts = index.search("heidelberg").counts
    page = find(build, index, "heidelberg", kind="institution")
    results = Found(page).results
    assert len(results) == counts["institution"]
    assert all(" institution" in each for each in results)
    assert 'href="?q=heidelberg&amp;kind=&amp;page=1"' in page
    assert list(counts) == [kind for kind in KINDS if kind in counts]


def test_nothing_found(build: Build, index: NameIndex) -> None:
    page = find(build, index, "qqqq", "de")
    assert "Nichts heißt" in page
    assert "Fewer words" not in page
    assert 'href="/browse/municipalities"' in page


def test_hidden_names_are_found_and_not_shown() -> None:
    names = [Text("Kirche", "de", is_hidden=False), Text("Kirke", "da", is_hidden=True)]
    index = NameIndex([Named(f"{TG}ReligiousBody", "term", names)])
    assert [hit.form for hit in index.search("kirke").hits] == ["kirke"]
    assert index.search("kirke").hits[0].how > BEGINNING


# The server


def test_server_searches(server: Server) -> None:
    page = server.get("/search", BROWSER, q="熊本", lang="de")
    assert page.status == 200
    assert "1 Name gefunden" in page.text
    assert '<html lang="de">' in page.text
    assert server.send("HEAD", "/search?q=x").status == 200
    assert server.send("POST", "/search").status == 405
    assert "Only" not in server.get("/search", BROWSER).text


@pytest.mark.parametrize("query", ["q=x&kind=planet", "q=x&page=0", "q=x&page=x"])
def test_wrong_value(server: Server, query: str) -> None:
    assert server.get(f"/search?{query}", BROWSER).status == 400


def test_hostile_query_over_http(server: Server) -> None:
    for text in (HOSTILE, "x" * 3_000, "[[[(((***"):
        page = server.get("/search", BROWSER, q=text)
        assert page.status == 200
        assert "<script" not in page.text


# In the browser


def read_script(content: bytes) -> Any:
    """What a script sets or hands over, which is JSON."""
    text = content.decode()
    return json.loads(text[text.index("{") : text.rindex(";")])


def test_names_in_the_browser_are_those_of_the_server(build: Build) -> None:
    views = [view_of(build, language) for language in ("en", "de")]
    (content,) = search_index.write_names(views).values()
    assert len(content) < 300_000
    index = read_script(content)
    assert [kinds[0] for kinds in index["kinds"]] == ["city", "Stadt"]
    for row, each in zip(index["rows"], read_names(build), strict=True):
        kind, _, names, shown, _, hidden = row
        assert list(KINDS)[kind] == each.kind
        assert {*names[::2], *hidden} == {name.text for name in each.names}
        places = shown if isinstance(shown, list) else [shown, shown]
        told = [tuple(names[2 * place : 2 * place + 2]) for place in places]
        assert told == [tuple(view.name(each.iri)) for view in views]


def test_many_names_are_parted(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "_PART", 20_000)
    views = [view_of(build)]
    (whole,) = search_index.write_names(views).values()
    files = search_index.write_names(views, whole=50_000)
    head = read_script(files.pop("search-index.js"))
    assert {name for _, name in head["parts"]} == set(files)
    assert len(files) > 5
    rows = {row[1]: row for content in files.values() for row in read_part(content)}
    assert sorted(rows) == sorted({row[1] for row in read_script(whole)["rows"]})
    starts = [start for start, _ in head["parts"]]
    assert starts == sorted(starts)
    for start, name in (("ku", "Kumamoto"), ("本", "Kumamoto"), ("19", "1999")):
        chosen = [file for first, file in head["parts"] if first <= start][-1]
        assert any(name in row[2] for row in read_part(files[chosen]))


def read_part(content: bytes) -> Any:
    text = content.decode()
    return json.loads(text[text.index("[") : text.rindex(")")])


def test_page_that_searches_in_the_browser(build: Build) -> None:
    view = View(build, SiteLinks(build.mint, Page("de")))
    html = search_page(view, None)
    assert '<script src="static/search-index.js" defer></script>' in html
    assert "<noscript>" in html
    assert 'role="status" aria-live="polite"' in html


QUERIES = (
    *("kumamoto", "熊本", "本市", "heidelberg", "Heidelbreg", "koelner", "KÖLNER", "musik", "a"),
    *("youth exchange", "1999", "elancourt", "lodz", "jules verne", "qqqq", "<b>", "austausch"),
)


@pytest.fixture
def site(build: Build, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A folder with the page; the bytes of names in one file are those asked for, or the usual."""
    view = View(build, SiteLinks(build.mint, Page("en")))
    static = tmp_path / "static"
    shutil.copytree(DATA.parent / "src/twingraph/pages/static", static)
    for name, content in search_index.write_names([view], *getattr(request, "param", ())).items():
        (static / name).write_bytes(content)
    (tmp_path / "search.html").write_text(search_page(view, None))
    return tmp_path


@pytest.mark.parametrize("site", [(), (50_000,)], ids=["whole", "parted"], indirect=True)
def test_browser_finds_what_the_server_finds(
    visit: Callable[[str], Visitor],
    site: Path,
    build: Build,
    index: NameIndex,
    request: pytest.FixtureRequest,
) -> None:
    page = visit(site.as_uri()).open("/search.html")
    is_parted = "parted" in request.node.callspec.id
    links = ServerLinks(build.mint, Page("en"))
    for query in QUERIES:
        hits = page.evaluate("text => twingraphNames.find(text)", query)
        told = [(hit["entry"]["link"], hit["how"]) for hit in hits]
        expected = [(links.resource(hit.iri), hit.how) for hit in index.search(query).hits]
        if is_parted:  # of parts of words and slips only those are there that are loaded
            told, expected = ([e for e in each if e[1] < WITHIN] for each in (told, expected))
        assert told == expected, query


def test_search_in_the_browser_with_the_keyboard(
    visit: Callable[[str], Visitor], site: Path
) -> None:
    page = visit(site.as_uri()).open("/search.html")
    page.locator("#q").press_sequentially("熊本")
    item = page.locator("ol.found li")
    item.wait_for()
    assert " ".join(item.inner_text().split()).startswith("熊本市 → is a name of Kumamoto city")
    assert page.get_by_role("status").inner_text() == "1 name found"
    page.keyboard.press("ArrowDown")
    assert page.locator(":focus").inner_text() == "Kumamoto"
    page.keyboard.press("Escape")
    page.keyboard.press("Control+A")
    page.keyboard.type("heidelberg")
    page.get_by_role("button", name="institution").click()
    assert {each.inner_text() for each in page.locator(".told .mark").all()} == {"institution"}


def test_other_language_searches_the_same(visit: Callable[[str], Visitor], site: Path) -> None:
    page = visit(site.as_uri()).open("/search.html?q=heidelberg")
    page.locator("#q").fill("熊本")
    page.get_by_role("button", name="Search").click()
    german = page.get_by_role("link", name="Deutsch")
    assert parse_qs(urlsplit(german.get_attribute("href") or "").query) == {"q": ["熊本"]}


def test_markup_is_text_in_the_browser(visit: Callable[[str], Visitor], site: Path) -> None:
    page = visit(site.as_uri()).open("/search.html?q=alert")
    item = page.locator("ol.found li")
    item.wait_for()
    assert "<script>alert('x')</script>" in item.inner_text()


def test_lists_stand_in_where_scripts_are_off(visit: Callable[[str], Visitor], site: Path) -> None:
    page = visit(site.as_uri()).open("/search.html", scripts=False)
    assert any("these lists have them all" in text for text in texts(page))


def test_spellings() -> None:
    assert spellings("Straße in Köln") == ("strasse in koln", "strasse in koeln")
