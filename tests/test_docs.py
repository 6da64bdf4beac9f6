"""The reference pages say what the library does, and leave nothing out."""

import json
import re
from pathlib import Path

import msgspec
import pyoxigraph
import pytest
from click.testing import CliRunner

from example import DATA, ROOT
from twingraph import facts
from twingraph.cli import cli
from twingraph.extract import Options, drafts_as_yaml, extract_files, read_known
from twingraph.store import load, pipeline, reuse
from twingraph.vocab import SKOS, TG
from twingraph.years import read_years

RECORDS = (ROOT / "docs/records.md").read_text(encoding="utf-8")
TIME = (ROOT / "docs/time.md").read_text(encoding="utf-8")
BUILDS = (ROOT / "docs/builds.md").read_text(encoding="utf-8")
ONTOLOGY = (ROOT / "docs/ontology.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sparql\n(.*?)```\n\n```text\n(.*?)```", ONTOLOGY, re.DOTALL)
TYPES: dict[str, type[msgspec.Struct]] = {
    "source.yaml": facts.Source,
    "activities.yaml": facts.Activity,
    "programmes.yaml": facts.Programme,
    "municipalities.yaml": facts.Municipality,
    "institutions.yaml": facts.Institution,
    "partnerships.yaml": facts.Partnership,
    "dataset.yaml": facts.Dataset,
}
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TIME.splitlines()
    if re.match(r"\| `[^`]+`", line)
]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tmp_path_factory.mktemp("docs") / "build"
    pipeline.build_folder(DATA, build)
    return build


def keys_of(section: str) -> set[str]:
    table = RECORDS.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    return {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize("section", TYPES)
def test_every_key_is_explained(section: str) -> None:
    keys = {field.name for field in msgspec.structs.fields(TYPES[section])}
    if section == "programmes.yaml":
        keys -= keys_of("activities.yaml")
    assert keys_of(section) == keys


def years_in(cell: str) -> set[int]:
    found: set[int] = set()
    for part in filter(None, cell.split(", ")):
        first, _, last = part.partition("–")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def bounds_in(cell: str) -> tuple[int | None, ...]:
    return tuple(None if part == "–" else int(part) for part in cell.split(", "))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_time_is_as_the_table_says(row: list[str]) -> None:
    stated, certain, possible, starts, ends = row
    years = read_years(stated.split("`")[1])
    bounds = years.bounds(2021)
    assert bounds is not None
    assert set(years.certain(2021)) == years_in(certain)
    assert set(years.possible(2021)) == years_in(possible)
    assert (bounds.earliest_start, bounds.latest_start) == bounds_in(starts)
    assert (bounds.earliest_end, bounds.latest_end) == bounds_in(ends)


def test_table_of_time_is_read() -> None:
    assert len(ROWS) == 18


def test_draft_that_is_shown_is_the_one_drafted() -> None:
    text = (ROOT / "docs/extract.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```yaml\nactivities:\n(.*?)```", text, re.DOTALL)
    page = DATA / "sources/heidelberg-kumamoto/page.txt"
    options = Options(("de/heidelberg", "jp/kumamoto"))
    (extracted,) = extract_files([page], read_known(DATA), options)
    assert shown in drafts_as_yaml(extracted)


def test_every_derived_term_is_explained_as_the_ontology_does() -> None:
    ontology = pyoxigraph.parse(path=ROOT / "ontology/twingraph.ttl")
    definition = pyoxigraph.NamedNode(f"{SKOS}definition")
    defined = {
        str(quad.subject).removeprefix(f"<{TG}").removesuffix(">"): quad.object.value
        for quad in ontology
        if quad.predicate == definition and isinstance(quad.object, pyoxigraph.Literal)
    }
    derived = {name: text for name, text in defined.items() if "; derived" in text}
    assert dict(re.findall(r"^\| `tg:(\w+)` \| .* \| (.*) \|$", ONTOLOGY, re.MULTILINE)) == derived


@pytest.mark.parametrize(("query", "shown"), EXAMPLES)
def test_query_gives_what_is_shown(build: Path, query: str, shown: str) -> None:
    arguments = ["query", "-", "--build", str(build), "--format", "table"]
    result = CliRunner().invoke(cli, arguments, input=query)
    found = [line.rstrip() for line in result.stdout.splitlines() if line.strip()]
    assert found == shown.splitlines()


def test_every_query_shows_its_answer() -> None:
    assert len(EXAMPLES) == ONTOLOGY.count("```sparql") == 4


def test_layout_is_that_of_a_build(build: Path) -> None:
    """Each file is of a name that the page shows, and each name is that of a file."""
    shown = re.findall(r"^ {8}(\S+)", BUILDS.partition("\n\nThe quad files")[0], re.MULTILINE)
    shown = [name for name in shown if not name.endswith("/current")]
    patterns = {name: re.compile(re.sub(r"<\w+>", "[^/]+", re.escape(name))) for name in shown}
    generation = build / "current"
    names = ["manifest.json", "store/", "parts/"]
    manifest = json.loads((generation / "manifest.json").read_text())
    names += [*manifest["files"], *manifest["views"]]
    assert {
        name for name in names if not any(p.fullmatch(name) for p in patterns.values())
    } == set()
    assert {n for n, p in patterns.items() if not any(map(p.fullmatch, names))} == set()
    assert {path.name for path in generation.iterdir()} == {n.partition("/")[0] for n in names}


def test_figures_of_builds_are_those_of_the_code() -> None:
    assert f"Beyond {load._MOST_CHANGES:,} such quads" in BUILDS
    assert f"in batches of {load._BATCH // 1_000_000} MB" in BUILDS
    assert BUILDS.count(f"{pipeline._SMALL // 1_000_000} MB of records") == 2
    (small, least), (large, middle) = pipeline._BUCKETS
    steps = f"{middle} up to {large // 1_000_000} MB, then {pipeline._MOST_BUCKETS}"
    assert least == 1
    assert f"one bucket up to {small // 1_000_000} MB, {steps}" in BUILDS
    first, *more = pipeline._VERSIONED
    assert f"version of {first}, {', '.join(more[:-1])} or {more[-1]} |" in BUILDS
    tables = [f"`{name.rstrip('.')}`" for name in reuse._OF_ALL[:-1]]
    assert f"| {', '.join(tables)}, `twingraph.toml` | everything" in BUILDS


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https:)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
