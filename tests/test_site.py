"""`twingraph site`: what the files hold, that every link leads there, and how they come to be."""

from __future__ import annotations

import ast
import gzip
import io
import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import pyoxigraph
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from example import DATA, write_folder
from packages import DATASET, OWN, read_parts
from test_layers import MODULES, imported_layers, layer_of
from test_package import NAMED
from twingraph import FileError, build_folder, open_build
from twingraph.cli import cli
from twingraph.export.quotes import filter_quotes
from twingraph.ontology import read_vocabulary
from twingraph.pages.addresses import find_document
from twingraph.pages.links import LANGUAGES
from twingraph.pages.quoted import QUOTES
from twingraph.pages.statements import find_statements
from twingraph.queries import ask, query, read_catalogue
from twingraph.records import open_folder
from twingraph.site import Options, Site, write_site
from twingraph.site.links import DESCRIPTIONS
from twingraph.site.names import Names, write_name
from twingraph.site.sitemap import write_sitemap
from twingraph.site.writing import find_url
from twingraph.vocab import OURS, Minter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BASE = "https://data.city.example/id/"
KEPT = """  - id: youth-council
    label: {en: Youth Council}
    kind: Association
    based_in: de/heidelberg
"""
URL = "https://city.example/twins/"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example, below a path in which a host would have it."""
    place = tmp_path_factory.mktemp("site")
    build_folder(DATA, place / "build")
    with open_build(place / "build") as build:
        write_site(build, place / "host/below/public", DATA)
    return place


@pytest.fixture(scope="module")
def public(example: Path) -> Path:
    return example / "host/below/public"


DEEP: Final = gzip.compress(b"[" * 10**5)  # JSON that no reader follows to its end


def make_site(
    place: Path, files: Mapping[str, str] | None = None, options: Options | None = None
) -> Path:
    """The site of the small folder of records, with some files replaced or added."""
    data = write_folder(place / "data", {**OWN, **(files or {})})
    build_folder(data, place / "build")
    write(place, options)
    return place / "public"


def write(place: Path, options: Options | None = None) -> Site:
    with open_build(place / "build") as build:
        return write_site(build, place / "public", place / "data", options, jobs=1)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small folder, at an address that is not its base. Not to be changed."""
    return make_site(tmp_path_factory.mktemp("small"), {}, Options(URL))


@pytest.fixture
def copied(small: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    shutil.copytree(small.parent, tmp_path / "copy", symlinks=True)
    return tmp_path / "copy"


def content(folder: Path) -> dict[str, bytes]:
    return dict(read_parts(folder))


# Links


def read_page(path: Path) -> etree._Element:
    return html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def list_links(page: etree._Element) -> list[str]:
    """What a browser would follow or load; the canonical address is for search engines."""
    found = page.xpath(
        "//*[not(@rel='canonical')]/@*[name()='href' or name()='src' or name()='action']"
    )
    return list(map(str, found))


def is_question(fragment: str, files: Mapping[str, Path]) -> bool:
    """Whether the query page is asked a question of the site, and with something known."""
    values = dict(parse_qsl(fragment))
    name = values.pop("question", "")
    pages = [
        {
            "/".join([key, *(write_name(part, only_small=small) for part in value.split("/"))])
            for small in (False, True)
        }
        for key, value in values.items()
        if not value.isdigit()
    ]
    is_known = all(any(f"{stem}.html" in files for stem in stems) for stems in pages)
    return is_known and f"ask/{name}.html" in files


def find_faults(folder: Path, own: tuple[str, ...]) -> list[tuple[str, str]]:
    """The links of a site that lead nowhere, or whole to where the site itself has a page."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    pages = {
        name: read_page(path)
        for name, path in files.items()
        if path.suffix == ".html" and not name.startswith("404.")  # a test of their own has those
    }
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    faults = []
    for name, page in pages.items():
        for link in list_links(page):
            parts = urlsplit(link)
            if parts.scheme:
                is_fault = parts.scheme not in ("http", "https") or link.startswith(own)
            else:
                at = urljoin(f"https://host/below/{name}", link).partition("#")[0]
                target = unquote(at.removeprefix("https://host/below/"))
                is_fault = link.startswith("/") or bool(parts.query) or target not in files
                is_fault = is_fault or not files[target].is_file()
                if "question=" in parts.fragment and not is_fault:
                    is_fault = not is_question(parts.fragment, files)
                elif parts.fragment and not is_fault:
                    is_fault = unquote(parts.fragment) not in ids[target]
            if is_fault:
                faults.append((name, link))
    return faults


def test_every_link_leads_to_a_file(public: Path) -> None:
    faults = find_faults(public, (OURS, "http://localhost", "http://127."))
    assert not faults, (len(faults), faults[:10])


def test_link_that_leads_nowhere_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x.html").write_text(
        "<a href='../y.html'>y</a> <a href='../a/x.html#b'>x</a> <a id='c' href='#c'>c</a>"
        "<a href='?q=1'>q</a> <img src='/a/x.html'>"
        f"<form action='{OURS}ns'></form> <a href='https://example.org/'>out</a>"
    )
    faults = [link for _, link in find_faults(tmp_path, (OURS,))]
    assert sorted(faults) == sorted(
        ["../y.html", "../a/x.html#b", "/a/x.html", "?q=1", f"{OURS}ns"]
    )


# Resources


@pytest.fixture(scope="module")
def documents(example: Path) -> list[str]:
    """The IRIs of ours that the build tells of, without their fragments."""
    with open_build(example / "build") as build:
        subjects = {str(quad.subject.value) for quad in build.store}
    found = {find_document(iri) for iri in subjects if iri.startswith(OURS)}
    assert len(found) > 200
    return sorted(found)


def test_every_resource_has_files_where_its_iri_is_looked_for(
    public: Path, documents: list[str]
) -> None:
    """A host that adds `.html`, or the index of a folder, answers the IRIs themselves."""
    for iri in documents:
        path = iri.removeprefix(OURS).removeprefix("id/")
        path += "index" if path.endswith("/") else ""
        for end in (".html", ".de.html", ".ttl", ".jsonld", ".rdf"):
            assert (public / f"{path}{end}").is_file(), path + end


def test_data_are_all_that_is_said(public: Path, example: Path, documents: list[str]) -> None:
    with open_build(example / "build") as build:
        names = Names(build.mint)
        for iri in documents[::9]:
            told = find_statements(build, iri)
            said = {quad.triple for quad in (*told.about, *told.within, *told.naming)}
            for media_type in DESCRIPTIONS:
                format_ = pyoxigraph.RdfFormat.from_media_type(media_type)
                assert format_ is not None
                path = public / f"{names.find_stem(iri)}.{format_.file_extension}"
                assert {quad.triple for quad in pyoxigraph.parse(path=path, format=format_)} == said


def test_heading_counts_what_is_listed(public: Path) -> None:
    """The dated, the undated, and the series whose editions are dated."""
    counted = 0
    for path in public.rglob("*.html"):
        page = read_page(path)
        for section in page.xpath("//section[@aria-labelledby='activities']"):
            is_whole = not section.xpath(".//nav")
            number = int(section.xpath("string(h2/span)").replace(",", "").replace(".", "") or 0)
            listed = len(section.xpath(".//*[@class='activities']/*[self::dd or self::li]"))
            assert listed == number or not is_whole, path
            counted += is_whole
    assert counted > 20
    assert "heidelberg-week.html" in (public / "partnership/heidelberg-kumamoto.html").read_text()


def test_german_page_is_german(public: Path) -> None:
    for path in (public / "index.de.html", public / "partnership/heidelberg-kumamoto.de.html"):
        page = read_page(path)
        assert page.get("lang") == "de"
        assert "Partnerschaften" in page.text_content()
        assert all(".de.html" in link for link in page.xpath("//nav//@href"))
        assert page.xpath("//link[@hreflang='en']/@href") == [path.name.replace(".de", "")]


LISTED = [("a", " years: 1999,", 45), ("u", "", 25)]  # more than a page of both
MANY = "activities:\n" + "".join(
    f"  - {{id: {letter}{n}, label: {{en: A}}, form: Visit,{years} quote: Visits of citizens}}\n"
    for letter, years, number in LISTED
    for n in range(number)
)
HOSTILE = (
    *("x", "X", "x.ttl", "x.TTL", "x.de", "x.page-2", "x.html", "index", "Index", "con", "NUL.x"),
    *("y.", "y", "e" * 300, "e" * 300 + "f", "E" * 300),
)
INSTITUTIONS = (
    "institutions:\n"
    + KEPT
    + "".join(f"  - {{id: {name}, label: {{en: N}}}}\n" for name in HOSTILE)
)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of lists that are longer than a page, and of ids that no file can be called."""
    files = {"sources/page/activities.yaml": MANY, "institutions.yaml": INSTITUTIONS}
    files["queries/much.rq"] = MUCH
    return make_site(tmp_path_factory.mktemp("large"), files)


def test_lists_go_on_in_further_files(large: Path) -> None:
    assert not find_faults(large, (BASE, OURS))
    of = large / "partnership/heidelberg-kumamoto"
    pages = [read_page(path) for path in of.parent.glob(f"{of.name}*.html")]
    shown = [
        str(link) for page in pages for link in page.xpath("//main//*[self::dd or self::li]//@href")
    ]
    assert of.with_name(f"{of.name}.undated-2.de.html").is_file()
    for letter, _, number in LISTED:
        for name in (f"{letter}{n}{end}.html" for n in range(number) for end in ("", ".de")):
            assert f"../activity/heidelberg-kumamoto/{name}" in shown
    assert (large / "year/1999.page-2.de.html").is_file()


def test_passage_is_on_the_page_of_quotes_that_is_led_to(tmp_path: Path) -> None:
    number = QUOTES + 1
    activities = "".join(
        f"  - {{id: a{n}, label: {{en: A}}, form: Visit, years: 1999, quote: Sentence {n}.}}\n"
        for n in range(number)
    )
    files = {
        "sources/page/page.txt": "\n".join(f"Sentence {n}." for n in range(number)),
        "sources/page/activities.yaml": f"activities:\n{activities}",
    }
    site = make_site(tmp_path, files)
    assert not find_faults(site, (BASE, OURS))
    last = read_page(site / f"activity/heidelberg-kumamoto/a{number - 1}.de.html")
    assert any("source/page.quotes-2.de.html#char=" in link for link in list_links(last))


# Names


def test_hostile_ids_have_files_of_their_own(large: Path) -> None:
    names = [path.relative_to(large).as_posix() for path in large.rglob("*") if path.is_file()]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(part) < 200 for name in names for part in name.split("/"))
    told = [
        str(read_page(path).xpath("//p[@class='identity']/code/text()")[0])
        for path in (large / "institution").rglob("*.html")
        if not path.name.endswith(".de.html")
    ]
    expected = [f"{BASE}institution/{name}" for name in (*HOSTILE, "youth-council")]
    assert sorted(told) == sorted(expected)
    assert (large / "institution/x.html").is_file()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=2, max_size=2, unique=True))
def test_names_differ_as_texts_do(texts: list[str]) -> None:
    one, other = (write_name(text.replace("/", ""), only_small=True) for text in texts)
    if texts[0].replace("/", "") != texts[1].replace("/", ""):
        assert one.casefold() != other.casefold()
    for name in (one, other):
        assert name not in ("", ".", "..")
        assert name.isascii()
        assert not set(name) & set('<>:"/\\|?*%#\0 ')


@pytest.mark.parametrize(
    ("path", "stem"),
    [
        ("institution/x", "institution/x"),
        ("pair/a~b", "pair/a~b"),
        ("pair/http%3A//x~b", "pair/http=253A/=/x~b"),
        ("ask/x", "=61sk/x"),
        ("a/../b", "a/=2E=2E/b"),
        ("topic/", "topic/index"),
        ("", None),
    ],
)
def test_stems(path: str, stem: str | None) -> None:
    assert Names(Minter(BASE)).find_stem(BASE + path) == stem


def test_capitals_are_told_apart_where_they_have_to_be() -> None:
    clashing = frozenset((f"{BASE}institution/x", f"{BASE}institution/X"))
    names = Names(Minter(BASE), clashing)
    stems = [names.find_stem(f"{BASE}institution/{name}") for name in ("x", "X", "Q42")]
    assert stems == ["institution/x", "institution/=58", "institution/Q42"]


# Answers


def test_answers_are_those_of_the_catalogue(public: Path, example: Path) -> None:
    with open_build(example / "build") as build:
        for name, question in read_catalogue().items():
            has_names = any(each.type == "language" for each in question.parameters)
            for language in LANGUAGES:
                answer = ask(build, name, **({"lang": language} if has_names else {}))
                end = f".{language}" if has_names and language != "en" else ""
                path = public / f"ask/{name}{end}.csv"
                assert path.read_bytes() == answer.serialize("csv"), path
                shown = read_page(public / f"ask/{name}{'' if language == 'en' else '.de'}.html")
                [sparql] = shown.xpath("//details[summary[contains(., 'SPARQL')]]/pre/text()")
                assert query(build, str(sparql)).serialize("csv") == path.read_bytes(), path
                data = shown.xpath("string(//p[@class='data'])")
                assert ("JSON (englische Namen)" in data) == bool(end), path
                if language == "en":  # JSON is for programs, which do not need it twice
                    path = path.with_suffix(".json")
                    assert path.read_bytes() == answer.serialize("json"), path
                page = read_page(public / f"ask/{name}{'' if language == 'en' else '.de'}.html")
                rows = len(page.xpath("//main//tbody/tr"))
                assert rows == min(len(answer), 200), name


def test_what_is_asked_of_one_resource_is_asked_in_the_browser(public: Path) -> None:
    links = list_links(read_page(public / "partnership/heidelberg-kumamoto.de.html"))
    asked = "../query.de.html#question=timeline&partnership=heidelberg-kumamoto"
    assert asked in links
    [form] = read_page(public / "ask/timeline.de.html").xpath("//main//form")
    assert form.get("action") == "../query.de.html"
    assert form.xpath(".//input[@name='question']/@value") == ["timeline"]
    assert "heidelberg-kumamoto" in form.xpath(".//select[@name='partnership']/option/@value")


def test_each_year_leads_to_its_answer(public: Path, example: Path) -> None:
    """Years with the same answer share it, and the first page lists them all."""
    page = read_page(public / "index.html")
    spans = {
        str(each.text): read_page(public / str(each.get("href")))
        for each in page.xpath("//ul[@class='choices']//a")
        if "institutions-since" in each.get("href")
    }
    told = [year for span in spans for year in range(*_bounds(span))]
    with open_build(example / "build") as build:
        rows = [row for row in ask(build, "institutions-since", since=1) if row["firstYear"]]
        firsts, lasts = ([int(str(row[key])) for row in rows] for key in ("firstYear", "lastYear"))
        assert told == list(range(min(firsts), max(lasts) + 1))
        for span, answered in spans.items():
            shown = [
                [each.text_content() for each in row.xpath("td")]
                for row in answered.xpath("//main//tbody/tr")
            ]
            for year in range(*_bounds(span)):
                answer = [
                    list(map(str, row))[1:]
                    for row in ask(build, "institutions-since", since=year).rows()
                ]
                assert shown == answer, year
    assert 1 < len(spans) < len(told)


def test_site_of_the_example_is_small(example: Path, tmp_path: Path) -> None:
    """So that it is soon copied to any host; the engine of the query page is apart. The address
    stands in each page and in the sitemap."""
    url = "https://www.city.example/partnerships/of/the/city/"
    with open_build(example / "build") as build:
        write_site(build, tmp_path / "public", DATA, Options(url))
    files = [path for path in (tmp_path / "public").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files if ".wasm" not in path.name) < 6_000_000


@pytest.mark.parametrize("damage", [b"", b"no gzip", gzip.compress(b"["), DEEP])
def test_damaged_manifest_is_told(copied: Path, damage: bytes) -> None:
    """And the former site stays."""
    manifest = copied / "public/manifest.json.gz"
    whole = manifest.read_bytes()
    manifest.write_bytes(damage or whole[:100])
    files = [path for path in (copied / "public").rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    with pytest.raises(FileError, match=r"manifest\.json\.gz: is damaged .*name another folder"):
        write(copied)
    assert {path: path.read_bytes() for path in files} == before


def test_answers_of_years_have_no_data_beside_them(public: Path) -> None:
    """Their pages lead to where the browser makes them."""
    folder = public / "ask/institutions-since"
    assert {path.suffix for path in folder.iterdir()} == {".html"}
    for path in folder.glob("*.html"):
        [link] = read_page(path).xpath("//p[@class='data']/a/@href")
        assert "query" in link
        assert "#question=institutions-since&since=" in link


def _bounds(span: str) -> tuple[int, int]:
    first, _, last = span.partition("–")
    return int(first), int(last or first) + 1


QUESTION = (
    "# What is a question of one's own?\n#+ returns: year; by year\n"
    "SELECT DISTINCT ?year WHERE { VALUES ?year { 1999 } } ORDER BY ?year\n"
)
MUCH = QUESTION.replace("1999", " ".join(map(str, range(2500))))


def test_long_answer_has_its_end_in_the_data(large: Path) -> None:
    assert len((large / "ask/much.csv").read_text().splitlines()) == 1 + 2500
    assert not (large / "ask/much.page-11.html").exists()
    last = read_page(large / "ask/much.page-10.html")
    assert str(last.xpath("//main//tbody/tr[last()]/td/text()")[0]) == "1999"
    assert "The further rows stand in the data: CSV, JSON." in last.text_content()
    assert "The further rows" not in (large / "ask/much.page-9.html").read_text()


# What must not be shown, and what search engines are told


def test_no_contact_in_any_file(public: Path) -> None:
    contacts = open_folder(DATA, read_vocabulary()).contact_names
    assert contacts
    parts = list(read_parts(public))
    assert len(parts) > 1000
    for name, data in parts:
        for contact in contacts:
            assert contact.split()[-1].encode() not in data, (name, contact)


def test_whole_quotes_and_a_question_of_ones_own(tmp_path: Path) -> None:
    """A contact who is named in a page is masked in its quoted words too."""
    files = {**NAMED, "queries/own-question.rq": QUESTION}
    public = make_site(tmp_path, files, Options(quotes="full"))
    parts = content(public)
    assert not [name for name, data in parts.items() if b"Mustermann" in data]
    for name in ("source/page.html", "activity/heidelberg-kumamoto/exchange.de.html"):
        assert "████".encode() in parts[name], name
        assert b"Write to her." in parts[name], name
    assert parts["ask/own-question.csv"].split() == [b"year", b"1999"]
    assert "ask/own-question.html" in list_links(read_page(public / "index.html"))


def test_what_is_removed_is_gone_from_every_file(small: Path, tmp_path: Path) -> None:
    gone = (b"Visits of citizens", b"example.org/page")
    removed = "id: page\ntitle: Main focus\nurl: https://example.org/page\nremoved: on request\n"
    before = content(small)
    after = content(make_site(tmp_path, {"sources/page/source.yaml": removed}))
    for word in gone:
        assert any(word in data for data in before.values())
        assert not [name for name, data in after.items() if word in data]


SENTENCES = "The first sentence of it. The second sentence of it.\n"


def test_no_more_words_than_a_package_has(tmp_path: Path) -> None:
    files = {
        "sources/page/page.txt": SENTENCES,
        "sources/page/activities.yaml": "activities:\n  - {id: a, label: {en: A}, form: Visit, "
        f"years: 1999, quote: {SENTENCES.strip()}}}\n",
    }
    make_site(tmp_path, files)
    for quotes, there in (("short", 1), ("none", 0)):
        if quotes != "short":  # which is the default
            write(tmp_path, Options(quotes=quotes))
        parts = content(tmp_path / "public")
        for number, word in enumerate((b"The first sentence", b"The second sentence"), 1):
            named = {name for name, data in parts.items() if word in data}
            assert bool(named) == (there >= number), (quotes, word, named)
        with open_build(tmp_path / "build") as build:
            files_ = [path.read_bytes() for path in build.quad_files]
        whole = io.BytesIO(b"".join(files_))
        assert parts["data.nq.gz"] == b"".join(filter_quotes(whole, quotes))


def test_sitemap_has_all_pages(small: Path) -> None:
    root = etree.fromstring((small / "sitemap.xml").read_bytes())
    told = [str(each) for each in root.xpath("//*[local-name()='loc']/text()")]
    pages = {path.relative_to(small).as_posix(): path for path in small.rglob("*.html")}
    assert sorted(told) == sorted(URL + name for name in pages if not name.startswith("404."))
    assert f"Sitemap: {URL}sitemap.xml" in (small / "robots.txt").read_text()
    for name, path in pages.items():
        if not name.startswith("404."):
            assert read_page(path).xpath("//link[@rel='canonical']/@href") == [URL + name]
    for language, message in (
        ("", "There is no page at this address."),
        (".de", "Unter dieser Adresse gibt es keine Seite."),
    ):
        page = read_page(small / f"404{language}.html")
        [alert] = page.xpath("//p[@role='alert']")
        assert (alert.text, len(alert)) == (message, 0)
        links = list_links(page)
        assert URL in {link[: len(URL)] for link in links}
        own = [link for link in links if link != "#content" and "creativecommons" not in link]
        assert all((small / link.removeprefix(URL)).is_file() for link in own)


def test_sitemap_of_very_many_pages_is_in_parts(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.html").touch()
    write_sitemap(tmp_path, URL, most=2)
    index = (tmp_path / "sitemap.xml").read_text()
    assert [f"{URL}sitemap-{n}.xml" in index for n in range(1, 5)] == [True, True, True, False]
    assert f"<loc>{URL}4.html</loc>" in (tmp_path / "sitemap-3.xml").read_text()


def test_address_is_that_of_ones_own_base(large: Path, public: Path) -> None:
    assert f"Sitemap: {BASE}sitemap.xml" in (large / "robots.txt").read_text()
    assert not (public / "sitemap.xml").exists()
    with pytest.raises(FileError, match="no address of a site; expected https://your"):
        write(large.parent, Options("city.example/twins"))


# How it comes to be


def test_several_processes_write_the_same(small: Path, copied: Path) -> None:
    code = f"""
from twingraph import open_build
from twingraph.site import Options, write_site
with open_build("build") as build:
    write_site(build, "more", "data", Options({URL!r}), jobs=3)
"""
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    subprocess.run([sys.executable, "-c", code], cwd=copied, env=environment, check=True)
    assert content(copied / "more") == content(small)


def test_killed_run_leaves_the_former_site_whole(small: Path, copied: Path) -> None:
    """Killed in the middle of its pages, once in all its processes and once in one of them."""
    code = """
import os, signal, sys
from twingraph import FileError, open_build
from twingraph.site import tasks, write_site
whom = os.getpid() if sys.argv[1] == "all" else 0
tasks._TASKS["place"] = lambda *given: os.kill(whom or os.getpid(), signal.SIGKILL)
with open_build("build") as build:
    try:
        write_site(build, "public", "data", jobs=2)
    except FileError as error:
        print(error)
"""
    first = content(small)
    for whom in ("all", "one"):
        command = [sys.executable, "-c", code, whom]
        done = subprocess.run(command, cwd=copied, capture_output=True, text=True, check=False)
        if whom == "all":
            assert done.returncode == -signal.SIGKILL
        else:
            assert "was killed" in done.stdout
        assert content(copied / "public") == first
    assert sorted(p.name for p in copied.iterdir()) == ["build", "data", "public"]


def test_folder_with_something_else_is_left_alone(copied: Path) -> None:
    (copied / "public/notes.txt").write_text("mine")
    with pytest.raises(FileError, match=r"holds 'notes\.txt', which is not of a former export"):
        write(copied)
    assert (copied / "public/notes.txt").read_text() == "mine"


def test_what_is_not_to_be_published_is_refused(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data", {"dataset.yaml": DATASET})
    build_folder(data, tmp_path / "build")
    with pytest.raises(FileError, match="is the one of our example"):
        write(tmp_path)
    (data / "institutions.yaml").write_text("institutions: []\n")
    with pytest.raises(FileError, match="is older than"):
        write(tmp_path, Options(allow_default_base=True))


def run(place: Path, *options: str) -> Result:
    arguments = ["site", "--build", str(place / "build"), "--data", str(place / "data"), *options]
    return CliRunner().invoke(cli, arguments, prog_name="twingraph")


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://city.example/partners", "https://city.example/partners/"),
        (
            "https://münchen.example/Städte/",
            "https://xn--mnchen-3ya.example/St%C3%A4dte/",
        ),
        ("http://localhost:8080", "http://localhost:8080/"),
        ("https://[::1]/", None),
        ("https://[bad/", None),
        ("https://a b/", None),
        ("https://user:secret@host/", None),
        ("https://host:99999/", None),
        ('https://a.example/"><b>/', None),
        ("https://a.example/?x", None),
        ("a.example", None),
    ],
)
def test_address_of_the_site(small: Path, given: str, url: str | None) -> None:
    with open_build(small.parent / "build") as build:
        if url is not None:
            assert find_url(build, given) == url
            return
        with pytest.raises(FileError, match="is no address of a site"):
            find_url(build, given)


def test_folder_of_records_that_is_not_there_is_refused(copied: Path) -> None:
    """Else the site would be nobody's, without licence and without one's own questions."""
    result = run(copied, "-o", str(copied / "new"), "--data", str(copied / "nodata"))
    assert result.exit_code == 2
    assert "nodata: no such folder; expected the records" in result.output
    assert not (copied / "new").exists()


def test_command(small: Path, copied: Path) -> None:
    """It takes the place of a former site."""
    public = copied / "public"
    (public / "index.html").write_text("former")
    result = run(copied, "-o", str(public), "--url", URL.rstrip("/"))
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    files = [path for path in public.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    assert f"{size:,} bytes in {len(files):,} files" in result.stderr
    assert content(public) == content(small)
    result = run(copied, "-o", str(public), "--url", "ftp://x/")
    assert (result.exit_code, "no address of a site" in result.stderr) == (2, True)


def test_site_needs_no_server() -> None:
    for path in MODULES:
        if layer_of(path) == "site":
            assert "serve" not in imported_layers(ast.parse(path.read_text())), path
