"""The ontology's page documents every term of it, in both languages, from the build's own graph."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

import twingraph
from example import DATA
from twingraph import vocab
from twingraph.files import find_shipped
from twingraph.pages.listing import listing_page
from twingraph.pages.resources import resource_page
from twingraph.pages.terms import make_anchor
from twingraph.pages.view import View
from twingraph.serve.jobs import Page
from twingraph.serve.links import ServerLinks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.store import Build

NS = "https://w3id.org/twingraph/ns"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
VOID = frozenset(("br", "hr", "img", "input", "link", "meta"))


@cache
def declared() -> dict[str, dict[str, list[pyoxigraph.Literal | pyoxigraph.NamedNode]]]:
    """What ontology/twingraph.ttl says of each term."""
    path = find_shipped("ontology") / "twingraph.ttl"
    said: dict[str, dict[str, list[pyoxigraph.Literal | pyoxigraph.NamedNode]]] = {}
    for quad in pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
        if isinstance(quad.subject, pyoxigraph.NamedNode) and quad.subject.value != NS:
            of_term = said.setdefault(quad.subject.value, {})
            if not isinstance(quad.object, pyoxigraph.BlankNode | pyoxigraph.Triple):
                of_term.setdefault(quad.predicate.value, []).append(quad.object)
    return said


class Document(HTMLParser):
    """A page: its elements, closed in order; headings, ids and links; texts by id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: dict[str, str] = {}
        self.languages: dict[str, set[tuple[str, str]]] = {}
        self.spoken: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        assert len(values) == len(attrs), (tag, attrs)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if "href" in values else []
        if match := re.fullmatch(r"h([1-6])", tag):
            self.headings.append(int(match[1]))
        if tag in ("dt", "dd"):
            self.handle_data(" ")
        if tag not in VOID:
            self.open.append((tag, values.get("id", "")))
            self.spoken.append(values.get("lang", ""))

    def handle_endtag(self, tag: str) -> None:
        assert tag not in VOID, tag
        opened, _ = self.open.pop()
        self.spoken.pop()
        assert opened == tag, (opened, tag, self.getpos())

    def handle_data(self, data: str) -> None:
        language = next((each for each in reversed(self.spoken) if each), "")
        for _, name in self.open:
            if name:
                self.texts[name] = self.texts.get(name, "") + data
                self.languages.setdefault(name, set()).add((data.strip(), language))


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    path = tmp_path_factory.mktemp("ontology") / "build"
    twingraph.build_folder(DATA, path)
    with twingraph.open_build(path) as opened:
        yield opened


def view_of(build: Build, language: str = "en") -> View:
    return View(build, ServerLinks(build.mint, Page(language)))


@pytest.fixture(scope="module")
def html(build: Build) -> str:
    found = resource_page(view_of(build), NS)
    assert found is not None
    return found


@pytest.fixture(scope="module", params=["en", "de"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(build: Build, language: str) -> Document:
    html = resource_page(view_of(build, language), NS)
    assert html is not None
    return Document(html)


def text_of(page: Document, term: str) -> str:
    return " ".join(page.texts[term].split())


def test_every_term_is_documented(page: Document, language: str) -> None:
    """By an anchor that is its fragment, with its labels and its definition."""
    assert len(declared()) > 100
    for iri, said in declared().items():
        anchor = make_anchor(iri)
        assert page.ids.count(anchor) == 1
        if iri.startswith(f"{NS}#"):
            assert anchor == iri.partition("#")[2]
        text = text_of(page, anchor)
        for property_ in (f"{RDFS}label", f"{vocab.SKOS}definition", f"{vocab.SKOS}altLabel"):
            for each in said.get(property_, []):
                assert isinstance(each, pyoxigraph.Literal)
                expected = "" if each.language == language else each.language
                found = {spoken for text, spoken in page.languages[anchor] if text == each.value}
                assert expected in found or (not expected and language in found), each
                assert each.value in text


def test_labels_begin_in_the_language_of_the_page(page: Document, language: str) -> None:
    expected = {"en": "activity · Aktivität", "de": "Aktivität · activity"}[language]
    assert (
        text_of(page, "Activity")
        .replace(" ", "")
        .startswith(expected.replace(" · ", "").replace(" ", ""))
    )


def test_page_is_well_formed(page: Document) -> None:
    assert page.open == []
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    for one, other in zip(page.headings, page.headings[1:], strict=False):
        assert other <= one + 1
    assert len(set(page.ids)) == len(page.ids)


def test_links_within_the_page_lead_somewhere(page: Document) -> None:
    within = {link[1:] for link in page.links if link.startswith("#")}
    assert len(within) > 100
    assert within <= set(page.ids)


def test_what_the_page_tells_of_the_ontology(build: Build, page: Document) -> None:
    text = text_of(page, "content")
    for said in ("0.1.0", "CC0 1.0", f"PREFIX tg: <{NS}#>", NS):
        assert said in text
    assert "?format=ttl" in page.links
    assert "?format=jsonld" in page.links
    assert ServerLinks(build.mint, Page()).listing("topics") in page.links


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("about", "Inferred from topic, then broader, however far up"),
        ("activeInTopic", "Inferred from involved in, then about"),
        ("exchangedWith", "symmetric"),
        ("partOf", "transitive"),
        ("involves", "The other way round involved in"),
        ("involvedIn", "The other way round involves"),
        ("organizer", "Narrower than involves"),
        ("involves", "prov:wasAssociatedWith"),
        ("organizer", "In other vocabularies schema:organizer"),
        ("basedIn", "From institution (whatever has it is inferred to be one)"),
        ("basedIn", "To municipality (its values are inferred to be one)"),
        ("kind", "From partnership, stage of a partnership"),
        ("Activity", "Never also institution, municipality, partnership"),
        ("Workshop", "Narrower than meeting"),
        ("kind-twinning", "A lasting partnership by a formal agreement"),
        ("recurrence-regular", "A recurrence at even times"),
    ],
)
def test_how_terms_hang_together(html: str, term: str, said: str) -> None:
    assert said in text_of(Document(html), term)


@pytest.mark.parametrize(
    ("term", "kinds"),
    [
        ("activeIn", ["inferred"]),
        ("possiblyActiveIn", ["possibly"]),
        ("organizer", ["asserted"]),
        ("Institution", ["asserted", "inferred"]),
        ("University", ["asserted"]),
    ],
)
def test_derived_is_told_from_stated(html: str, term: str, kinds: list[str]) -> None:
    section = html.partition(f'<section class="term" id="{term}">')[2].partition("</section>")[0]
    told = re.findall(r'<b class="\w+">(\w+)</b>', section)
    assert told == kinds


def test_example_leads_to_what_it_shows(html: str) -> None:
    section = html.partition('id="basedIn">')[2].partition("</section>")[0]
    assert "<dt>Example</dt>" in section
    assert 'href="/twingraph/id/institution/' in section
    assert 'href="/twingraph/id/municipality/' in section


def test_all_statements_stay_reachable(build: Build) -> None:
    html = resource_page(view_of(build), NS, {"view": "statements"})
    assert html is not None
    assert 'id="Activity"' in html
    hidden = declared()[f"{NS}#Museum"][f"{vocab.SKOS}hiddenLabel"]
    assert hidden  # which nothing else shows
    for each in hidden:
        assert f">{each.value}<" in html


# Topics


def test_topics_are_a_tree(build: Build, language: str) -> None:
    html = listing_page(view_of(build, language), "topics")
    page = Document(html)
    assert page.open == []
    assert page.headings == [1]
    view = view_of(build, language)
    topics = view.subjects(vocab.RDF_TYPE, f"{vocab.TG}Topic")
    assert len(topics) > 30
    for topic in topics:
        assert page.links.count(str(view.link(topic))) == 1
        for label in view.wordings(topic):
            assert label.text in html
    climate, environment = (
        f'href="{view.link(vocab.TOPIC + id_)}"' for id_ in ("climate", "environment")
    )
    between = html[html.index(environment) : html.index(climate)]
    assert between.count("<ul>") == between.count("</ul>") + 1


def test_topics_tell_how_many_activities(build: Build) -> None:
    [(expected,)] = view_of(build).rows(
        "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a tg:about topic:environment }"
    )
    html = listing_page(view_of(build), "topics")
    entry = html.partition("/topic/environment?")[2].partition("</p>")[0]
    assert f'<span class="count">{expected}</span>' in entry
