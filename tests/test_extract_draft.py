"""What is extracted becomes records that `build` reads as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from example import SMALL, write_folder
from twingraph import build_folder
from twingraph.errors import FileError, RecordErrors, SourceError
from twingraph.extract import (
    Options,
    compare_with,
    drafts_as_yaml,
    extract_files,
    find_pages,
    read_known,
    write_drafts,
    write_source,
)
from twingraph.extract.compare import compare
from twingraph.extract.resolve import Known
from twingraph.facts import Activity

if TYPE_CHECKING:
    from pathlib import Path

    from twingraph.extract.run import Extracted

BETWEEN = ("de/heidelberg", "jp/kumamoto")
PAGE = """Main focus

- Annual youth exchange organized by the Youth Council since 1993
- Concerts of the Kumamoto City Orchestra in Heidelberg in 1999
- Annual youth exchange organized by the Youth Council since 1993
"""


def drafted(folder: Path, text: str = PAGE) -> tuple[Extracted, Known]:
    data = write_folder(folder / "data")
    page = folder / "page.txt"
    page.write_text(text)
    known = read_known(data)
    (extracted,) = extract_files([page], known, Options(BETWEEN, date="2021"))
    return extracted, known


def test_records(tmp_path: Path) -> None:
    extracted, _ = drafted(tmp_path)
    first, second, third = extracted.drafts.activities
    assert (first.form, first.years, first.recurrence) == ("YouthExchange", "1993/..", "annual")
    assert first.organizers == ("youth-council",)
    assert second.participants == ("kumamoto-city-orchestra",)
    assert second.held_in == ("de/heidelberg",)
    assert {record.status for record in (first, second, third)} == {"draft"}
    assert first.id != third.id
    assert (first.line, second.line, third.line) == ((3,), (), (5,))
    (proposed,) = extracted.drafts.institutions
    assert (proposed.id, proposed.kind, proposed.based_in, proposed.status) == (
        "kumamoto-city-orchestra",
        "Ensemble",
        "jp/kumamoto",
        "draft",
    )
    assert "place" in first.because


def test_build_reads_drafts_as_they_are(tmp_path: Path) -> None:
    extracted, _ = drafted(tmp_path)
    source = tmp_path / "data/sources/page"
    (source / "page.txt").write_text(extracted.page.text)
    (source / "activities.yaml").write_text(drafts_as_yaml(extracted))
    plain = build_folder(tmp_path / "data", tmp_path / "build")
    assert plain.counts["activities"] == 0
    assert "3 drafts are left out: a person reviews them first" in plain.warnings
    built = build_folder(tmp_path / "data", tmp_path / "build", drafts=True)
    assert (built.counts["activities"], built.counts["institutions"]) == (3, 2)


def test_source_folder_is_ready_to_build(tmp_path: Path) -> None:
    extracted, known = drafted(tmp_path)
    folder = tmp_path / "data/sources/new-page"
    write_source(extracted, folder, known, Options(BETWEEN, date="2021"))
    assert sorted(path.name for path in folder.iterdir()) == [
        "activities.yaml",
        "page.txt",
        "source.yaml",
    ]
    assert build_folder(tmp_path / "data", tmp_path / "build", drafts=True).counts["sources"] == 2
    with pytest.raises(FileError, match="is a source already"):
        write_source(extracted, folder, known, Options(BETWEEN))


def test_records_are_never_overwritten(tmp_path: Path) -> None:
    extracted, _ = drafted(tmp_path)
    records = tmp_path / "data/sources/page/activities.yaml"
    before = records.read_bytes()
    with pytest.raises(FileError, match="drafts never overwrite records"):
        write_drafts(extracted, records)
    assert records.read_bytes() == before


def test_what_the_page_says_of_the_partnership_is_told_apart(tmp_path: Path) -> None:
    extracted, _ = drafted(tmp_path, "The cities have been twinned since 1992.\n")
    assert extracted.drafts.activities == ()
    (stage,) = extracted.drafts.stages
    assert stage["years"] == "1992/.."
    assert "# Of the partnership itself, for partnerships.yaml: kind: twinning" in drafts_as_yaml(
        extracted
    )


def test_without_records_names_come_from_ids(tmp_path: Path) -> None:
    assert Known().place_names(["de/bad-ems"]) == {"Bad Ems": "de/bad-ems"}
    assert Known().partnership(BETWEEN) == "heidelberg-kumamoto"
    with pytest.raises(SourceError, match="'Heidelberg' is not a municipality"):
        list(extract_files([tmp_path], Known(), Options(("Heidelberg", "x"))))


def test_pages_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        find_pages([tmp_path / "nowhere.txt"])
    with pytest.raises(FileError, match="holds no page"):
        find_pages([tmp_path])


def test_several_processes_give_the_same(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_text(PAGE.replace("1999", str(1990 + number)))
    paths = find_pages([tmp_path])
    one = list(extract_files(paths, Known(), Options(BETWEEN)))
    two = list(extract_files(paths, Known(), Options(BETWEEN), jobs=2))
    assert [drafts_as_yaml(each) for each in one] == [drafts_as_yaml(each) for each in two]
    backwards = list(extract_files(paths[::-1], Known(), Options(BETWEEN)))
    assert list(map(drafts_as_yaml, backwards[::-1])) == list(map(drafts_as_yaml, one))


def record(name: str, quote: str, **values: str) -> Activity:
    return Activity(id=name, label={"en": name}, quote=(quote,), **values)  # type: ignore[arg-type]


def test_compare_tells_what_is_new_changed_and_gone() -> None:
    records = [
        record("exchange", "Annual youth exchange since 1993", years="1993/.."),
        record("concert", "A concert in 1999", years="1999"),
        record("fair", "A fair of crafts in the town hall"),
        Activity(id="by-hand", label={"en": "No words"}),
    ]
    drafts = [
        record("a", "Annual youth exchange since 1993", years="1993/..", form="YouthExchange"),
        record("b", "A concert in 2001", years="2001"),
        record("c", "A visit of teachers", years="2020"),
    ]
    found = compare(drafts, records)
    assert [(each.what, each.id) for each in found] == [
        ("changed", "concert"),
        ("new", "c"),
        ("vanished", "fair"),
    ]
    assert "years '1999' -> '2001'" in str(found[0])


def test_compare_with_a_file(tmp_path: Path) -> None:
    extracted, _ = drafted(tmp_path)
    path = tmp_path / "records.yaml"
    path.write_text(SMALL["sources/page/activities.yaml"])
    differences, left = compare_with(extracted, path)
    assert [each.what for each in differences] == ["changed", "new", "new", "vanished"]
    assert len(left.drafts.activities) == 3
    path.write_text("activities:\n  - {id: x}\n")
    with pytest.raises(RecordErrors, match="label: is missing"):
        compare_with(extracted, path)
