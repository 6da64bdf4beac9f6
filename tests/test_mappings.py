"""Files of mappings: what a person decided is built, what is wrong is told with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import twingraph
from example import write_with_import
from twingraph.checks import check_folder
from twingraph.cli import cli
from twingraph.errors import RecordErrors
from twingraph.ontology import read_vocabulary
from twingraph.records import open_folder

if TYPE_CHECKING:
    from pathlib import Path

ID = "https://w3id.org/twingraph/id/"
HEAD = f"""#curie_map:
#  municipality: {ID}municipality/
#  wd: http://www.wikidata.org/entity/
#mapping_set_id: {ID}links/wikidata
"""
COLUMNS = (
    "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tconfidence"
    "\treviewer_label\n"
)
PENDING = "municipality:de/heidelberg\tskos:exactMatch\t\tmunicipality:wikidata/Q2966"
PENDING += "\tsemapv:CompositeMatching\t0.99\t\n"
ACCEPTED = PENDING.replace("CompositeMatching\t0.99\t", "ManualMappingCuration\t0.99\tAda")
REJECTED = ACCEPTED.replace("\t\tmunicipality:wikidata", "\tNot\tmunicipality:wikidata")
SAME = ACCEPTED.replace("skos:exactMatch", "owl:sameAs")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Our records, and beside them an imported dataset with a Heidelberg of its own."""
    return write_with_import(tmp_path)


def write(data: Path, content: str | bytes) -> Path:
    path = data / "links" / "wikidata.sssom.tsv"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def links(data: Path, build: Path) -> list[str]:
    twingraph.build_folder(data, build)
    lines = (build / "current/links.nq").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "municipality/wikidata" in line.split(" ")[2]]


@pytest.mark.parametrize(
    ("row", "predicate"),
    [
        (PENDING, None),
        (REJECTED, None),
        (ACCEPTED, "http://www.w3.org/2004/02/skos/core#exactMatch"),
        (SAME, "http://www.w3.org/2002/07/owl#sameAs"),
    ],
)
def test_what_is_accepted_is_linked(
    data: Path, tmp_path: Path, row: str, predicate: str | None
) -> None:
    write(data, HEAD + COLUMNS + row)
    found = links(data, tmp_path / "build")
    expected = (
        f"<{ID}municipality/de/heidelberg> <{predicate}> "
        f"<{ID}municipality/wikidata/Q2966> <{ID}graph/links> ."
    )
    assert found == ([] if predicate is None else [expected])


def test_links_are_never_reasoned_over(data: Path, tmp_path: Path) -> None:
    links(data, tmp_path / "before")
    before = (tmp_path / "before/current/manifest.json").read_text(encoding="utf-8")
    write(data, HEAD + COLUMNS + SAME)
    assert links(data, tmp_path / "after")
    with twingraph.open_build(tmp_path / "after") as after:
        inferred = after.manifest["graphs"][f"{ID}graph/inferred"]
    assert f'"{ID}graph/inferred": {inferred}' in before


OFFERED = COLUMNS.replace("\n", "\tcomment\n")
GONE = ACCEPTED.replace("de/heidelberg", "de/gone").replace(
    "Ada", "Ada\tscore +3.0: names +5.0; of municipality:de/gone and municipality:wikidata/Q2966"
)


def test_link_whose_record_is_gone_is_left_out_with_a_word(data: Path, tmp_path: Path) -> None:
    """Its row was offered with the very id: the record was there."""
    path = write(data, HEAD + OFFERED + ACCEPTED.replace("Ada", "Ada\t") + GONE)
    build = tmp_path / "build"
    assert len(links(data, build)) == 1
    for forced in (False, True):
        summary = twingraph.build_folder(data, build, force=forced)
        [warning] = [each for each in summary.warnings if "left out" in each]
        assert warning.startswith(
            f"{path}:7: subject_id: there is no record 'municipality:de/gone' any more"
        )
    [finding] = [each for each in check_folder(data) if each.check == "links"]
    assert (finding.severity, finding.message) == ("warning", warning)
    checked = CliRunner().invoke(cli, ["check", str(data)])
    assert (checked.exit_code, warning in checked.stdout) == (1, True)


def test_slip_in_an_id_that_was_offered_is_no_deleted_record(data: Path, tmp_path: Path) -> None:
    path = write(data, HEAD + OFFERED + GONE.replace("de/gone\tskos", "de/gnoe\tskos"))
    with pytest.raises(RecordErrors) as caught:
        twingraph.build_folder(data, tmp_path / "build")
    expected = "there is no record 'municipality:de/gnoe' (did you mean 'municipality:de/gone'?)"
    assert str(caught.value) == f"{path}:6: subject_id: {expected}"
    [finding] = check_folder(data)
    assert finding.severity == "error"
    assert expected in finding.message


@pytest.mark.parametrize(
    ("subject", "message"),
    [
        ("activity:page/nothing", "there is no record 'activity:page/nothing'"),
        (
            "activity:heidelberg-kumamoto/visit",
            "there is no record 'activity:heidelberg-kumamoto/visit' (did you mean 'activity:heid",
        ),
        ("wd:Q2966", "there is no record 'wd:Q2966'; expected one of ours: municipality, inst"),
    ],
)
def test_unknown_subject_of_other_kinds(
    data: Path, tmp_path: Path, subject: str, message: str
) -> None:
    head = HEAD.replace("#  wd", f"#  activity: {ID}activity/\n#  wd")
    path = write(data, head + COLUMNS + ACCEPTED.replace("municipality:de/heidelberg", subject))
    with pytest.raises(RecordErrors) as caught:
        twingraph.build_folder(data, tmp_path / "build")
    assert str(caught.value).startswith(f"{path}:7: subject_id: {message}")


def test_link_to_a_draft_is_left_out_until_it_is_reviewed(data: Path, tmp_path: Path) -> None:
    activities = data / "sources/page/activities.yaml"
    text = activities.read_text(encoding="utf-8")
    activities.write_text(f"{text}    status: draft\n", encoding="utf-8")
    row = ACCEPTED.replace("municipality:de/heidelberg", "activity:heidelberg-kumamoto/visits")
    write(data, HEAD.replace("#  wd", f"#  activity: {ID}activity/\n#  wd") + COLUMNS + row)
    assert links(data, tmp_path / "build") == []
    summary = twingraph.build_folder(data, tmp_path / "build")
    assert any("is a draft: the link is left out" in each for each in summary.warnings)
    assert not twingraph.build_folder(data, tmp_path / "all", drafts=True).dangling


BAD = {
    "unknown predicate": (
        PENDING.replace("exactMatch", "exactlyMatch"),
        ":6: predicate_id: 'skos:exactlyMatch' is none of",
    ),
    "confidence": (PENDING.replace("0.99", "7"), ":6: confidence: 7.0 is not a number from 0 to 1"),
    "confidence as a word": (
        PENDING.replace("0.99", "high"),
        ":6: confidence: 'high' is not a num",
    ),
    "formula": (
        PENDING.replace("\t\n", "\t=HYPERLINK(1)\n"),
        ":6: reviewer_label: '=HYPERLINK(1)' is",
    ),
    "too few columns": (PENDING.replace("0.99\t", "0.99"), ":6: 6 cells; the header has 7"),
    "unknown prefix": (PENDING.replace("municipality:w", "town:w"), ":6: object_id: 'town:wiki"),
    "no curie": (PENDING.replace("municipality:de", "de"), ":6: subject_id: 'de/heidelberg' is no"),
    "no reviewer": (ACCEPTED.replace("Ada", ""), ":6: mapping_justification: who has reviewed it?"),
    "modifier": (REJECTED.replace("\tNot\t", "\tNo\t"), ":6: predicate_modifier: 'No' is none of"),
    "justification": (
        PENDING.replace("Composite", "Guess"),
        ":6: mapping_justification: 'semapv:G",
    ),
    "unknown subject": (
        PENDING.replace("heidelberg", "heidelburg"),
        ":6: subject_id: there is no record 'municipality:de/heidelburg' (did you mean 'municipali",
    ),
    "unknown object": (
        PENDING.replace("Q2966", "Q1"),
        ":6: object_id: there is no record 'municipality:wikidata/Q1'",
    ),
    "twice": (PENDING + ACCEPTED, ":7: subject_id: the pair stands in line 6 already"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_row_is_told_and_changes_nothing(data: Path, tmp_path: Path, name: str) -> None:
    rows, message = BAD[name]
    write(data, HEAD + COLUMNS + ACCEPTED)
    links(data, tmp_path / "build")
    kept = (tmp_path / "build/current").resolve()
    path = write(data, HEAD + COLUMNS + rows)
    with pytest.raises(RecordErrors) as caught:
        twingraph.build_folder(data, tmp_path / "build")
    assert f"{path}{message}" in str(caught.value)
    assert (tmp_path / "build/current").resolve() == kept


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"\xef\xbb\xbf" + (HEAD + COLUMNS + PENDING).encode(),
            ":1: begins with a byte order mark",
        ),
        (
            (HEAD + COLUMNS + PENDING).replace("\n", "\r\n").encode(),
            ":1: ends in a carriage return",
        ),
        (
            HEAD + COLUMNS.replace("confidence", "confidense") + PENDING,
            ":5: confidense: unknown col",
        ),
        (HEAD + COLUMNS.replace("object_id", "comment") + PENDING, ":5: object_id: the column is"),
        (
            HEAD + COLUMNS.replace("confidence", "object_id") + PENDING,
            ":5: object_id: the column st",
        ),
        (
            "#curie_map: x\n" + COLUMNS + PENDING,
            ":1: curie_map: expected a prefix and an IRI a line",
        ),
        ("", ":1: subject_id: the column is missing"),
        (b"\xff\xfe", ": is UTF-16"),
    ],
)
def test_bad_file_is_told(data: Path, content: str | bytes, message: str) -> None:
    path = write(data, content)
    with pytest.raises(RecordErrors) as caught:
        open_folder(data, read_vocabulary()).read_through()
    assert f"{path}{message}" in str(caught.value).replace(f"{path}:1: is", f"{path}: is")


def test_other_file_among_the_links_is_told(data: Path) -> None:
    write(data, HEAD + COLUMNS + PENDING)
    (data / "links" / "wikidata.csv").write_text("x", encoding="utf-8")
    with pytest.raises(RecordErrors, match=r"wikidata\.csv: is no file of mappings"):
        open_folder(data, read_vocabulary()).read_through()
