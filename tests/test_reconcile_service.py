"""Every form of the Reconciliation API 0.2, and all that can be wrong in a request."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example import DATA, ROOT, SMALL, write_folder
from twingraph import IriError, build_folder, open_build
from twingraph.reconcile import Response, Service
from twingraph.reconcile.manifest import BATCH
from twingraph.reconcile.service import LARGEST

URL: Final = "https://example.org/reconcile"
SCHEMAS: Final = ROOT.parent / "shared/reference/reconciliation-0.2"
HOSTILE: Final = "<script>alert('x')</script>\"&amp;"
QUERIES: Final[dict[str, Any]] = {
    "q0": {"query": "Sportkreis Heidelberg", "type": "Institution", "type_strict": "should"},
    "q1": {
        "query": "Universität Heidelberg",
        "type": ["University", "Municipality"],
        "limit": 3,
        "properties": [
            {"pid": "city", "v": {"id": "municipality/de/heidelberg", "name": "Heidelberg"}},
            {"pid": "year", "v": [1999, "2005", 2006.5, True]},
        ],
    },
    "": {"properties": [{"pid": "kind", "v": "University"}]},
    "none": {"query": "Atlantis"},
}

Json = dict[str, Any]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    build = tmp_path_factory.mktemp("service") / "build"
    build_folder(DATA, build)
    with open_build(build) as opened:
        return Service(opened, URL + "/", "Partnerships of Heidelberg")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("hostile")
    label = json.dumps(HOSTILE)
    table = SMALL["institutions.yaml"].replace("Youth Council", label)
    build_folder(write_folder(folder / "data", {"institutions.yaml": table}), folder / "build")
    with open_build(folder / "build") as opened:
        return Service(opened, URL)


def get(service: Service, path: str = "", **parameters: Any) -> Json:
    texts = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in parameters.items()
    }
    answer = service.answer("GET", path, texts)
    assert answer.status == 200, answer.body
    assert answer.media_type == "application/json"
    found: Json = json.loads(answer.body)
    return found


def refused(answer: Response) -> str:
    assert answer.status >= 400
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    message: str = json.loads(answer.body)["message"]
    return message


EXTENSION: Final[Json] = {
    "ids": ["institution/sportkreis-heidelberg", "municipality/de/heidelberg", "institution/none"],
    "properties": [
        {"id": "city"},
        {"id": "city", "settings": {"content": "name"}},
        *({"id": each} for each in ("country", "kind", "year", "lat", "name", "topic", "sameAs")),
        {"id": "partner", "settings": {"limit": "2"}},
    ],
}
FORMS: Final[dict[str, tuple[str, Json, str]]] = {
    "manifest": ("", {}, "manifest"),
    "queries": ("", {"queries": QUERIES}, "reconciliation-result-batch"),
    "suggest entity": ("suggest/entity", {"prefix": "heidel"}, "suggest-entities-response"),
    "suggest type": ("suggest/type", {"prefix": "uni"}, "suggest-types-response"),
    "suggest property": ("suggest/property", {"prefix": "c"}, "suggest-properties-response"),
    "properties": ("properties", {"type": "Institution"}, "data-extension-property-proposal"),
    "extend": ("", {"extend": EXTENSION}, "data-extension-response"),
}


def check_schema(name: str, value: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    if not SCHEMAS.exists():
        pytest.skip("the schemas of the specification are not beside this clone")
    from referencing import Registry
    from referencing.jsonschema import DRAFT7

    schemas = [json.loads(path.read_text("utf-8")) for path in sorted(SCHEMAS.glob("*.json"))]
    resources = [(each["$id"], DRAFT7.create_resource(each)) for each in schemas]
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    registry: Any = Registry().with_resources(resources)
    jsonschema.Draft7Validator(schema, registry=registry).validate(value)


@pytest.mark.parametrize("form", FORMS)
def test_every_answer_is_valid_against_the_specification(service: Service, form: str) -> None:
    path, parameters, schema = FORMS[form]
    check_schema(schema, get(service, path, **parameters))


def test_the_requests_of_these_tests_are_valid_too() -> None:
    check_schema("reconciliation-query-batch", QUERIES)
    check_schema("data-extension-query", EXTENSION)


def test_a_wrong_answer_would_be_seen(service: Service) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    manifest = get(service)
    with pytest.raises(jsonschema.ValidationError):
        check_schema("manifest", {**manifest, "versions": ["0.1"]})
    with pytest.raises(jsonschema.ValidationError):
        check_schema("manifest", {**manifest, "defaultTypes": [{"id": "Institution"}]})


def test_manifest(service: Service) -> None:
    found = get(service)
    assert found["versions"] == ["0.2"]
    assert found["name"] == "Partnerships of Heidelberg"
    assert found["identifierSpace"] == "https://w3id.org/twingraph/id/"
    assert found["schemaSpace"] == "https://w3id.org/twingraph/ns#"
    assert [each["id"] for each in found["defaultTypes"]] == [
        *("Institution", "Municipality", "Topic")
    ]
    assert found["preview"]["url"] == f"{URL}/preview?id={{{{id}}}}"
    assert found["batchSize"] == 1000


def test_what_the_manifest_names_is_there(service: Service) -> None:
    found = get(service)
    paths: list[tuple[str, dict[str, str]]]
    paths = [(each["service_path"], {}) for each in found["suggest"].values()]
    paths.append((found["extend"]["propose_properties"]["service_path"], {}))
    named = {"entity": "municipality/de/heidelberg", "type": "University", "property": "city"}
    for kind, each in found["suggest"].items():
        path = each["flyout_service_path"].removesuffix("?id=${id}")
        paths.append((path, {"id": named[kind]}))
    for url in (found["preview"]["url"], found["view"]["url"]):
        path = url.removeprefix(URL).removesuffix("?id={{id}}")
        paths.append((path, {"id": named["entity"]}))
    for path, parameters in paths:
        assert service.answer("GET", path, parameters).status in (200, 303), path
    assert len(paths) == 9


def test_get_and_post_answer_alike_and_again(service: Service) -> None:
    asked = {"queries": json.dumps(QUERIES)}
    first = service.answer("GET", "", asked)
    assert first == service.answer("POST", "/", asked)
    assert list(json.loads(first.body)) == list(QUERIES)
    assert json.loads(first.body)["none"] == {"result": []}


def test_a_service_made_anew_gives_the_same_bytes(service: Service, tmp_path: Path) -> None:
    build_folder(DATA, tmp_path / "build")
    with open_build(tmp_path / "build") as opened:
        again = Service(opened, URL, "Partnerships of Heidelberg")
    for path, parameters, _ in FORMS.values():
        texts = {name: json.dumps(value) for name, value in parameters.items()}
        assert service.answer("GET", path, texts) == again.answer("GET", path, texts)


@pytest.mark.parametrize(
    ("queries", "message"),
    [
        ("", "queries: Input data was truncated"),
        ("{", "queries: Input data was truncated"),
        ("[]", "queries: Expected `object`, got `array`"),
        ("null", "queries: Expected `object`, got `null`"),
        ('{"q0": "x"}', "queries: 'q0': Expected `object`, got `str`"),
        ('{"q0": {}}', "queries: 'q0': expected a `query` that is not empty, or `properties`"),
        ('{"q0": {"query": ""}}', "queries: 'q0': expected a `query` that is not empty"),
        ('{"q0": {"query": 7}}', "queries: 'q0': Expected `str | null`, got `int`"),
        ('{"q0": {"query": "x", "limit": -1}}', "queries: 'q0': limit: -1 is not a positive"),
        ('{"q0": {"query": "x", "limit": 0}}', "queries: 'q0': limit: 0 is not a positive"),
        ('{"q0": {"query": "x", "limit": 1.5}}', "queries: 'q0': limit: 1.5 is not a positive"),
        ('{"q0": {"query": "x", "limit": "5"}}', "queries: 'q0': Expected `int | float | null`"),
        ('{"q0": {"query": "x", "limit": NaN}}', "queries: JSON is malformed"),
        ('{"q0": {"query": "x", "limit": 1e999}}', "queries: 'q0': Number out of range"),
        ('{"q0": {"query": "x", "type": [1]}}', "queries: 'q0': Expected `str`, got `int`"),
        ('{"q0": {"query": "x", "type_strict": "most"}}', "queries: 'q0': Invalid enum value"),
        ('{"q0": {"query": "x", "typ": "Topic"}}', "queries: 'q0': Object contains unknown field"),
        ('{"q0": {"query": "x", "properties": {}}}', "queries: 'q0': Expected `array`"),
        ('{"q0": {"query": "x", "properties": [{"pid": "a"}]}}', "missing required field `v`"),
        ('{"q0": {"query": "x", "properties": [{"pid": "a", "v": null}]}}', "got `null`"),
        ('{"q0": {"query": "x", "properties": [{"pid": "a", "v": [[1]]}]}}', "got `array`"),
        ('{"q0": {"query": "\\ud800"}}', "queries: "),
        ('{"q0": {"query": "' + "\ud800" + '"}}', "a parameter is not Unicode"),
        ("[" * 100_000, "queries: "),
        ('{"q":' * 100_000, "queries: JSON that is nested too deeply"),
    ],
    ids=lambda text: text[:45],
)
def test_a_malformed_batch_is_refused_and_told(
    service: Service, queries: str, message: str
) -> None:
    answer = service.answer("POST", "", {"queries": queries})
    assert answer.status == 400
    assert message in refused(answer)


def test_more_properties_than_any_sheet_has_are_refused(service: Service) -> None:
    queries = {"q": {"query": "x", "properties": [{"pid": "a", "v": 1}] * 33}}
    answer = service.answer("POST", "", {"queries": json.dumps(queries)})
    assert refused(answer) == "queries: 'q': properties: more than 32"


def test_a_batch_as_large_as_the_manifest_says_and_no_larger(service: Service) -> None:
    queries = {f"q{i}": {"query": "x"} for i in range(100_000)}
    answer = service.answer("POST", "", {"queries": json.dumps(queries)})
    assert answer.status == 413
    assert "more than 1,000" in refused(answer)
    some = dict(list(queries.items())[:BATCH])
    assert len(get(service, queries=some)) == BATCH


def test_a_request_that_is_too_large_is_refused(service: Service) -> None:
    answer = service.answer("POST", "", {"queries": " " * (LARGEST + 1)})
    assert answer.status == 413
    assert "characters" in refused(answer)


def test_a_text_of_a_million_characters_is_nobodys_name(service: Service) -> None:
    texts = {"words": "a b " * 250_000, "word": "a" * 1_000_000, "nul": "\0" * 100_000}
    for text in texts.values():
        assert get(service, queries={"q": {"query": text}}) == {"q": {"result": []}}
        assert get(service, "suggest/entity", prefix=text) == {"result": []}


@pytest.mark.parametrize(
    ("method", "path", "parameters", "status"),
    [
        ("GET", "nowhere", {}, 404),
        ("GET", "suggest", {}, 404),
        ("GET", "../suggest/type", {}, 404),
        ("PUT", "", {}, 405),
        ("", "", {}, 405),
        ("POST", "", {}, 400),
        ("GET", "", {"query": "Heidelberg"}, 400),
        ("GET", "", {"queries": "{}", "extend": "{}"}, 400),
        ("GET", "", {"extend": "[]"}, 400),
        ("GET", "", {"extend": '{"ids": []}'}, 400),
        ("GET", "", {"extend": '{"ids": [1], "properties": []}'}, 400),
        ("GET", "", {"extend": '{"ids": [], "properties": [{"id": "colour"}]}'}, 400),
        ("GET", "", {"extend": json.dumps({"ids": ["x"] * 10_001, "properties": []})}, 413),
        ("GET", "suggest/entity", {"prefix": "a", "cursor": "-1"}, 400),
        ("GET", "suggest/entity", {"prefix": "a", "cursor": "x"}, 400),
        ("GET", "suggest/entity", {"prefix": "a", "limit": "0"}, 400),
        ("GET", "suggest/entity", {"prefix": "a", "limit": "9" * 10_000}, 400),
        ("GET", "suggest/type", {"cursor": "1.5"}, 400),
        ("GET", "properties", {"type": "Topic", "limit": "²"}, 400),
        ("GET", "preview", {}, 404),
        ("GET", "preview", {"id": "institution/none"}, 404),
        ("GET", "view", {"id": "\0"}, 404),
        ("GET", "flyout/entity", {"id": HOSTILE}, 404),
        ("GET", "flyout/type", {}, 404),
        ("GET", "flyout/property", {"id": "colour"}, 404),
        ("GET", "properties", {"type": "\ud800"}, 400),
    ],
)
def test_what_cannot_be_answered_is_told(
    service: Service, method: str, path: str, parameters: dict[str, str], status: int
) -> None:
    answer = service.answer(method, path, parameters)
    assert answer.status == status
    assert refused(answer)
    assert HOSTILE.encode() not in answer.body


def test_every_origin_may_ask(service: Service) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        answer = service.answer(method, "", {})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    answer = service.answer("OPTIONS", "suggest/entity", {})
    assert answer.status == 204
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "POST" in service.answer("DELETE", "", {}).headers["Allow"]


@pytest.mark.parametrize("callback", ["f", "jQuery123_456", "$.a._b", "window.x"])
def test_jsonp(service: Service, callback: str) -> None:
    asked = {"queries": json.dumps(QUERIES)}
    plain = service.answer("GET", "", asked)
    answer = service.answer("GET", "", {**asked, "callback": callback, "_": "1700000000"})
    assert answer.media_type == "application/javascript"
    assert answer.body == b"/**/" + callback.encode() + b"(" + plain.body + b");"
    wrong = service.answer("GET", "", {"queries": "[]", "callback": callback})
    assert (wrong.status, wrong.media_type) == (400, "application/javascript")


@pytest.mark.parametrize(
    "callback",
    [
        *("", "alert(1)", "a;b", "a b", "a..b", ".a", "a.", "1a", "a[0]", "a\n", "ä", "</script>"),
        *("a" * 129, "\0", "\ud800", "a\u2028", "a/**/", "`x`", "{}", "a=1", "a-b"),
    ],
)
def test_a_callback_that_is_no_identifier_is_refused_and_not_repeated(
    service: Service, callback: str
) -> None:
    answer = service.answer("GET", "", {"queries": "{}", "callback": callback})
    assert (answer.status, answer.media_type) == (400, "application/json")
    assert refused(answer) == "callback: expected a JavaScript identifier"


def test_ends_of_lines_in_a_script_are_escaped(tmp_path: Path) -> None:
    table = SMALL["institutions.yaml"].replace("Youth Council", '"Youth\\u2028Council"')
    build_folder(write_folder(tmp_path / "data", {"institutions.yaml": table}), tmp_path / "build")
    with open_build(tmp_path / "build") as opened:
        service = Service(opened, URL)
    asked = {"prefix": "youth", "callback": "f"}
    body = service.answer("GET", "suggest/entity", asked).body.decode()
    assert "Youth\\u2028Council" in body
    assert "\u2028" not in body


class _Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_preview_is_a_page_about_the_entity(service: Service) -> None:
    asked = {"id": "institution/sportkreis-heidelberg"}
    answer = service.answer("GET", "preview", asked)
    assert (answer.status, answer.media_type) == (200, "text/html; charset=utf-8")
    page = _Tags(answer.body.decode())
    for words in ("Sportkreis Heidelberg", "Heidelberg", "1999", "2021"):
        assert words in page.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer == service.answer("GET", "preview", {**asked, "callback": "f"})


def test_a_hostile_name_is_escaped(hostile: Service) -> None:
    asked = {"id": "institution/youth-council"}
    page = _Tags(hostile.answer("GET", "preview", asked).body.decode())
    assert "script" not in page.tags
    assert HOSTILE in page.text
    flyout = get(hostile, "flyout/entity", **asked)
    assert flyout["id"] == "institution/youth-council"
    assert "script" not in _Tags(flyout["html"]).tags
    assert HOSTILE in _Tags(flyout["html"]).text


def test_view_leads_to_the_iri(service: Service) -> None:
    for entity, iri in (
        ("municipality/de/heidelberg", "https://w3id.org/twingraph/id/municipality/de/heidelberg"),
        (*("https://w3id.org/twingraph/topic/sport",) * 2,),
    ):
        answer = service.answer("GET", "view", {"id": entity})
        assert (answer.status, answer.headers["Location"]) == (303, iri)


def suggested(service: Service, kind: str, **parameters: str) -> list[str]:
    return [each["id"] for each in get(service, f"suggest/{kind}", **parameters)["result"]]


def test_entities_are_suggested_by_prefix_of_a_name_a_word_or_by_id(service: Service) -> None:
    found = suggested(service, "entity", prefix="HEIDELBERG")
    assert found[0] == "municipality/de/heidelberg"
    assert "institution/heidelberg-university" in found
    assert "institution/sportkreis-heidelberg" in suggested(
        service, "entity", prefix="heidelb", limit="100"
    )
    assert suggested(service, "entity", prefix="Sportkr") == ["institution/sportkreis-heidelberg"]
    assert suggested(service, "entity", prefix="Universität Hei")[0] == (
        "institution/heidelberg-university"
    )
    for name in ("municipality/jp/kumamoto", "https://w3id.org/twingraph/topic/sport"):
        assert suggested(service, "entity", prefix=name)[0] == name
    assert suggested(service, "entity", prefix="") == suggested(service, "entity") == []


def test_suggestions_are_paged(service: Service) -> None:
    whole = suggested(service, "entity", prefix="h", limit="100")
    assert len(whole) == len(set(whole)) > 10
    paged = suggested(service, "entity", prefix="h")
    assert paged == whole[:10]
    assert suggested(service, "entity", prefix="h", cursor="10", limit="3") == whole[10:13]
    assert suggested(service, "entity", prefix="h", cursor="1000") == []


def test_types_and_properties_are_suggested(service: Service) -> None:
    assert suggested(service, "type")[:3] == ["Institution", "Municipality", "Topic"]
    assert suggested(service, "type", prefix="univ")[0] == "University"
    assert "University" in suggested(service, "type", prefix="Hochsch")
    found = get(service, "suggest/type", prefix="University")["result"][0]
    assert found["broader"] == [{"id": "Institution", "name": "institution"}]
    assert suggested(service, "property", prefix="cit") == ["city"]
    assert suggested(service, "property", prefix="inhab") == ["population"]


def test_a_type_proposes_its_properties(service: Service) -> None:
    found = get(service, "properties", type="University")
    assert found["type"] == "University"
    assert {"city", "year", "kind"} <= {each["id"] for each in found["properties"]}
    assert "population" not in {each["id"] for each in found["properties"]}
    assert len(get(service, "properties", type="Municipality", limit="2")["properties"]) == 2
    assert get(service, "properties", type="Unicorn")["properties"] == []


def test_extension_gives_what_is_known(service: Service) -> None:
    found = get(service, extend=EXTENSION)
    city = {"id": "city", "name": "city", "type": {"id": "Municipality", "name": "municipality"}}
    assert found["meta"][0] == city
    rows = found["rows"]
    assert list(rows) == EXTENSION["ids"]
    body = rows["institution/sportkreis-heidelberg"]
    assert body["city"] == [{"str": "Heidelberg"}]
    assert body["country"] == [{"str": "DE"}]
    assert body["kind"] == [{"str": "sports body"}]
    assert body["year"] == [{"int": 1999}, {"int": 2021}]
    assert body["topic"] == [{"id": "https://w3id.org/twingraph/topic/sport", "name": "sport"}]
    assert body["partner"] == body["lat"] == []
    place = rows["municipality/de/heidelberg"]
    assert place["lat"] == [{"float": 49.40768}]
    assert len(place["partner"]) == 2
    assert {"str": "http://www.wikidata.org/entity/Q2966"} in place["sameAs"]
    assert not any(rows["institution/none"].values())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, {"id": "municipality/de/heidelberg", "name": "Heidelberg"}),
        ("entity", {"id": "municipality/de/heidelberg", "name": "Heidelberg"}),
        ("id", {"str": "municipality/de/heidelberg"}),
        ("name", {"str": "Heidelberg"}),
    ],
)
def test_content_is_as_it_is_set(service: Service, content: str | None, expected: Json) -> None:
    asked = {"id": "city", "settings": {"content": content}}
    ids = ["institution/sportkreis-heidelberg"]
    found = get(service, extend={"ids": ids, "properties": [asked]})
    assert found["rows"][ids[0]] == {"city": [expected]}
    assert ("type" in found["meta"][0]) == ("id" in expected)


@pytest.mark.parametrize("limit", [-1, 1.5, "x", "-1", "²", [], True, 1e300, "9" * 5000])
def test_a_limit_of_values_that_is_none_is_refused(service: Service, limit: Any) -> None:
    asked = {"ids": [], "properties": [{"id": "city", "settings": {"limit": limit}}]}
    assert "extend: " in refused(service.answer("POST", "", {"extend": json.dumps(asked)}))


@pytest.mark.parametrize("limit", [0, 1, 2.0, "1", "", "2.0", None])
def test_a_limit_of_values_may_be_text(service: Service, limit: Any) -> None:
    ids = ["municipality/de/heidelberg"]
    asked = {"ids": ids, "properties": [{"id": "partner", "settings": {"limit": limit}}]}
    values = get(service, extend=asked)["rows"][ids[0]]["partner"]
    assert len(values) == (int(float(limit or 0)) or 8)


def test_the_url_of_a_service_is_absolute(tmp_path: Path) -> None:
    build_folder(write_folder(tmp_path / "data"), tmp_path / "build")
    with open_build(tmp_path / "build") as opened, pytest.raises(IriError):
        Service(opened, "/reconcile")


TEXTS = st.text(st.characters(exclude_categories=()), max_size=20) | st.sampled_from(
    ["Heidelberg", "institution/sportkreis-heidelberg", "University", "city", "year", "kind", "de"]
)
SCALARS = TEXTS | st.integers() | st.floats() | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
)
PROPERTY = st.fixed_dictionaries(
    {"pid": TEXTS | st.sampled_from(["city", "year", "kind", "country", "partner", "lat"])},
    optional={"v": SCALARS | st.lists(SCALARS, max_size=3) | VALUES},
)
QUERY = st.fixed_dictionaries(
    {},
    optional={
        "query": SCALARS,
        "type": TEXTS | st.lists(TEXTS, max_size=2),
        "limit": st.integers(-1, 5) | SCALARS,
        "properties": st.lists(PROPERTY, max_size=3) | VALUES,
        "type_strict": st.sampled_from(["any", "all", "should"]) | TEXTS,
    },
)
WANTED = st.fixed_dictionaries(
    {"id": TEXTS | st.sampled_from(["city", "partner", "lat"])},
    optional={"settings": st.dictionaries(st.sampled_from(["limit", "content"]), SCALARS)},
)
EXTENDING = st.fixed_dictionaries(
    {"ids": st.lists(TEXTS, max_size=2), "properties": st.lists(WANTED, max_size=2)}
)
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        "queries": st.dictionaries(TEXTS, QUERY, max_size=3).map(json.dumps) | TEXTS,
        "extend": EXTENDING.map(json.dumps),
        "callback": TEXTS,
        "prefix": TEXTS,
        "cursor": TEXTS | st.integers().map(str),
        "limit": TEXTS | st.integers().map(str),
        "type": TEXTS,
        "id": TEXTS,
    },
)
PATHS = ("", "", "", "suggest/entity", "suggest/type", "suggest/property", "properties", "preview")


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(PATHS) | TEXTS, PARAMETERS)
def test_whatever_is_asked_is_answered(
    service: Service, path: str, parameters: dict[str, str]
) -> None:
    answer = service.answer("POST", path, parameters)
    assert answer.status in (200, 400, 404)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    if answer.media_type != "application/json":
        return
    found = json.loads(answer.body)
    assert ("message" in found) == (answer.status != 200) or path == ""
    if answer.status == 200 and "queries" in parameters and not path:
        assert all("result" in each for each in found.values())
