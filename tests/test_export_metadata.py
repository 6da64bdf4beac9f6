"""What a portal must be told is demanded by name, file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from example import DATA, write_folder
from twingraph import FileError, RecordErrors
from twingraph.export.metadata import PROFILES, Metadata, check_metadata
from twingraph.ontology import read_vocabulary
from twingraph.records import open_folder

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """title: {en: Data}
description: {en: What it is}
publisher: {name: {en: The city}}
published_at: https://data.example/
"""


def check(folder: Path, profile: str = "dcat-ap", *, with_contacts: bool = False) -> Metadata:
    opened = open_folder(folder, read_vocabulary())
    assert not opened.findings
    return check_metadata(opened.dataset, str(folder), profile, with_contacts=with_contacts)


@pytest.mark.parametrize("profile", PROFILES)
def test_example_has_all(profile: str) -> None:
    metadata = check(DATA, profile)
    assert metadata.iri("dataset") == "https://w3id.org/twingraph/data/#dataset"


def test_least_is_enough_for_one_profile_and_not_the_other(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "data", {"dataset.yaml": WHOLE})
    assert check(folder).place == "https://data.example/"
    with pytest.raises(RecordErrors) as caught:
        check(folder, "dcat-ap-de")
    assert str(caught.value).startswith(
        f"{folder}/dataset.yaml:1: licence: is missing; wanted by DCAT-AP.de (of each "
    )


@pytest.mark.parametrize("key", ["title", "description", "publisher", "published_at"])
def test_each_that_is_missing_is_told(tmp_path: Path, key: str) -> None:
    lines = "".join(line for line in WHOLE.splitlines(keepends=True) if not line.startswith(key))
    folder = write_folder(tmp_path / "data", {"dataset.yaml": lines})
    with pytest.raises(RecordErrors, match=f"dataset.yaml:1: {key}: is missing; wanted by DCAT-AP"):
        check(folder)


def test_contacts_need_a_legal_basis(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "data", {"dataset.yaml": WHOLE})
    with pytest.raises(RecordErrors, match="legal_basis: is missing; wanted by --with-contacts"):
        check(folder, with_contacts=True)
    text = f"{WHOLE}legal_basis: {{en: Consent}}\n"
    folder = write_folder(tmp_path / "data", {"dataset.yaml": text})
    assert check(folder, with_contacts=True).record.legal_basis == {"en": "Consent"}


def test_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"dataset.yaml: is missing; expected title, description"):
        check(write_folder(tmp_path / "data"))
