"""SERVICE: answered by the one server that is named, whole or not at all; else refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import servers
import twingraph
from example import write_folder
from twingraph import QueryError
from twingraph.cli import cli
from twingraph.endpoint import Endpoint, Options, Store, push_build
from twingraph.endpoint.http import Client, Request
from twingraph.errors import EndpointError
from twingraph.queries import (
    Answer,
    Federated,
    find_question,
    query,
    read_catalogue,
    read_federated,
)
from twingraph.queries.federated import find_service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from servers import Addresses, FakeServer, Visit
    from twingraph import Build

WIKIDATA = "https://query.wikidata.org/sparql"
BASE = "https://w3id.org/twingraph/id/"
WD = "http://www.wikidata.org/entity/"
OURS = {
    "municipalities.yaml": """
municipalities:
  - {id: de/heidelberg, label: {en: Heidelberg}, country: de, wikidata: Q2966}
  - {id: jp/kumamoto, label: {en: Kumamoto}, country: jp, wikidata: Q199889}
  - {id: fr/montpellier, label: {en: Montpellier}, country: fr, wikidata: Q6441}
  - {id: gb/cambridge, label: {en: Cambridge}, country: gb, wikidata: Q350}
  - {id: de/unknown, label: {en: Unknown}, country: de}
""",
    "partnerships.yaml": """
partnerships:
  - id: heidelberg-kumamoto
    municipalities: [de/heidelberg, jp/kumamoto]
    stages: [{kind: friendship, years: 1982/}, {kind: twinning, years: 1992/}]
  - id: heidelberg-montpellier
    municipalities: [de/heidelberg, fr/montpellier]
    stages: [{kind: twinning, years: 1961/}]
  - id: heidelberg-cambridge
    municipalities: [de/heidelberg, gb/cambridge]
    stages: [{kind: twinning, years: 196X/1990}]
  - id: cambridge-unknown
    municipalities: [gb/cambridge, de/unknown]
""",
}
# As Wikidata has it: stated from either side, a time with its precision, a statement withdrawn.
THEIRS = """
@prefix p: <http://www.wikidata.org/prop/> .
@prefix pqv: <http://www.wikidata.org/prop/qualifier/value/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix s: <http://www.wikidata.org/entity/statement/> .
@prefix v: <http://www.wikidata.org/value/> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
wd:Q2966 p:P190 s:km, s:mo, s:ba, s:re .
s:km ps:P190 wd:Q199889 ; wikibase:rank wikibase:NormalRank ; pqv:P580 v:km .
v:km wikibase:timeValue "1992-05-19T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 11 .
s:mo ps:P190 wd:Q6441 ; wikibase:rank wikibase:NormalRank ; pqv:P580 v:mo .
v:mo wikibase:timeValue "1963-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 9 .
s:re ps:P190 wd:Q207350 ; wikibase:rank wikibase:DeprecatedRank .
s:ba ps:P190 wd:Q14835 ; wikibase:rank wikibase:NormalRank ; pqv:P580 v:ba .
v:ba wikibase:timeValue "1991-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 9 .
wd:Q14835 rdfs:label "Bautzen \\"\\u4e16\\""@en .
# The other side alone; a decade; an end after ours.
wd:Q49111 p:P190 s:us . s:us ps:P190 wd:Q350 ; wikibase:rank wikibase:NormalRank .
wd:Q350 p:P190 s:hd . s:hd ps:P190 wd:Q2966 ; wikibase:rank wikibase:NormalRank ;
  pqv:P580 v:hd1 ; pqv:P582 v:hd2 .
v:hd1 wikibase:timeValue "1965-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 8 .
v:hd2 wikibase:timeValue "1995-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 9 .
# Of no city of ours.
wd:Q1 p:P190 s:far . s:far ps:P190 wd:Q2 ; wikibase:rank wikibase:NormalRank .
"""
# Kumamoto and Montpellier have only Heidelberg; Cambridge has a partner that is tied to no item.
MISSING: list[tuple[object, ...]] = [
    ("gb/cambridge", "Cambridge", WD + "Q49111", WD + "Q49111", "theirs", "unlinked", None),
    ("gb/cambridge", "Cambridge", "de/unknown", "Unknown", "ours", "unlinked", None),
    ("de/heidelberg", "Heidelberg", WD + "Q14835", 'Bautzen "世"', "theirs", "certain", 1991),
]
CONTRADICTING: list[tuple[object, ...]] = [
    ("heidelberg-cambridge", "Heidelberg – Cambridge", "end", "196X/1990", 1995),
    ("heidelberg-montpellier", "Heidelberg – Montpellier", "start", "1961/", 1963),
]
EXPECTED: dict[str, tuple[str, list[tuple[object, ...]]]] = {
    "missing-partners-wikidata": ("municipality/", MISSING),
    "contradicting-years-wikidata": ("partnership/", CONTRADICTING),
}
SELECT = "SELECT ?other WHERE {{ ?city <{}exactMatch> ?item . SERVICE <{}> {{ {} }} }}"
SKOS = "http://www.w3.org/2004/02/skos/core#"
BODY = "?item <http://www.wikidata.org/prop/P190> ?other"


def rows_of(name: str, answer: Answer) -> list[tuple[object, ...]]:
    space = BASE + EXPECTED[name][0]
    return [
        tuple(cell.removeprefix(space) if isinstance(cell, str) else cell for cell in row)
        for row in answer.rows()
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("federated")
    twingraph.build_folder(write_folder(folder / "data", OURS), folder / "build")
    return folder


@pytest.fixture(scope="module")
def build(folder: Path) -> Iterator[Build]:
    with twingraph.open_build(folder / "build") as opened:
        yield opened


@pytest.fixture(scope="module")
def wikidata(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """A store with statements as Wikidata has them."""
    with servers.oxigraph(tmp_path_factory.mktemp("wikidata")) as store:
        url = f"{store.graph_store}?default"
        Client().send(Request("PUT", url, content_type="text/turtle", body=THEIRS.encode()))
        yield store


def test_every_federated_question_has_rows_to_give() -> None:
    assert set(read_federated()) == set(EXPECTED)
    assert {find_service(each.text) for each in read_federated().values()} == {WIKIDATA}


@pytest.mark.parametrize("name", EXPECTED)
def test_question_of_a_build_and_a_server(name: str, build: Build, wikidata: Addresses) -> None:
    target = Federated(build, WIKIDATA, Endpoint(wikidata.plain_query))
    assert rows_of(name, twingraph.ask(target, name)) == EXPECTED[name][1]
    of_cambridge = twingraph.ask(target, name, municipality="gb/cambridge")
    assert rows_of(name, of_cambridge) == [
        row for row in EXPECTED[name][1] if "cambridge" in str(row[0])
    ]


@pytest.mark.parametrize("name", EXPECTED)
def test_question_of_a_store_that_asks_the_server_itself(
    name: str, build: Build, wikidata: Addresses, tmp_path: Path
) -> None:
    with servers.oxigraph(tmp_path) as store:
        push_build(
            build, Store(store.query, update=store.update), options=Options(allow_default_base=True)
        )
        text = find_question(name).text.replace(WIKIDATA, wikidata.plain_query)
        assert rows_of(name, query(Endpoint(store.query), text)) == EXPECTED[name][1]


def test_command_line(folder: Path, wikidata: Addresses) -> None:
    arguments = ["ask", "missing-partners-wikidata", "--build", str(folder / "build")]
    arguments += ["--data", str(folder / "none")]
    refused = CliRunner().invoke(cli, arguments)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "SERVICE asks another server" in refused.stderr
    found = CliRunner().invoke(cli, [*arguments, "--service", wikidata.plain_query])
    assert (found.exit_code, len(found.stdout.splitlines())) == (0, 4)
    listed = CliRunner().invoke(cli, ["ask"])
    assert "(asks another server: --service URL)" in listed.stdout


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with servers.fake() as fake:
        yield fake


ANSWER = b'{"head":{"vars":["item","other"]},"results":{"bindings":[%s]}}'
ROW = b'{"item":{"type":"uri","value":"http://www.wikidata.org/entity/Q350"},"other":%s}'
JSON = "application/sparql-results+json"


def test_server_is_asked_only_for_what_can_join(build: Build, server: FakeServer) -> None:
    row = ROW % b'{"type":"literal","value":"\\"x\\"\\n}","xml:lang":"en"}'
    server.play = lambda visit: visit.answer(200, JSON, ANSWER % row)
    target = Federated(build, server.url, Endpoint(server.url))
    assert query(target, SELECT.format(SKOS, server.url, BODY)).rows() == [('"x"\n}',)]
    [visit] = server.visits
    sent = re.findall(r"entity(?:/|%2F)(Q\d+)", visit.body.decode())
    assert sorted(sent) == ["Q199889", "Q2966", "Q350", "Q6441"]


def test_no_values_go_with_what_a_filter_is_about(build: Build, server: FakeServer) -> None:
    """`?other` has no value where the filter stands, but has one in the group."""
    row = ROW % b'{"type":"uri","value":"urn:x"}'
    server.play = lambda visit: visit.answer(200, JSON, ANSWER % row)
    text = SELECT.format(SKOS, server.url, BODY).replace("SERVICE", "FILTER(?other != 1) SERVICE")
    target = Federated(build, server.url, Endpoint(server.url))
    assert query(target, text).rows() == [("urn:x",)]
    assert b"VALUES" not in server.visits[0].body


def test_nothing_to_join_asks_nobody(build: Build, server: FakeServer) -> None:
    text = SELECT.format("urn:none#", server.url, BODY)
    assert query(Federated(build, server.url, Endpoint(server.url)), text).rows() == []
    assert server.visits == []


REFUSED = {
    "another server": ("SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }", "only <.*> was named"),
    "a variable": ("VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o }", r"expected SERVICE <.*> \{ … \}"),
    "silent": ("SERVICE SILENT <URL> { ?s ?p ?o }", "without SILENT"),
    "a prefixed name": ("SERVICE x:y { ?s ?p ?o }", r"expected SERVICE <.*> \{ … \}"),
    "one in another": (
        "SERVICE <URL> { ?s ?p ?o . service <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "lets a server ask a third",
    ),
    "no end": ("SERVICE <URL> { ?s ?p ?o ", "does not end|not a SPARQL query"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_was_not_agreed_to_is_refused(build: Build, server: FakeServer, case: str) -> None:
    pattern, message = REFUSED[case]
    text = f"SELECT * WHERE {{ {pattern.replace('URL', server.url)} }}"
    if case == "no end":
        text = text[:-2]
    with pytest.raises(QueryError, match=message):
        Federated(build, server.url, Endpoint(server.url)).run(text)
    assert server.visits == []


def cut(visit: Visit) -> None:
    visit.answer(200, JSON, (ANSWER % (ROW % b'{"type":"uri","value":"urn:x"}'))[:-9])


HALF = {
    "cut": (cut, "is not whole JSON"),
    "hangs": (lambda visit: visit.hang(), r"no whole answer within 0\.5 seconds"),
    "refuses": (lambda visit: visit.answer(500, "text/plain", b"no"), "500"),
    "blank": (
        lambda visit: visit.answer(200, JSON, ANSWER % (ROW % b'{"type":"bnode","value":"b"}')),
        "blank node",
    ),
}


@pytest.mark.parametrize("case", HALF)
def test_half_an_answer_is_none(build: Build, server: FakeServer, case: str) -> None:
    server.play, message = HALF[case]
    target = Federated(build, server.url, Endpoint(server.url, timeout=0.5))
    with pytest.raises(EndpointError, match=message):
        query(target, SELECT.format(SKOS, server.url, BODY))


def test_half_an_answer_prints_nothing(folder: Path, server: FakeServer) -> None:
    server.play = cut
    arguments = ["query", "-", "--build", str(folder / "build"), "--data", str(folder / "none")]
    text = SELECT.format(SKOS, server.url, BODY)
    result = CliRunner().invoke(cli, [*arguments, "--service", server.url], input=text)
    assert (result.exit_code, result.stdout) == (2, "")
    both = [*arguments[:2], "--service", server.url, "--endpoint", server.url]
    assert "asks others itself" in CliRunner().invoke(cli, both, input=text).stderr


@pytest.mark.parametrize("name", EXPECTED)
def test_header_of_a_federated_question(name: str) -> None:
    question = find_question(name)
    assert re.match(r"# [A-Z].*\?\n#\+ param: ", question.text)
    projected = re.search(r"^SELECT DISTINCT ([?\w\s]+?)\s*WHERE", question.text, re.MULTILINE)
    assert projected is not None
    assert tuple(projected[1].replace("?", "").split()) == question.columns
    assert set(question.see) <= set(read_federated()) | set(read_catalogue())
