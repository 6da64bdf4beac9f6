"""The reference pages say what the library does, and leave nothing out."""

import re

import msgspec
import pytest

from example import DATA, ROOT
from twingraph import facts
from twingraph.extract import Options, drafts_as_yaml, extract_files, read_known
from twingraph.years import read_years

RECORDS = (ROOT / "docs/records.md").read_text(encoding="utf-8")
TIME = (ROOT / "docs/time.md").read_text(encoding="utf-8")
TYPES: dict[str, type[msgspec.Struct]] = {
    "source.yaml": facts.Source,
    "activities.yaml": facts.Activity,
    "programmes.yaml": facts.Programme,
    "municipalities.yaml": facts.Municipality,
    "institutions.yaml": facts.Institution,
    "partnerships.yaml": facts.Partnership,
}
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TIME.splitlines()
    if re.match(r"\| `[^`]+`", line)
]


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
