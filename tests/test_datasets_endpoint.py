"""Wikidata's P190 from an endpoint: the records are those of whole entities, however it fails."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    build_opener,
)

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from rdflib.plugins.sparql import prepareQuery

import servers
from example import ROOT, write_folder
from twingraph.cli import cli
from twingraph.datasets import (
    Wanted,
    fetch_dataset,
    read_entities,
    wikidata_source,
    wikidata_sparql,
    write_dataset,
)
from twingraph.datasets.dataset import DEPRECATED, IMPORTED, REPEATED, REVERSED, SELF, UNREADABLE
from twingraph.endpoint import Endpoint, Manners
from twingraph.errors import EndpointError, FileError, QueryError
from twingraph.ontology import read_vocabulary
from twingraph.records import open_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from servers import FakeServer, Visit
    from twingraph.datasets import Dataset

WEIMAR = ROOT.parent / "shared/datasets/wikidata-entities/Q3955-weimar.json"
JSON = "application/sparql-results+json"
WD = "http://www.wikidata.org/"
PREFIXES = "".join(
    line for line in wikidata_sparql._PREFIXES.splitlines(keepends=True) if line.strip()
)
SOURCE = wikidata_source("wikidata", "2026")

Entity = dict[str, Any]


def snak(value: object) -> Entity:
    return {"snaktype": "value", "datavalue": {"value": value}}


def time(text: str, precision: int) -> Entity:
    return snak({"time": text, "precision": precision})


SOME: Entity = {"snaktype": "somevalue"}


def stated(number: int, partner: Entity, rank: str = "normal", **more: Any) -> Entity:
    return {"id": f"Q{number}$a-{number}", "mainsnak": partner, "rank": rank, **more}


def city(number: int, country: str | None, partners: list[Entity], **claims: Any) -> Entity:
    found = {
        name: [{"mainsnak": snak(v), "rank": "normal"} for v in claims[name]] for name in claims
    }
    nation = SOME if country is None else snak({"id": country})
    return {
        "id": f"Q{number}",
        "labels": {"de": {"value": f"Stadt {number}"}, "ja": {"value": f"市{number}"}},
        "aliases": {"en": [{"value": f"Town {number}"}, {"value": "Burgh"}]},
        "claims": {"P17": [{"mainsnak": nation, "rank": "normal"}], "P190": partners, **found},
    }


def town(number: int) -> Entity:
    return snak({"id": f"Q{number}"})


# Germany is Q183, France Q142; 9 is told of by 11 alone, 12 has a country that nobody knows.
CITED = [
    {"snaks": {"P854": [snak("https://one.example/")], "P813": [time("+2020-05-04T00:00:00Z", 11)]}}
]
ENTITIES: list[Entity] = [
    city(
        10,
        "Q183",
        [
            stated(
                1,
                town(11),
                qualifiers={"P580": [time("+1960-00-00T00:00:00Z", 9)]},
                references=CITED,
            ),
            stated(
                2,
                town(12),
                qualifiers={
                    "P580": [time("+1991-05-00T00:00:00Z", 10)],
                    "P582": [time("+1999-02-03T00:00:00Z", 11)],
                },
            ),
            stated(3, SOME),
            stated(4, town(13), "deprecated"),
            stated(5, town(10)),
            stated(6, town(11), qualifiers={"P580": [SOME]}),
            stated(7, {"snaktype": "novalue"}),
            stated(8, town(14), qualifiers={"P580": [time("+1900-00-00T00:00:00Z", 7)]}),
        ],
        P625=[{"latitude": 50.5, "longitude": 8.25}],
        P1082=[{"amount": "+5"}, {"amount": "+700"}],
        P1566=["2812482", "2812479"],
    ),
    city(11, "Q142", [stated(20, town(10), references=CITED), stated(21, town(9))]),
    city(9, "Q183", []),
    city(12, None, []),
    city(14, "Q183", [stated(22, town(8))]),
    {"id": "Q183", "claims": {"P297": [{"mainsnak": snak("DE"), "rank": "normal"}]}},
    {"id": "Q142", "claims": {"P297": [{"mainsnak": snak("FR"), "rank": "normal"}]}},
]
OUTCOMES = {IMPORTED: 5, REVERSED: 1, REPEATED: 1, SELF: 1, UNREADABLE: 2, DEPRECATED: 1}


class Turtle:
    """The RDF that Wikibase makes of entities, as far as it is asked for."""

    def __init__(self, *, has_precision: bool, unknown: str) -> None:
        self.lines = [PREFIXES, "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"]
        self._has_precision = has_precision
        self._unknown = unknown

    def _say(self, subject: str, name: str, value: str | None) -> None:
        if value is not None:
            self.lines.append(f"{subject} {name} {value} .\n")

    def _term(self, found: Entity, name: str) -> str | None:
        if found["snaktype"] != "value":
            return self._unknown if found["snaktype"] == "somevalue" else None
        value = found["datavalue"]["value"]
        match value:
            case {"id": item}:
                return f"wd:{item}"
            case {"time": text}:
                return f'"{text[1:].replace("-00", "-01")}"^^xsd:dateTime'
            case {"amount": amount}:
                return f'"{amount}"^^xsd:decimal'
            case {"latitude": lat, "longitude": long}:
                return f'"Point({long} {lat})"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'
        return f"<{value}>" if name == "P854" else json.dumps(value)

    def _say_all(self, subject: str, prefix: str, snaks: dict[str, list[Entity]]) -> None:
        for name, found in snaks.items():
            for each in found:
                term = self._term(each, name)
                self._say(subject, f"{prefix}:{name}", term)
                value = each.get("datavalue", {}).get("value")
                if isinstance(value, dict) and "precision" in value and self._has_precision:
                    node = f"<urn:time:{len(self.lines)}>"
                    self._say(subject, f"{prefix}v:{name}", node)
                    self._say(node, "wikibase:timeValue", term)
                    self._say(node, "wikibase:timePrecision", str(value["precision"]))

    def _say_statement(self, subject: str, statement: Entity) -> None:
        node = f"<{WD}entity/statement/{statement['id'].replace('$', '-')}>"
        self._say(subject, "p:P190", node)
        self._say(node, "wikibase:rank", f"wikibase:{statement['rank'].capitalize()}Rank")
        self._say(node, "ps:P190", self._term(statement["mainsnak"], "P190"))
        self._say_all(node, "pq", statement.get("qualifiers", {}))
        for reference in statement.get("references", []):
            cited = f"<urn:reference:{len(self.lines)}>"
            self._say(node, "prov:wasDerivedFrom", cited)
            self._say_all(cited, "pr", reference["snaks"])

    def say(self, entity: Entity) -> None:
        subject = f"wd:{entity['id']}"
        for tag, label in entity.get("labels", {}).items():
            self._say(subject, "rdfs:label", f"{json.dumps(label['value'])}@{tag}")
        for tag, names in entity.get("aliases", {}).items():
            for each in names:
                self._say(subject, "skos:altLabel", f"{json.dumps(each['value'])}@{tag}")
        for name in ("P17", "P297", "P625", "P1082", "P1566"):
            claims = entity["claims"].get(name, [])
            for claim in [c for c in claims if c["rank"] == "preferred"] or claims:
                self._say(subject, f"wdt:{name}", self._term(claim["mainsnak"], name))
        for statement in entity["claims"].get("P190", []):
            self._say_statement(subject, statement)


def as_turtle(entities: list[Entity], *, has_precision: bool = True, unknown: str = "[]") -> str:
    turtle = Turtle(has_precision=has_precision, unknown=unknown)
    for entity in entities:
        turtle.say(entity)
    return "".join(turtle.lines)


def store_of(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    return store


def answer(store: ox.Store, sparql: str) -> bytes:
    rows = store.query(sparql)
    assert isinstance(rows, ox.QuerySolutions)
    content = rows.serialize(format=ox.QueryResultsFormat.JSON)
    assert content is not None
    return content


def text_of(visit: Visit) -> str:
    return parse_qs(visit.body.decode())["query"][0]


def serving(store: ox.Store) -> Callable[[Visit], None]:
    return lambda visit: visit.answer(200, JSON, answer(store, text_of(visit)))


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with servers.fake() as running:
        running.play = serving(store_of(as_turtle(ENTITIES)))
        yield running


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "data")


def fetched(
    store: ox.Store, folder: Path, *countries: str, page: int = 100, **more: Any
) -> Dataset:
    wanted = Wanted("http://x/sparql", countries or ("Q183",), page=page, **more)
    asked = fetch_dataset(lambda text: answer(store, text), wanted, folder, SOURCE, lambda *_: None)
    with asked as dataset:
        return dataset
    raise AssertionError


def from_files(folder: Path, entities: list[Entity]) -> Dataset:
    (folder / "e.json").write_text(json.dumps({"entities": {e["id"]: e for e in entities}}))
    return read_entities([folder / "e.json"], SOURCE)


@pytest.mark.parametrize("page", [1, 2, 100])
@pytest.mark.parametrize("unknown", ["[]", f"<{WD}.well-known/genid/a8d14f>"])
def test_same_facts_same_records(tmp_path: Path, page: int, unknown: str) -> None:
    store = store_of(as_turtle(ENTITIES, unknown=unknown))
    found = fetched(store, tmp_path / "state", page=page)
    expected = from_files(tmp_path, ENTITIES)
    assert found.report.rows == expected.report.rows == OUTCOMES
    assert found.report.notes == expected.report.notes
    assert found.partnerships == expected.partnerships
    assert found.municipalities == expected.municipalities
    assert found.cited == expected.cited
    years = {p.id[9:]: [s.years for s in p.stages] for p in found.partnerships}
    assert years["Q10_Q11"] == ["1960/.."]
    assert years["Q10_Q12"] == ["1991-05/1999-02-03"]
    assert years["Q10_Q14"] == []
    by_id = {m.id[9:]: m for m in found.municipalities}
    assert (by_id["Q10"].country, by_id["Q11"].country, by_id["Q12"].country) == ("de", "fr", None)
    assert (by_id["Q10"].lat, by_id["Q10"].long, by_id["Q10"].population) == (50.5, 8.25, 700)
    assert by_id["Q12"].label["ja"] == "市12"  # a partner without statements of its own
    assert [each.retrieved for each in found.cited] == ["2020-05-04"]
    assert not (tmp_path / "state").exists()


@pytest.mark.skipif(not WEIMAR.exists(), reason="the collected lists are not beside this clone")
def test_a_real_entity_gives_the_same_records(tmp_path: Path) -> None:
    [entity] = json.loads(WEIMAR.read_bytes())["entities"].values()
    found = fetched(store_of(as_turtle([entity])), tmp_path / "state")
    expected = read_entities([WEIMAR], SOURCE)
    assert len(found.partnerships) == 5
    assert (found.partnerships, found.municipalities) == (
        expected.partnerships,
        expected.municipalities,
    )
    assert (found.cited, found.report) == (expected.cited, expected.report)


def test_without_precision_a_time_is_a_year(tmp_path: Path) -> None:
    found = fetched(store_of(as_turtle(ENTITIES, has_precision=False)), tmp_path / "state")
    stages = {p.id[9:]: [s.years for s in p.stages] for p in found.partnerships}
    assert stages["Q10_Q12"] == ["1991/1999"]


def test_languages_and_countries(tmp_path: Path) -> None:
    store = store_of(as_turtle(ENTITIES))
    found = fetched(store, tmp_path / "state", "Q183", "Q142", languages=("ja",))
    assert {tuple(m.label) for m in found.municipalities} == {("ja",), ("und",)}
    assert found.report.rows == OUTCOMES
    with pytest.raises(EndpointError, match="no municipality of Q999 has a statement"):
        fetched(store, tmp_path / "state", "Q183", "Q999")
    with pytest.raises(QueryError, match="'Germany' is not the item of a country"):
        Wanted("http://x/", ("Germany",))
    with pytest.raises(QueryError, match="'d\"' is not the tag of a language"):
        Wanted("http://x/", ("Q183",), ('d"',))


def test_every_question_is_plain_sparql() -> None:
    """rdflib reads them too: no engine's own syntax."""
    items = ["Q1", "Q2"]
    texts = [
        wikidata_sparql.write_count(items),
        wikidata_sparql.write_page(items, "Q5", 10),
        wikidata_sparql.write_statements(items, items),
        wikidata_sparql.write_times(items),
        wikidata_sparql.write_references(items),
        wikidata_sparql.write_claims(items),
        wikidata_sparql.write_names(items, ["de"]),
        wikidata_sparql.write_names(items, []),
    ]
    for text in texts:
        prepareQuery(text)
        assert "OFFSET" not in text
        assert "SERVICE" not in text


def run(server: FakeServer, data: Path, *more: str) -> Result:
    options = ["--endpoint", server.url, "--data", str(data), "--pause", "0", *more]
    if "--country" not in more:
        options += ["--country", "Q183"]
    return CliRunner().invoke(cli, ["import", "wikidata", *options])


def test_command(server: FakeServer, data: Path) -> None:
    done = run(
        server, data, "--page", "1", "--contact", "me@city.example", "--retrieved", "2026-11"
    )
    assert (done.exit_code, done.stdout) == (0, ""), done.stderr
    assert "11 rows\n" in done.stderr
    assert "5 partnerships of 6 municipalities, 1 cited sources" in done.stderr
    open_folder(data, read_vocabulary()).read_through()
    agents = {visit.headers["User-Agent"] for visit in server.visits}
    [agent] = agents
    assert re.fullmatch(
        r"twingraph/\S+ \(https://w3id\.org/twingraph/; me@city\.example\) Python/\S+", agent
    )
    assert not (data / ".import-wikidata").exists()
    asked = len(server.visits)
    again = run(server, data)
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    assert len(server.visits) == asked  # refused before anything is asked
    assert run(server, data, "--contact", "a)\nb", "--replace").exit_code == 2


def test_usage(server: FakeServer, data: Path) -> None:
    neither = CliRunner().invoke(cli, ["import", "wikidata", "--endpoint", server.url])
    assert "--endpoint and --country stand beside each other" in neither.stderr
    slip = run(server, data, "--country", "Germany")
    assert (slip.exit_code, server.visits) == (2, [])
    assert "'Germany' is not the item of a country; expected e.g. Q183" in slip.stderr
    none = run(server, data, "--country", "Q5")
    assert none.exit_code == 2
    assert "no municipality of Q5 has a statement of P190" in none.stderr
    assert not (data / ".import-wikidata").exists()


def test_pause_is_kept(server: FakeServer) -> None:
    now = [100.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    manners = Manners(pause=2.5, clock=lambda: now[0], sleep=sleep)
    endpoint = Endpoint(server.url, manners=manners)
    for passed in (0.0, 1.0, 9.0, 0.0):
        now[0] += passed
        endpoint.select(wikidata_sparql.write_count(["Q183"]))
    assert slept == [1.5, 2.5]


def cut_off(visit: Visit) -> None:
    visit.close_connection = True
    visit.head(200, ("Content-Type", JSON), ("Content-Length", "500"))
    visit.wfile.write(b'{"head":{"vars":["item"]},')


def replaced(old: bytes, new: bytes) -> Callable[[Visit], None]:
    store = store_of(as_turtle(ENTITIES))

    def play(visit: Visit) -> None:
        visit.answer(200, JSON, answer(store, text_of(visit)).replace(old, new))

    return play


def half(visit: Visit) -> None:
    visit.answer(200, JSON, b'{"head":{"vars":["item"]},"results":{"bindings":[{"item"')


def without_a_row(visit: Visit) -> None:
    """An endpoint that leaves rows out, as one with a limit of its own does."""
    content = json.loads(answer(store_of(as_turtle(ENTITIES)), text_of(visit)))
    if "?rank" in text_of(visit):
        content["results"]["bindings"].pop()
    visit.answer(200, JSON, json.dumps(content).encode())


FAILURES: dict[str, tuple[Callable[[Visit], None], str]] = {
    "hangs": (lambda visit: visit.hang(), "no whole answer within"),
    "closes": (cut_off, "was cut off"),
    "half": (half, "is not whole JSON"),
    "html": (lambda visit: visit.answer(200, "text/html", b"<p>Welcome"), "'Welcome'"),
    "busy": (
        lambda visit: visit.answer(429, "text/plain", b"slow down", ("Retry-After", "900")),
        "asks to wait 900 seconds",
    ),
    "down": (
        lambda visit: visit.answer(503, "text/plain", b"no", ("Retry-After", "0")),
        "503 Service Unavailable",
    ),
    "error": (lambda visit: visit.answer(500, "text/plain", b"TimeoutException"), "Timeout"),
    "no item": (replaced(b"entity/Q1", b"entity/L1"), "expected an item such as"),
    "no statement": (replaced(b"/statement/", b"/claim/"), "as a statement; expected an IRI"),
    "rows left out": (without_a_row, "statements of Q"),
}


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize("after", [0, 7])
def test_failure_keeps_the_records_and_what_was_fetched(
    server: FakeServer, data: Path, name: str, after: int
) -> None:
    good = server.play
    assert run(server, data).exit_code == 0
    before = {p.name: p.read_bytes() for p in (data / "sources/wikidata").iterdir()}
    part, message = FAILURES[name]
    visits = len(server.visits)

    def play(visit: Visit) -> None:
        (good if len(server.visits) - visits <= after else part)(visit)

    server.play = play
    timeout = "1.5" if name == "hangs" else "60"
    failed = run(server, data, "--replace", "--page", "1", "--timeout", timeout)
    assert failed.exit_code == 2, failed.output
    assert message in failed.stderr
    assert "Traceback" not in failed.stderr
    assert {p.name: p.read_bytes() for p in (data / "sources/wikidata").iterdir()} == before
    kept = "what was fetched is kept, and the same command goes on there"
    assert (kept in failed.stderr) == bool(after)
    server.play = good
    done = run(server, data, "--replace", "--page", "1")
    assert done.exit_code == 0, done.stderr
    assert {p.name: p.read_bytes() for p in (data / "sources/wikidata").iterdir()} == before


class Killed(BaseException):
    """Stands for a kill: nothing is tidied up."""


def test_resumed_import_asks_for_the_rest_alone(tmp_path: Path) -> None:
    store = store_of(as_turtle(ENTITIES))
    wanted = Wanted("http://x/sparql", ("Q183",), page=1)
    asked: list[str] = []

    def importing(until: int, what: Wanted = wanted) -> Dataset | None:
        def select(text: str) -> bytes:
            if len(asked) >= until:
                raise Killed
            asked.append(text)
            return answer(store, text)

        state = tmp_path / "state"
        with fetch_dataset(select, what, state, SOURCE, lambda *_: None) as dataset:
            return dataset
        return None

    whole = importing(10**6)
    total = len(asked)
    for stop in range(total):
        asked.clear()
        with pytest.raises(Killed):
            importing(stop)
        first = list(asked)
        asked.clear()
        assert importing(10**6) == whole
        again = set(first) & set(asked)
        # What stood in an unfinished page is asked for again, what stood in a page is not.
        assert len(again) <= 6
        assert len(first) + len(asked) - total <= 6
    asked.clear()
    with pytest.raises(Killed):
        importing(12)
    asked.clear()
    other = Wanted("http://y/sparql", ("Q183",), page=1)
    assert importing(10**6, other) == whole
    assert len(asked) == total  # another endpoint: from the beginning


def test_two_at_a_time_and_what_is_no_page(tmp_path: Path) -> None:
    store = store_of(as_turtle(ENTITIES))
    wanted = Wanted("http://x/sparql", ("Q183",))
    state = tmp_path / "state"
    with (
        fetch_dataset(lambda t: answer(store, t), wanted, state, SOURCE, lambda *_: None),
        pytest.raises(FileError, match="another process is importing"),
    ):
        fetched(store, state)
    state.mkdir()
    (state / "state.json").write_text("{")
    with pytest.raises(FileError, match="is no page of an import; remove"):
        fetched(store, state)


@pytest.mark.parametrize(
    "kind", ["oxigraph", pytest.param("virtuoso", marks=servers.NEEDS_VIRTUOSO)]
)
def test_on_a_real_server(tmp_path: Path, data: Path, kind: str) -> None:
    (tmp_path / "server").mkdir()
    with getattr(servers, kind)(tmp_path / "server") as at:
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, at.graph_store, "dba", at.password)
        turtle, headers = as_turtle(ENTITIES).encode(), {"Content-Type": "text/turtle"}
        put = Request(f"{at.graph_store}?graph=urn:g", turtle, headers, method="PUT")
        build_opener(HTTPDigestAuthHandler(passwords)).open(put).close()
        given = ["import", "wikidata", "--endpoint", at.query, "--country", "Q183"]
        given += ["--data", str(data), "--pause", "0", "--page", "2", "--retrieved", "2026"]
        done = CliRunner().invoke(cli, given)
        assert done.exit_code == 0, done.stderr
    expected = write_folder(tmp_path / "expected")
    write_dataset(from_files(tmp_path, ENTITIES), expected)
    for path in (expected / "sources/wikidata").iterdir():
        assert (data / "sources/wikidata" / path.name).read_bytes() == path.read_bytes()
