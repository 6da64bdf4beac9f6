"""A view gives, to the byte, what the engine gives for the question's SPARQL."""

import json
import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from benchmarks.generate import generate
from hypothesis import given, settings
from hypothesis import strategies as st

from example import write_folder
from twingraph import Build, FileError, ask, build_folder, open_build, query
from twingraph.quads import integer_term, iri_term, text_term
from twingraph.queries import Federated
from twingraph.queries.catalogue import Question, find_question
from twingraph.queries.run import find_view
from twingraph.reason.gather import Career
from twingraph.store.generations import FORMAT
from twingraph.store.read import open_generation
from twingraph.views import Views
from twingraph.views.facts import write_labels, write_shared
from twingraph.views.names import fold_names
from twingraph.views.writing import write_views
from twingraph.vocab import RDFS_LABEL, TG, Iri, Minter

SINCE = ("institutions-since", "institutions-started-since")
VIEWED = (*SINCE, "institution-pairs")
YEARS = (1, 1899, 1960, 1984, 1999, 2004, 2010, 2024, 9999)
LANGUAGES = ("en", "de", "ja", "fr", "xx", "en-gb")

# Letters of which lower case is more than one letter, another one by its place, or younger than
# the Unicode of some Python; what JSON and N-Triples escape; what shows nothing, or turns a text.
NASTY = (
    *("İstanbul", "ẞ", "straße", "STRASSE", "ΣΊΣΥΦΟΣ", "ΣΑΣ ΣΑΣ.", "\ua7cb", "ǅ", "K", "Ω"),
    *('"quoted" \\ and \\" both', "line\nbreak\ttab", "\u0001\u001f\u007f\u0085", "\u2028\u2029"),
    *("<b>markup</b> &amp;", '"},"name":{', "\u202eturned\u202c", "\u200f", "\ufeff", "\ufffd"),
    *("😀", "𐐀𐐨", "\U0010ffff", "é", "e\u0301", "  ", "a", "A", "a ", "Z", "z", "0", "1"),
)


def bindings(question: Question) -> Iterator[dict[str, str | int]]:
    """The values with which a question is tried."""
    has_year = any(parameter.name == "since" for parameter in question.parameters)
    for language in LANGUAGES:
        for year in YEARS if has_year else (None,):
            yield {"lang": language} if year is None else {"lang": language, "since": year}


def seen(build: Build, name: str, values: Mapping[str, str | int]) -> bytes | None:
    """What the view of a build gives."""
    return find_view(build, find_question(name), values)


def assert_as_engine(build: Build) -> int:
    """Every question that a view answers, compared; how many rows there were in all."""
    rows = 0
    for name in VIEWED:
        question = find_question(name)
        for values in bindings(question):
            answer = query(build, question.bind(values, build.mint))
            assert seen(build, name, values) == answer.serialize("json"), (name, values)
            rows += len(answer)
    return rows


def test_example(example_build: Path) -> None:
    with open_build(example_build) as build:
        assert assert_as_engine(build) > 500


def test_hundreds_of_activities_in_many_buckets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twingraph.store.pipeline._SMALL", 1000)
    monkeypatch.setattr("twingraph.store.pipeline._BUCKETS", ((1000, 1), (2000, 8)))
    generate(400, tmp_path / "data", seed=5, per_source=100)
    build_folder(tmp_path / "data", tmp_path / "build", jobs=2)
    assert len(list((tmp_path / "build/current/inferred/shared").iterdir())) > 50
    with open_build(tmp_path / "build") as build:
        assert assert_as_engine(build) > 5000


INSTITUTIONS = """
institutions:
  - {id: choir, label: {en: "The \\"Choir\\"", de: Chor, ja: 合唱団}, based_in: de/heidelberg}
  - {id: band, label: {de: ẞ-Kapelle}, based_in: jp/kumamoto}
  - {id: club, label: {ja: 国際クラブ}, based_in: jp/kumamoto}
  - {id: twin, label: {ja: 国際クラブ}, based_in: de/heidelberg}
  - {id: planner, label: {en: PLANNER}, based_in: de/heidelberg}
  - {id: vague, label: {en: "<b>Vague</b> & İnc."}, based_in: de/heidelberg}
  - {id: idle, label: {en: Idle}, based_in: de/heidelberg}
"""
ACTIVITIES = """
activities:
  - {id: a, label: {en: A}, years: 1993/.., organizers: [choir, band], participants: [club]}
  - {id: b, label: {en: B}, years: "{1999,2002}", hosts: [choir], participants: [club, band]}
  - {id: c, label: {en: C}, years: 2030, organizers: [planner], participants: [club]}
  - {id: d, label: {en: D}, years: 198X, organizers: [vague], participants: [club, band]}
  - {id: e, label: {en: E}, organizers: [twin], participants: [band]}
  - {id: f, label: {en: F}, years: 2001, organizers: [quartet, club], status: draft}
institutions:
  - {id: quartet, label: {en: Quartet, ja: 四重奏}, based_in: de/heidelberg, status: draft}
"""
SOURCE = """
id: other
title: Another list
url: https://example.org/other
language: en
partnership: heidelberg-kumamoto
"""
NAMES = {
    "institutions.yaml": INSTITUTIONS,
    "sources/page/activities.yaml": ACTIVITIES,
    "sources/other/source.yaml": SOURCE + "as_of: 2020\nas_of_reason: printed\n",
    # told by two sources, and by one that is removed
    "sources/other/activities.yaml": ACTIVITIES.replace("1993/..", "1990/..").split("- {id: f")[0],
    "sources/gone/source.yaml": SOURCE.replace("other", "gone") + "removed: withdrawn\n",
}


@pytest.fixture(scope="module", params=["reviewed", "drafts"])
def nasty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("nasty")
    write_folder(root / "data", NAMES)
    build_folder(root / "data", root / "build", drafts=request.param == "drafts")
    return root / "build"


def test_nasty_records(nasty: Path) -> None:
    with open_build(nasty) as build:
        assert assert_as_engine(build) > 100
        has_drafts = build.manifest["drafts"]
        names = {row["name"] for row in ask(build, "institutions-since", since=1, lang="ja")}
    assert ("四重奏" in names) == has_drafts


texts = (
    st.sampled_from(("a", "A"))
    | st.sampled_from(NASTY)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
)
texts = texts.filter(lambda text: "\0" not in text)
years = st.none() | st.sampled_from([1, 1984, 1998, 1999, 2000, 2024])


@st.composite
def careers(draw: st.DrawFn) -> Career:
    first = draw(years)
    last = None if first is None else max(first, draw(years) or first)
    return Career(draw(st.integers(1, 3)), first, last, draw(years))


ids = st.sampled_from(["a", "b", "b2", "b-c", "B", "c/d", "e"])
labels = st.lists(st.tuples(ids, texts, st.sampled_from(["en", "de", "ja", "fr", "en-gb", ""])))
pairs = st.dictionaries(
    st.tuples(ids, ids).filter(lambda pair: pair[0] < pair[1]), st.integers(1, 3)
)


@cache
def viewed() -> list[tuple[Question, dict[str, str | int]]]:
    questions = map(find_question, VIEWED)
    return [(each, values) for each in questions for values in bindings(each)]


@settings(max_examples=60, deadline=None)
@given(labels, st.dictionaries(ids, careers()), pairs)
def test_any_names(
    labels: list[tuple[str, str, str]],
    careers: dict[str, Career],
    pairs: dict[tuple[str, str], int],
) -> None:
    """Institutions without a name, with several in one language, of names that only differ in case:
    what a view gives is what the engine gives of the same facts as quads."""
    mint = Minter()
    store = pyoxigraph.Store()
    store.load(quads(mint, labels, careers, pairs).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number in range(2):  # as if two parts, and two buckets, told of them
            half = [(mint.institution(iri), text, tag) for iri, text, tag in labels[number::2]]
            write_labels(root / f"{number}.labels", half)
            write_shared(
                root / f"{number}.facts",
                {mint.institution(iri): careers[iri] for iri in sorted(careers)[number::2]},
                [
                    (mint.institution(one), mint.institution(other), pairs[one, other])
                    for one, other in sorted(pairs, reverse=True)[number::2]
                ],
            )
        digests = write_views(root, ["0.labels", "1.labels"], ["0.facts", "1.facts"])
        views = Views(root, digests)
        for question, values in viewed():
            answer = store.query(question.bind(values, mint), use_default_graph_as_union=True)
            assert isinstance(answer, pyoxigraph.QuerySolutions)
            expected = answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
            asked = {name: str(value) for name, value in values.items()}
            assert views.answer(question.text, asked) == expected, (question.name, values)


def quads(
    mint: Minter,
    labels: list[tuple[str, str, str]],
    careers: dict[str, Career],
    pairs: dict[tuple[str, str], int],
) -> str:
    lines = []

    def say(subject: Iri, predicate: str, object_: str, graph: int = 0) -> None:
        graph_iri = f"<https://example.org/graph/{graph}>"
        lines.append(f"<{subject}> <{predicate}> {object_} {graph_iri} .\n")

    for number, (iri, text, language) in enumerate(labels):
        say(mint.institution(iri), RDFS_LABEL, text_term(text, language or None), number % 2)
    for iri, career in careers.items():
        for name, value in (
            ("datedActivities", career.activities),
            ("firstActive", career.first),
            ("lastActive", career.last),
            ("lastStarted", career.last_started),
        ):
            if value is not None:
                say(mint.institution(iri), TG + name, integer_term(value))
    for (one, other), number in pairs.items():
        members = mint.institution(one), mint.institution(other)
        pair = mint.pair(*members)
        say(pair, TG + "firstMember", iri_term(members[0]))
        say(pair, TG + "secondMember", iri_term(members[1]))
        say(pair, TG + "jointActivities", integer_term(number))
    return "".join(lines)


def test_names_are_folded_by_the_engine() -> None:
    """Whatever Unicode this Python knows, names are in the order of LCASE."""
    store = pyoxigraph.Store()
    for name, folded in zip(NASTY, fold_names(NASTY), strict=True):
        text = json.dumps(name, ensure_ascii=False)
        rows = store.query(f"SELECT (LCASE({text}) AS ?folded) {{}}")
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        assert [row["folded"].value for row in rows] == [folded]


# What a view must not answer


def test_ask_does_not_ask_the_engine(nasty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Build, "run", lambda *_: pytest.fail("the engine is asked"))
    with open_build(nasty) as build:
        assert len(ask(build, "institutions-since", since=2050)) == 0
        assert len(ask(build, "institutions-started-since", lang="de")) > 2
        assert len(ask(build, "institution-pairs", lang="JA")) > 2


@pytest.mark.parametrize("name", VIEWED)
def test_shipped_text_has_a_view(nasty: Path, name: str) -> None:
    """Who edits the SPARQL of these questions changes what a view gives, and its digest in
    `views.answering`, or the engine answers from then on, and takes its time."""
    with open_build(nasty) as build:
        assert seen(build, name, {}) is not None


@pytest.mark.parametrize("name", VIEWED)
def test_edited_question_is_the_engines(nasty: Path, tmp_path: Path, name: str) -> None:
    text = find_question(name).text.replace("SELECT DISTINCT", "SELECT DISTINCT ", 1)
    (tmp_path / f"{name}.rq").write_text(text, encoding="utf-8")
    (tmp_path / "copy.rq").write_text(find_question(name).text, encoding="utf-8")
    with open_build(nasty) as build:
        asked = {"since": "1999", "lang": "en"}
        assert build.views.answer(find_question(name, tmp_path).text, asked) is None
        assert build.views.answer(find_question("copy", tmp_path).text, asked) is not None


@pytest.mark.parametrize(
    ("name", "edit", "is_viewed"),
    [
        ("institutions-since", ("# Which ", "# Of all, which "), True),
        (
            "institutions-since",
            ("#+ param: since, year, default 1999", "#+ param: since, year, default 1998"),
            False,
        ),
        ("institutions-since", ("#+ param: lang", "#+  param : lang"), False),
        ("institution-pairs", ("#+ param: lang, language, default en\n", ""), False),
        ("institution-pairs", ("ORDER BY", "# LIMIT 1\nORDER BY"), True),
        ("institution-pairs", ("ORDER BY", "ORDER BY # LIMIT 1\n"), False),
    ],
)
def test_edited_comments_change_nothing(
    nasty: Path, name: str, edit: tuple[str, str], *, is_viewed: bool
) -> None:
    """But those that tell the parameters do: by their defaults a view is asked."""
    text = find_question(name).text
    edited = text.replace(*edit, 1)
    assert edited != text
    with open_build(nasty) as build:
        answer = build.views.answer(edited, {"since": "1999", "lang": "en"})
        assert (answer is not None) == is_viewed


def test_own_question_of_the_same_name_is_answered(nasty: Path, tmp_path: Path) -> None:
    own = "# Which ones?\nSELECT ?x WHERE { VALUES ?x { 7 } }\n"
    (tmp_path / "institution-pairs.rq").write_text(own, encoding="utf-8")
    with open_build(nasty) as build:
        assert ask(build, "institution-pairs", tmp_path).rows() == [(7,)]


def test_through_service_the_engine_answers(nasty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Views, "answer", lambda *_: pytest.fail("a view is asked"))
    with open_build(nasty) as build:
        target = Federated(build, "https://example.org/sparql", build)
        assert len(ask(target, "institution-pairs")) > 2


def test_another_store_is_asked_itself(nasty: Path, tmp_path: Path) -> None:
    pyoxigraph.Store(str(tmp_path / "store")).flush()
    with open_generation((nasty / "current").resolve(), tmp_path / "store") as build:
        assert len(ask(build, "institution-pairs")) == 0


@pytest.fixture
def copied(nasty: Path, tmp_path: Path) -> Path:
    shutil.copytree(nasty, tmp_path / "build", symlinks=True)
    return tmp_path / "build"


@pytest.mark.parametrize("format_", [6, FORMAT + 1])
def test_build_of_another_format(copied: Path, format_: int) -> None:
    """Of an older one there are no views; what those of a later one give, is not known."""
    path = copied / "current/manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) | {"format": format_}
    if format_ < FORMAT:
        del manifest["views"]
        shutil.rmtree(copied / "current/views")
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with open_build(copied) as build:
        assert seen(build, "institution-pairs", {}) is None
        assert len(ask(build, "institution-pairs")) > 2


def damage(content: bytes) -> Iterator[bytes]:
    yield b""
    yield content[:-1]
    yield content + b"\n"
    for place in (0, content.index(b"\n") + 1, len(content) // 2, len(content) - 1):
        yield content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.parametrize(
    ("file", "question", "language"),
    [
        ("institutions.en", "institutions-since", "en"),
        ("pairs.de", "institution-pairs", "de"),
        ("facts", "institutions-started-since", "ja"),
    ],
)
def test_damaged_view_is_no_answer(
    copied: Path, caplog: pytest.LogCaptureFixture, file: str, question: str, language: str
) -> None:
    path = copied / "current/views" / file
    with open_build(copied) as build:
        whole = ask(build, question, lang=language).serialize("json")
        assert not caplog.records
        other = (copied / "current/views/institutions.de").read_bytes()
        for content in (*damage(path.read_bytes()), other):
            path.write_bytes(content)
            assert seen(build, question, {"lang": language}) is None
            assert ask(build, question, lang=language).serialize("json") == whole
        path.unlink()
        assert ask(build, question, lang=language).serialize("json") == whole
    assert {record.levelno for record in caplog.records} == {logging.WARNING}
    assert "is not as it was written" in caplog.records[0].getMessage()
    assert "the engine answers" in caplog.records[-1].getMessage()


def test_missing_view_is_built_again(tmp_path: Path) -> None:
    data, build = write_folder(tmp_path / "data"), tmp_path / "build"
    build_folder(data, build)
    assert not build_folder(data, build).is_new
    (build / "current/views/pairs.de").unlink()
    assert build_folder(data, build).is_new
    assert (build / "current/views/pairs.de").exists()


def test_damaged_part_of_the_last_build_is_told(tmp_path: Path) -> None:
    data, build = write_folder(tmp_path / "data"), tmp_path / "build"
    build_folder(data, build)
    path = build / "current/parts/shared/00.facts"
    path.write_bytes(path.read_bytes()[:-1])
    (data / "queries").mkdir()
    (data / "queries/own.rq").write_text("# A change that concerns no part?\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"00\.facts: is not as it was written.*--force"):
        build_folder(data, build)
    assert build_folder(data, build, force=True).is_new
