"""A package made earlier: is every file there, whole, and the one that was written?"""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final

from twingraph.checks import check_file
from twingraph.errors import FileError
from twingraph.export.folder import MANIFEST
from twingraph.export.package import CATALOGUE, KIND
from twingraph.export.quality import SHAPES
from twingraph.files import count_lines, hash_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

# How a file of a kind ends that is complete.
_ENDS: Final = {
    ".csv": b"\r\n",
    ".gexf": b"</gexf>\n",
    ".graphml": b"</graphml>\n",
    ".json": b"}\n",
    ".md": b"\n",
    ".nq": b" .\n",
    ".rdf": b"</rdf:RDF>\n",
    ".svg": b"</svg>\n",
    ".trig": b"}\n",
    ".ttl": b".\n",
}

# What is compared, with its type in the manifest.
_TOLD: Final = {"sha256": dict, "rows": dict, "quads": int}


def check_package(path: Path) -> list[str]:
    """What is wrong with a package, a line each; empty when all is well.

    Every file is compared with the SHA-256 that was noted, tables and quads are counted, each file
    is read to its last line, and the catalogue is held against what DCAT-AP demands.

    :raises FileError: if there is no package.
    """
    manifest = read_manifest(path)
    found = list(_check_files(path, manifest["sha256"]))
    found += _check_counts(path, manifest)
    if (path / CATALOGUE[0]).is_file():
        try:
            told = check_file(path / CATALOGUE[0], SHAPES)
            found += (f"{path / CATALOGUE[0]}: {each.message}" for each in told)
        except FileError as error:
            found.append(str(error))
    return found


def read_manifest(path: Path) -> dict[str, Any]:
    """What a package says of itself: `sha256` by file, `rows` by table, and more.

    :raises FileError: if there is no package.
    """
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FileError(f"{path / MANIFEST}: cannot be read: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("twingraph") != KIND:
        raise FileError(f"{path}: is no package that `twingraph export --to` wrote")
    for key, kind in _TOLD.items():
        if not isinstance(manifest.get(key), kind):
            raise FileError(f"{path / MANIFEST}: {key} is damaged or missing")
    return manifest


def _check_files(path: Path, noted: Mapping[str, str]) -> Iterator[str]:
    there = {each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file()}
    for name in sorted(there - noted.keys() - {MANIFEST}):
        yield f"{path / name}: is not of the package"
    for name, sha256 in noted.items():
        if name not in there:
            yield f"{path / name}: is missing"
            continue
        if not _is_whole(path / name):
            yield f"{path / name}: is cut off"
        elif (now := hash_file(path / name)) != sha256:
            yield f"{path / name}: has changed: its SHA-256 is {now}, expected {sha256}"


def _is_whole(path: Path) -> bool:
    """Whether a file ends as one of its kind does."""
    if path.suffix == ".jsonld":
        try:
            json.loads(path.read_bytes())
        except ValueError:
            return False
        return True
    if path.suffix == ".xlsx":
        try:
            with zipfile.ZipFile(path) as archive:
                return archive.testzip() is None
        except (zipfile.BadZipFile, zlib.error, EOFError):
            return False
    if path.suffix == ".gz":
        return _count_packed(path) is not None
    end = _ENDS.get(path.suffix, b"")
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(size - len(end), 0))
        return file.read() == end or not end


def _count_packed(path: Path) -> int | None:
    """The number of lines of a compressed file, or None where it is cut off."""
    try:
        with gzip.open(path) as file:
            return sum(1 for _ in file)
    except (EOFError, OSError, zlib.error):
        return None


def _check_counts(path: Path, manifest: Mapping[str, Any]) -> Iterator[str]:
    for name, rows in manifest["rows"].items():
        table = path / "tables" / f"{name}.csv"
        if table.is_file() and (found := _count_rows(table)) != rows:
            yield f"{table}: has {found} rows; expected {rows}"
    quads = manifest["quads"]
    counters: dict[str, Callable[[Path], int | None]] = {
        "data.nq": count_lines,
        "data.nq.gz": _count_packed,
    }
    for name, count in counters.items():
        if (path / name).is_file() and (number := count(path / name)) != quads:
            yield f"{path / name}: has {number or 0} quads; expected {quads}"


def _count_rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="", errors="replace") as file:
        return sum(1 for _ in csv.reader(file)) - 1
