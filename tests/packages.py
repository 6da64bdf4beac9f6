"""Packages that are exported for tests."""

from __future__ import annotations

import gzip
import zipfile
from typing import TYPE_CHECKING

from example import write_folder
from twingraph import build_folder, open_build
from twingraph.export.package import Options, write_package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATASET = """title: {en: Twin towns, de: Partnerstädte}
description: {en: What they do}
publisher: {name: {en: The city}, type: LocalAuthority, homepage: "https://city.example/"}
contact: {name: {en: International office}, email: office@city.example}
licence: https://creativecommons.org/licenses/by/4.0/
themes: [GOVE]
keywords: {en: [twin towns]}
frequency: annual
issued: 2026-01-02
modified: 2026-02-03
published_at: https://data.city.example/twins/
endpoint: https://data.city.example/sparql
contributor: http://dcat-ap.de/def/contributors/city
geocoding:
  area: http://dcat-ap.de/def/politicalGeocoding/municipalityKey/08221000
  level: http://dcat-ap.de/def/politicalGeocoding/Level/municipality
"""
OWN = {"dataset.yaml": DATASET, "twingraph.toml": 'base = "https://data.city.example/id/"\n'}


def make_package(
    place: Path, files: dict[str, str] | None = None, options: Options | None = None
) -> Path:
    """The package of the small folder of records, with some files replaced or added."""
    data = write_folder(place / "data", {**OWN, **(files or {})})
    build_folder(data, place / "build")
    with open_build(place / "build") as build:
        write_package(build, data, place / "dist", options)
    return place / "dist"


def read_parts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder with its bytes, and what is packed inside it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
        if path.suffix == ".gz":
            yield path.name, gzip.decompress(path.read_bytes())
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path.name}/{name}", archive.read(name)
