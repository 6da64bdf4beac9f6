"""Pages for people: what each class of resource shows, who says it, and what is hostile in it."""

from __future__ import annotations

import json
import re
from html import escape
from html.parser import HTMLParser
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, parse_qsl

import pyoxigraph
import pytest

from example import SMALL, write_folder, write_with_import
from twingraph import build_folder, open_build, read_catalogue, vocab
from twingraph.errors import PageError, QueryError
from twingraph.media import RDF_XML
from twingraph.pages.about import read_about
from twingraph.pages.answer import answer_page
from twingraph.pages.bidi import balance
from twingraph.pages.facts import list_facts
from twingraph.pages.home import home_page
from twingraph.pages.links import KINDS
from twingraph.pages.listing import listing_page
from twingraph.pages.messages import message_page
from twingraph.pages.paging import PAGE
from twingraph.pages.quoted import QUOTES
from twingraph.pages.resources import resource_page
from twingraph.pages.serializing import serialize
from twingraph.pages.statements import Told, find_statements
from twingraph.pages.texts import PageTexts
from twingraph.pages.view import View, Words
from twingraph.plot import dated
from twingraph.queries import ask, find_question
from twingraph.serve.jobs import Page
from twingraph.serve.links import ServerLinks
from twingraph.vocab import Minter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from twingraph.store import Build

BASE = vocab.DEFAULT_BASE
MARKUP = '<img src=x onerror="alert(1)"></title><script>alert(2)</script>'
TURNED = "\u202eright to left\u2066"
LONG = "Very long name " * 700  # 10,500 characters
NOTE = "Very long note " * 700 + "to its end"
MANY = 3 * PAGE
ACTIVITIES = f"""
activities:
  - id: youth-exchange
    label: {{en: Youth exchange, de: Jugendaustausch}}
    form: YouthExchange
    topics: [youth, climate]
    years: 1993/..
    organizers: [youth-council]
    held_in: [de/heidelberg]
    quote: Annual youth exchange of the youth council since 1993
  - {{id: visits, label: {{en: Visits of citizens}}, form: Visit, quote: Visits of citizens}}
  - {{id: decade, label: {{en: Concerts}}, form: Performance, years: 198X}}
  - {{id: markup, label: {{en: {json.dumps(MARKUP)}}}, form: Visit, years: 1999}}
  - {{id: turned, label: {{en: {json.dumps(TURNED)}}}, form: Visit, years: 1999}}
  - {{id: long, label: {{en: {json.dumps(LONG)}}}, form: Visit, years: 1999, note: {NOTE}}}
  - {{id: german, label: {{de: Nur auf Deutsch}}, form: Visit, years: 2000}}
  - {{id: japanese, label: {{ja: 姉妹都市}}, form: Visit, years: 2000}}
  - {{id: noted, label: {{en: Noted}}, form: Visit, years: 2000, note: The page is vague.}}
  - {{id: french, label: {{fr: Visite}}, form: Visit, years: 2000}}
"""
OTHER = """
id: other
title: Other
url: https://example.org/other
language: de
partnership: heidelberg-kumamoto
as_of: 2021
as_of_reason: its date
"""
DISPUTED = """
activities:
  - {id: youth-exchange, label: {en: Youth exchange}, form: YouthExchange, years: 1995/..}
  - {id: told-twice, label: {en: Told twice}, form: Visit}
"""
THIRD = """
activities:
  - {id: told-twice, label: {en: Told twice}, form: Visit}
"""
PAGE_TEXT = """Main focus, by Erika Mustermann

  • Annual youth exchange of the youth council since 1993, told by Erika Mustermann
  • Visits of citizens
"""


def many() -> str:
    lines = [
        f"  - {{id: event-{i}, label: {{en: Event {i}}}, form: Visit, years: {1900 + i % 90}, "
        f"quote: Sentence {i}.}}"
        for i in range(MANY)
    ]
    return "activities:\n" + "\n".join(lines)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "sources/page/activities.yaml": ACTIVITIES,
        "sources/page/page.txt": PAGE_TEXT,
        "sources/other/source.yaml": OTHER,
        "sources/other/activities.yaml": DISPUTED,
        "sources/third/source.yaml": OTHER.replace("id: other", "id: third"),
        "sources/third/activities.yaml": THIRD,
        "sources/many/source.yaml": OTHER.replace("id: other", "id: many"),
        "sources/many/activities.yaml": many(),
        "sources/many/page.txt": "\n".join(f"Sentence {i}." for i in range(MANY)),
        "dataset.yaml": "title: {en: Our partners, de: Unsere Partner}\n"
        "publisher: {name: {en: City of X}}\nlicence: https://creativecommons.org/licenses/by/4.0/\n",
    }
    return write_folder(tmp_path_factory.mktemp("pages") / "data", files)


@pytest.fixture(scope="module")
def build(data: Path) -> Iterator[Build]:
    build_folder(data, data.parent / "build")
    with open_build(data.parent / "build") as opened:
        yield opened


@pytest.fixture(scope="module")
def texts(data: Path, build: Build) -> PageTexts:
    return PageTexts(data, build.manifest)


def view_of(build: Build, language: str = "en", **values: str) -> View:
    page = Page(language, is_chosen=True, values=values)
    return View(build, ServerLinks(build.mint, page))


def page_of(build: Build, path: str, language: str = "en", **values: str) -> str:
    page = resource_page(view_of(build, language, **values), f"{BASE}{path}", values)
    assert page is not None
    return page


def strip(html: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", html)


class Outline(HTMLParser):
    """Headings in order, ids, links, and whether every element that is opened is closed."""

    VOID = frozenset(("meta", "link", "img", "br", "input", "hr"))

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.links: list[str] = []
        self.scripts = 0
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.scripts += tag == "script"
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


PATHS = [
    "partnership/heidelberg-kumamoto",
    "municipality/de/heidelberg",
    "institution/youth-council",
    "activity/heidelberg-kumamoto/youth-exchange",
    "activity/heidelberg-kumamoto/markup",
    "activity/heidelberg-kumamoto/long",
    "year/1999",
    "source/page",
    "decade/1990",
]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("path", PATHS)
def test_pages_are_whole_and_in_order(build: Build, path: str, language: str) -> None:
    page = page_of(build, path, language)
    outline = Outline(page)
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(
        after - before <= 1
        for before, after in zip(outline.headings, outline.headings[1:], strict=False)
    )
    assert outline.scripts == 0
    assert f'<html lang="{language}">' in page
    assert not [link for link in outline.links if link.startswith("javascript:")]


@pytest.mark.parametrize("path", PATHS)
def test_no_text_becomes_markup(build: Build, path: str) -> None:
    page = page_of(build, path)
    assert "<img src=x" not in page
    assert "<script" not in page


def test_hostile_names_are_isolated_and_cut_with_a_way_to_the_whole(build: Build) -> None:
    listed = page_of(build, "year/1999")
    assert f"<bdi>{TURNED}\u2069\u202c</bdi>" in listed  # else it would go on after the element
    assert LONG[:160].rstrip() + "…</a>" in listed
    assert LONG[:1000] not in listed
    own = page_of(build, "activity/heidelberg-kumamoto/long")
    assert "The whole name" in own
    assert LONG.rstrip() in own
    shown, _, rest = own.partition("the rest</summary>")
    assert NOTE[:2000] in shown
    assert NOTE not in shown
    assert "to its end" in rest


@pytest.mark.parametrize(
    ("text", "balanced"),
    [
        ("plain", "plain"),
        ("\u2069out\u202e", "out\u202e\u202c"),
        ("\u2067\u202bin\u2069\u202c", "\u2067\u202bin\u2069"),
        ("\u202e\u2068in\u202c", "\u202e\u2068in\u202c\u2069\u202c"),
    ],
)
def test_directions_are_closed_where_they_were_opened(text: str, balanced: str) -> None:
    assert balance(text) == balanced


@pytest.mark.parametrize(
    ("name", "english", "german"),
    [
        ("youth-exchange", "Youth exchange", "Jugendaustausch"),
        ("visits", "Visits of citizens", "Visits of citizens"),
        ("german", "Nur auf Deutsch", "Nur auf Deutsch"),
        ("japanese", "姉妹都市", "姉妹都市"),
    ],
)
def test_names_fall_back_to_english_german_any(
    build: Build, name: str, english: str, german: str
) -> None:
    iri = f"{BASE}activity/heidelberg-kumamoto/{name}"
    assert view_of(build, "en").name(iri).text == english
    assert view_of(build, "de").name(iri).text == german


def test_names_in_other_languages_say_which(build: Build) -> None:
    page = page_of(build, "year/2000")
    assert ' lang="ja">姉妹都市</a>' in page
    assert ' lang="de">Nur auf Deutsch</a>' in page


def test_what_is_said_tells_who_says_it(build: Build) -> None:
    page = page_of(build, "activity/heidelberg-kumamoto/youth-exchange")
    facts = re.sub(r"<[^>]+>|\s+", " ", page)
    assert re.search(r"Organizer\s+Youth Council\s+asserted\s+Main focus", facts)
    told = re.sub(r"\s+", " ", facts)
    assert re.search(r"About climate ?, environment ?, youth inferred", told), told


def test_note_is_the_editors_not_the_sources(build: Build) -> None:
    facts = list_facts(
        view_of(build), f"{BASE}activity/heidelberg-kumamoto/noted", (f"{vocab.SKOS}note", "within")
    )
    assert [said.kind for fact in facts for said in fact.said] == ["note", "asserted"]


def test_map_is_left_out_where_no_place_is_known(build: Build) -> None:
    page = page_of(build, "partnership/heidelberg-kumamoto")
    assert "/picture/timeline.svg" in page
    assert "/picture/map.svg" not in page


def test_sources_that_disagree_stand_side_by_side(build: Build) -> None:
    page = page_of(build, "activity/heidelberg-kumamoto/youth-exchange")
    sides = page[page.index("The sources disagree") : page.index("The words that prove it")]
    told = re.sub(r"<[^>]+>|\s+", " ", sides)
    assert re.search(r"1993–\s+asserted\s+Main focus", told)
    assert re.search(r"1995–\s+asserted\s+Other", told)
    assert page.count('class="side"') == 2


def test_certain_possible_and_undated_are_apart(build: Build) -> None:
    year = page_of(build, "year/1985")
    certain, possible = year.split("Possibly under way")
    assert "Concerts" in possible
    assert "Concerts" not in certain
    partnership = page_of(build, "partnership/heidelberg-kumamoto")
    dated, undated = partnership.split('id="undated"')
    assert "Visits of citizens" in undated
    assert "Visits of citizens" not in dated.partition('id="activities"')[2]


def test_quoted_words_are_marked_in_their_line_and_contacts_masked(
    build: Build, texts: PageTexts
) -> None:
    iri = f"{BASE}activity/heidelberg-kumamoto/youth-exchange"
    view = view_of(build)
    view.texts = texts
    page = resource_page(view, iri)
    assert page is not None
    assert "<mark>Annual youth exchange of the youth council since 1993</mark>" in page
    assert re.search(r", told by (█| ){16}<", page)
    assert "Mustermann" not in page
    assert "• Visits of citizens" in page  # the line below


def test_words_around_a_quote_need_the_page_that_was_built(data: Path, build: Build) -> None:
    path = data / "sources/page/page.txt"
    place = f"{BASE}source/page/page.txt#char="
    [passage] = view_of(build).values(
        f"{BASE}activity/heidelberg-kumamoto/visits", f"{vocab.TG}evidence"
    )
    start, end = map(int, passage.removeprefix(place).split(","))
    before = path.read_bytes()
    found = PageTexts(data, build.manifest).find_context("page", start, end)
    assert found is not None
    assert found.words == "Visits of citizens"
    try:
        path.write_bytes(before + b"changed")
        assert PageTexts(data, build.manifest).find_context("page", start, end) is None
    finally:
        path.write_bytes(before)
    contacts = data / "sources/page/source.yaml"
    kept = contacts.read_bytes()
    try:  # who is a contact is not known any more
        contacts.write_bytes(kept.replace(b"Erika", b"Erna"))
        changed = PageTexts(data, build.manifest).find_context("page", start, end)
        assert changed is None
    finally:
        contacts.write_bytes(kept)


@pytest.mark.parametrize(
    "path",
    ["partnership/heidelberg-kumamoto", "municipality/de/heidelberg", "browse/activities"],
)
def test_pages_of_a_list_have_each_activity_once(build: Build, path: str) -> None:
    found: list[str] = []
    for number in range(1, 10):
        values = {"page": str(number)}
        if path.startswith("browse/"):
            page = listing_page(view_of(build, **values), path.removeprefix("browse/"), values)
        else:
            page = page_of(build, path, **values)
        dated = page.partition('id="activities"')[2].partition('id="undated"')[0]
        entries = dated.partition("</figure>")[2]
        names = re.findall(r'<dt>[^<]+</dt><dd><a href="([^"?]+)', entries)
        assert len(names) <= PAGE
        found += names
        if f"page={number + 1}" not in page:
            break
    assert len(found) == len(set(found)) == MANY + 9


def test_activities_without_a_time_are_a_plain_list(build: Build) -> None:
    """A term of a list would be empty."""
    page = page_of(build, "partnership/heidelberg-kumamoto")
    undated = page.partition('id="undated"')[2].partition("</section>")[0]
    assert '<ul class="activities">' in undated
    assert "<dt></dt>" not in page


def test_json_ld_has_maps_of_languages(build: Build) -> None:
    """As who reads it as JSON expects; what is said in no language stays as it is."""
    iri = f"{vocab.TOPIC}sport"
    content = json.loads(serialize(find_statements(build, iri), "application/ld+json", build.mint))
    assert content["@context"]["rdfs:label"] == {"@container": "@language"}
    nodes = [node for graph in content["@graph"] for node in graph["@graph"]]
    [label] = [node["rdfs:label"] for node in nodes if "rdfs:label" in node]
    assert label == {"de": "Sport", "en": "sport"}


def test_last_page_of_a_year_has_something(tmp_path: Path) -> None:
    """A series counts as under way in it, and is listed by its edition."""
    visits = "".join(
        f"  - {{id: visit-{n}, label: {{en: Visit {n}}}, form: Visit, years: 1999}}\n"
        for n in range(PAGE - 1)
    )
    series = '  - {id: series, label: {en: Series}, form: Festival, years: "{1995,1999}"}\n'
    files = {"sources/page/activities.yaml": f"activities:\n{visits}{series}"}
    build_folder(write_folder(tmp_path / "data", files), tmp_path / "build")
    with open_build(tmp_path / "build") as opened:
        page = page_of(opened, "year/1999")
        assert page.count("</dt><dd>") == PAGE
        assert "page=2" not in page
        with pytest.raises(PageError, match="there is no page 2; the last is 1"):
            page_of(opened, "year/1999", page="2")


def test_lists_beside_activities_are_in_pages(tmp_path: Path) -> None:
    institutions = "institutions:\n" + "".join(
        f"  - {{id: club-{i}, label: {{en: Club {i}}}, based_in: de/heidelberg}}\n"
        for i in range(PAGE + 5)
    )
    clubs = ", ".join(f"club-{i}" for i in range(PAGE + 5))
    activity = (
        f"{{id: fair, label: {{en: Fair}}, form: Visit, years: 1999, participants: [{clubs}]}}"
    )
    folder = write_folder(
        tmp_path / "data",
        {
            "institutions.yaml": institutions,
            "sources/page/activities.yaml": f"activities:\n  - {activity}\n",
        },
    )
    build_folder(folder, tmp_path / "build")
    with open_build(tmp_path / "build") as opened:
        for path in ("municipality/de/heidelberg", "partnership/heidelberg-kumamoto"):
            first, second = (page_of(opened, path, institutions=n) for n in ("1", "2"))
            assert "institutions=2" in first
            found = [re.findall(r"institution/(club-\d+)", page) for page in (first, second)]
            assert [len(set(each)) for each in found] == [PAGE, 5]
            assert not set(found[0]) & set(found[1])
            with pytest.raises(QueryError, match="there is no page 3"):
                page_of(opened, path, institutions="3")


def test_lists_are_in_the_order_of_time(build: Build) -> None:
    page = page_of(build, "partnership/heidelberg-kumamoto", page="2")
    years = [int(y) for y in re.findall(r"<dt>(\d{4})[^<]*</dt><dd>", page)]
    assert years == sorted(years)
    assert len(years) == PAGE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_list(build: Build, kind: str, language: str) -> None:
    Outline(listing_page(view_of(build, language), kind))


@pytest.mark.parametrize("value", ["0", "-1", "x", "1e9", "99999999"])
def test_page_that_is_no_number_is_refused(build: Build, value: str) -> None:
    with pytest.raises(QueryError, match="is no number of a page"):
        resource_page(view_of(build), f"{BASE}year/1999", {"page": value})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("partnership/heidelberg-kumamoto", "page"),
        ("partnership/heidelberg-kumamoto", "undated"),
        ("municipality/de/heidelberg", "page"),
        ("year/1985", "page"),
        ("year/1985", "possible"),
        ("source/many", "page"),
        ("source/many", "quotes"),
    ],
)
@pytest.mark.parametrize("few", [1000, 0])
def test_page_after_the_last_is_refused(
    build: Build, path: str, value: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dated, "_FEW", few)
    with pytest.raises(QueryError, match=f"{value}: there is no page 99; the last is [0-9]"):
        page_of(build, path, **{value: "99"})


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"topics"}))
def test_page_after_the_last_of_a_list_is_refused(build: Build, kind: str) -> None:
    with pytest.raises(QueryError, match=r"page: there is no page 99; the last is [0-9]"):
        listing_page(view_of(build), kind, {"page": "99"})


@pytest.mark.parametrize(("language", "called"), [("en", "Picture (SVG)"), ("de", "Bild (SVG)")])
def test_pictures_are_reached_without_a_mouse(build: Build, language: str, called: str) -> None:
    page = page_of(build, "partnership/heidelberg-kumamoto", language)
    captions = re.findall(r"<figcaption>.*?</figcaption>", page, re.DOTALL)
    pictures = re.findall(r'<img src="([^"]+)"', page)
    assert len(captions) == len(pictures) == 4
    for caption, address in zip(captions, pictures, strict=True):
        assert f'<a href="{address}">{called}</a>' in caption


def test_page_after_the_last_of_an_answer_is_refused(build: Build) -> None:
    question = find_question("activities-between")
    with pytest.raises(QueryError, match="page: there is no page 2; the last is 1"):
        answer_page(view_of(build), question, {}, ask(build, question.name), 2)


def test_home_has_a_form_for_each_question(build: Build) -> None:
    for language in ("en", "de"):
        page = home_page(view_of(build, language), read_catalogue().values())
        Outline(page)
        for question in read_catalogue().values():
            asked = question.german if language == "de" else question.question
            assert escape(asked).replace("&#x27;", "&#39;") in page
    assert '<option value="jp/kumamoto">Kumamoto</option>' in page
    assert '<option value="youth-council">Jugendrat</option>' in page  # so nobody has to know ids


def test_namesakes_are_told_apart(tmp_path: Path) -> None:
    build_folder(write_with_import(tmp_path), tmp_path / "build")
    with open_build(tmp_path / "build") as opened:
        home = home_page(view_of(opened), read_catalogue().values())
        listed = strip(listing_page(view_of(opened), "municipalities"))
    assert '<option value="wikidata/Q2966">Heidelberg (wikidata/Q2966)</option>' in home
    assert '<option value="de/heidelberg">Heidelberg (de/heidelberg)</option>' in home
    assert re.search(r"Heidelberg\s+\(municipality/wikidata/Q2966\)\s+1 partnership", listed)


@pytest.mark.parametrize(
    ("country", "years", "told"),
    [
        ("US", "1999", ("DE – GB", "DE – US")),
        ("GB", "1999", ("1990", "1999")),
        ("GB", "1990", ("a", "b")),
    ],
)
def test_partnerships_of_one_name_are_told_apart_on_the_first_page(
    tmp_path: Path, country: str, years: str, told: tuple[str, str]
) -> None:
    cities = "".join(
        f"  - {{id: {at.lower()}/{name}, label: {{en: {called}}}, country: {at}}}\n"
        for name, called, at in (
            ("heidelberg", "Heidelberg", "DE"),
            ("kumamoto", "Kumamoto", "JP"),
            ("cambridge", "Cambridge", "GB"),
            ("cambridge-2", "Cambridge", country),
        )
    )
    partnerships = "".join(
        f"  - {{id: {name}, municipalities: [de/heidelberg, {city}], kind: twinning, "
        f"stages: [{{kind: twinning, years: '{at}'}}]}}\n"
        for name, city, at in (
            ("a", "gb/cambridge", "1990"),
            ("b", f"{country.lower()}/cambridge-2", years),
        )
    )
    files = {
        "municipalities.yaml": f"municipalities:\n{cities}",
        "partnerships.yaml": f"{SMALL['partnerships.yaml']}{partnerships}",
    }
    build_folder(write_folder(tmp_path / "data", files), tmp_path / "build")
    with open_build(tmp_path / "build") as opened:
        pages = (
            home_page(view_of(opened), read_catalogue().values()),
            listing_page(view_of(opened), "partnerships"),
        )
    for page in pages:
        [listed] = re.findall(r'<ul class="(?:cards|list)">(.*?)</ul>', page, re.DOTALL)
        found = re.findall(r"Heidelberg – Cambridge \(([^)]+)\)", " ".join(strip(listed).split()))
        assert sorted(each.removeprefix("partnership/") for each in found) == list(told)


def test_what_is_too_many_for_a_list_is_named_by_id(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twingraph.pages.forms.MOST", 5)
    page = home_page(view_of(build, "de"), read_catalogue().values())
    assert '<input name="activity" value="" placeholder="alle, oder eine Id"' in page
    assert '<option value="youth-council">' in page


def test_what_is_drafted_is_marked_so(tmp_path: Path) -> None:
    drafted = ACTIVITIES.replace("{en: Visits of citizens}", "{en: Visits}, status: draft")
    files = {"sources/page/activities.yaml": drafted, "sources/page/page.txt": PAGE_TEXT}
    build_folder(write_folder(tmp_path / "data", files), tmp_path / "build", drafts=True)
    with open_build(tmp_path / "build") as opened:
        listed = page_of(opened, "partnership/heidelberg-kumamoto", "de")
        own = page_of(opened, "activity/heidelberg-kumamoto/visits")
        all_said = page_of(opened, "activity/heidelberg-kumamoto/visits", view="statements")
    assert re.search(r'Visits</a> <b class="draft">Entwurf, ungeprüft<', listed)
    facts = own.partition('<dl class="facts">')[2].partition("</dl>")[0]
    assert re.search(
        r"Within\s+Heidelberg – Kumamoto\s+draft, not reviewed\s+Main focus", strip(facts)
    )
    assert '<b class="asserted">' not in own
    assert '<b class="asserted">' not in all_said


def test_quotes_of_a_page_are_in_pages(build: Build) -> None:
    quoted: list[str] = []
    for number in range(1, 5):
        page = page_of(build, "source/many", quotes=str(number))
        Outline(page)
        quoted += (found := re.findall(r"<mark>(Sentence \d+\.)</mark>", page))
        assert len(found) <= QUOTES
        if f"quotes={number + 1}" not in page:
            break
    assert len(quoted) == len(set(quoted)) == MANY
    assert quoted == sorted(quoted, key=lambda each: int(each[9:-1]))


@pytest.mark.parametrize("number", [0, QUOTES - 1, QUOTES, MANY - 1])
@pytest.mark.parametrize("values", [{}, {"view": "statements"}])
def test_link_to_a_passage_opens_the_page_that_has_it(
    build: Build, number: int, values: dict[str, str]
) -> None:
    page = page_of(build, f"activity/heidelberg-kumamoto/event-{number}", **values)
    [link] = {each for each in Outline(page).links if "source/many/page.txt" in each}
    address, _, fragment = link.partition("#")
    assert parse_qs(address.partition("?")[2]).get("quotes", ["1"]) == [str(number // QUOTES + 1)]
    opened = page_of(build, "source/many", **dict(parse_qsl(address.partition("?")[2])))
    passage = opened.partition(f'id="{fragment}"')[2].partition("</blockquote>")[0]
    assert f"Sentence {number}." in passage


def test_ids_of_a_page_are_its_own(build: Build) -> None:
    page = page_of(build, "activity/heidelberg-kumamoto/told-twice")
    ids = re.findall(r' id="([^"]+)"', page)
    assert page.count("<blockquote") == 2
    assert len(ids) == len(set(ids))


def test_answer_says_what_it_rests_on(build: Build) -> None:
    question = find_question("institutions-possibly-since")
    page = answer_page(view_of(build), question, {}, ask(build, question.name))
    basis = page[page.index("What the answer rests on") :]
    told = re.sub(r"<[^>]+>|\s+", " ", basis)
    assert re.search(r"inferred [^.]*active in", told)
    assert "possibly" in told


@pytest.mark.parametrize("name", sorted(read_catalogue()))
def test_every_answer_says_what_it_rests_on(build: Build, name: str) -> None:
    answer = ask(build, name)
    page = answer_page(view_of(build), find_question(name), {}, answer)
    basis = page.partition('class="basis"')[2].partition("</section>")[0]
    assert len(answer) == 0 or re.search(r'<li><b class="[a-z]+">', basis)


def test_answer_says_in_words_what_its_rows_are(build: Build) -> None:
    question = find_question("institutions-since")
    for language, told in (
        (
            "en",
            (
                "Columns: institution, activities, first year, last year. "
                "One row an institution; most activities first, then by name."
            ),
        ),
        (
            "de",
            (
                "Spalten: Institution, Aktivitäten, erstes Jahr, letztes Jahr. "
                "Eine Zeile je Institution; die meisten Aktivitäten zuerst, dann nach dem Namen."
            ),
        ),
    ):
        page = answer_page(view_of(build, language), question, {}, ask(build, question.name))
        basis = " ".join(strip(page.partition('<section class="basis">')[2]).split())
        assert told in basis.replace(" .", ".")
        assert "firstYear" not in basis.partition("SPARQL")[0]


def test_words_of_the_catalogue_are_told_in_german(build: Build) -> None:
    question = find_question("activities-in-year")
    values = {"year": "1999", "lang": "de"}
    answer = ask(build, question.name, **values)
    german = strip(answer_page(view_of(build, "de"), question, values, answer))
    assert re.search(
        r"Jugendaustausch\s+sicher\s+Quellen uneins\s+Jugendrat\s+Veranstalter", german
    )
    english = strip(answer_page(view_of(build), question, {"year": "1999"}, answer))
    assert re.search(r"Youth exchange\s+certain\s+disputed\s+Youth Council\s+organizer", english)


def test_times_in_an_answer_are_told_in_words(build: Build) -> None:
    page = answer_page(view_of(build), find_question("timeline"), {}, ask(build, "timeline"))
    assert '<span title="198X">1980s</span>' in page


def test_answer_in_pages_and_by_name_once(build: Build) -> None:
    question = find_question("activities-between")
    values = {"from": "1900", "to": "2021"}
    answer = ask(build, question.name, **values)
    first = answer_page(view_of(build), question, values, answer, 1)
    assert "Event 5<" in first
    assert MARKUP not in first
    assert first.count("Nur auf Deutsch") == 1  # the name is not a column of its own


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (HTTPStatus.BAD_REQUEST, "Die Angaben passen nicht"),
        (HTTPStatus.NOT_FOUND, "Unter dieser Adresse gibt es hier nichts"),
        (HTTPStatus.SERVICE_UNAVAILABLE, "in einigen Sekunden"),
        (HTTPStatus.GATEWAY_TIMEOUT, "länger, als erlaubt ist"),
    ],
)
def test_refusal_in_german_tells_what_is_english(
    build: Build, status: HTTPStatus, told: str
) -> None:
    words = Words(ServerLinks(build.mint, Page("de")))
    page = message_page(words, status, "no question 'x'")
    assert told in page
    assert '<span lang="en">no question &#39;x&#39;</span>' in page
    assert 'lang="en">no question' not in message_page(
        Words(ServerLinks(build.mint, Page("en"))), status, "no question 'x'"
    )


def test_owner_of_a_programme_is_told(tmp_path: Path) -> None:
    programme = (
        "programmes:\n  - {id: school, owner: de/heidelberg, source: page, label: {en: School}, "
        "form: Exchange, years: 2001}\n"
    )
    folder = write_folder(tmp_path / "data", {"programmes.yaml": programme})
    build_folder(folder, tmp_path / "build")
    with open_build(tmp_path / "build") as opened:
        page = page_of(opened, "activity/de/heidelberg/school")
        owner = page_of(opened, "municipality/de/heidelberg")
    assert re.search(r"Owner\s+Heidelberg\s+asserted", strip(page))
    programmes = owner.partition("Programmes of its own")[2]
    assert ">School</a>" in programmes


def test_partners_and_seats_tell_what_they_rest_on(tmp_path: Path) -> None:
    drafted = """
institutions:
  - {id: youth-council, label: {en: Youth Council}, kind: Association, based_in: de/heidelberg}
  - {id: club, label: {en: Club}, based_in: de/heidelberg, status: draft}
"""
    folder = write_folder(tmp_path / "data", {"institutions.yaml": drafted})
    for drafts, told in (
        (False, "1 asserted Youth Council"),
        (True, "2 asserted draft, not reviewed Club"),
    ):
        build_folder(folder, tmp_path / "build", drafts=drafts)
        with open_build(tmp_path / "build") as opened:
            page = " ".join(strip(page_of(opened, "municipality/de/heidelberg")).split())
        assert "Its partnership 1 asserted Heidelberg – Kumamoto" in page
        assert f"Institutions based here {told}" in page
    assert "Club draft, not reviewed Youth Council asserted" in page


def test_editions_parts_and_programmes_are_in_pages(tmp_path: Path) -> None:
    number = PAGE + 3
    years = ",".join(str(1950 + n) for n in range(number))
    parts = "".join(
        f"  - {{id: part-{n}, label: {{en: Part {n}}}, form: Visit, years: 1999, part_of: week}}\n"
        for n in range(number)
    )
    programmes = "".join(
        f"  - {{id: own-{n}, owner: de/heidelberg, source: page, label: {{en: Own {n}}}, "
        "form: Exchange, years: 2001}\n"
        for n in range(number)
    )
    files = {
        "sources/page/activities.yaml": "activities:\n"
        f'  - {{id: series, label: {{en: Series}}, form: Festival, years: "{{{years}}}"}}\n'
        f"  - {{id: week, label: {{en: Week}}, form: Festival, years: 1999}}\n{parts}",
        "programmes.yaml": f"programmes:\n{programmes}",
    }
    build_folder(write_folder(tmp_path / "data", files), tmp_path / "build")
    with open_build(tmp_path / "build") as opened:
        for path, name, entry in (
            ("activity/heidelberg-kumamoto/series", "editions", r"/series/(\d+)\?"),
            ("activity/heidelberg-kumamoto/week", "parts", r"/part-(\d+)\?"),
            ("municipality/de/heidelberg", "programmes", r"/own-(\d+)\?"),
        ):
            found: list[str] = []
            for page in ("1", "2"):
                shown = page_of(opened, path, **{name: page})
                listed = re.findall(rf'<dt>[^<]*</dt><dd><a href="[^"]*{entry}', shown)
                assert len(listed) <= PAGE
                assert f"{number}</span></h2>" in shown
                found += listed
            assert len(found) == len(set(found)) == number
            with pytest.raises(PageError, match="there is no page 3; the last is 2"):
                page_of(opened, path, **{name: "3"})


def test_questions_beside_an_answer_keep_its_values(build: Build) -> None:
    question = find_question("institutions-since")
    values = {"since": "1985"}
    page = answer_page(view_of(build), question, values, ask(build, question.name, **values))
    assert "/ask/institutions-started-since?since=1985" in page
    assert "/ask/institutions-undated?lang=en" in page


def test_who_took_part_is_inferred(build: Build) -> None:
    page = page_of(build, "partnership/heidelberg-kumamoto")
    assert re.search(r"Who took part\s+1\s+inferred", strip(page))


def test_title_publisher_and_licence_are_the_datasets(data: Path, build: Build) -> None:
    about = read_about(data, build.manifest, "0123456789abcdef")
    words = Words(ServerLinks(build.mint, Page("de")), about)

    page = message_page(words, HTTPStatus.GATEWAY_TIMEOUT, "the answer takes longer than 2 s")
    assert "Unsere Partner" in page
    assert "City of X" in page
    assert "CC BY 4.0" in page
    assert "Timeout" in page
    changed = {**build.manifest, "inputs": {**build.manifest["inputs"], "dataset.yaml": "other"}}
    assert read_about(data, changed, "x").title == {}


def test_base_with_an_ampersand_is_xml() -> None:
    mint = Minter("https://city.example/?a=1&b=/")
    iri = mint.institution("x")
    label = pyoxigraph.NamedNode(vocab.RDFS_LABEL)
    node = pyoxigraph.NamedNode(iri)
    graph = pyoxigraph.NamedNode(mint.graph(vocab.INFERRED))
    quad = pyoxigraph.Quad(node, label, pyoxigraph.Literal("X"), graph)
    content = serialize(Told(iri, [quad], [], [], is_cut=False), RDF_XML, mint)
    [read] = pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.RDF_XML)
    assert read.triple == quad.triple
