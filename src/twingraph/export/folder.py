"""A folder of what is exported takes the place of the former one only when it is whole."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from twingraph.errors import FileError
from twingraph.files import sync_file, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MANIFEST: Final = "manifest.json"


@contextmanager
def replace_folder(path: Path, kind: str) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of `path` when all went well.

    What is put into it ends with `write_manifest`. A folder cannot be exchanged at one stroke: a
    process killed between the two renames leaves the former one, whole, beside the place.

    :raises FileError: if something stands at `path` that is no former export of this kind.
    """
    path = path.resolve()
    _check_replaceable(path, kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    old = path.with_name(f".{path.name}.{os.getpid()}.old")
    part.mkdir()
    held = os.open(part, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield part
        sync_folder(part)
        _check_replaceable(path, kind)
        with suppress(FileNotFoundError):
            path.rename(old)
        try:
            part.rename(path)
        except OSError:
            old.rename(path)
            raise
        sync_folder(path.parent)
    finally:
        os.close(held)
        for folder in (part, old):
            shutil.rmtree(folder, ignore_errors=True)


def write_manifest(folder: Path, kind: str, content: Mapping[str, Any]) -> None:
    """Say what a folder is, and which files it holds: what lets a later export take its place."""
    names = sorted(path.name for path in folder.iterdir())
    manifest = {"twingraph": kind, "files": [*names, MANIFEST], **content}
    with (folder / MANIFEST).open("wb") as file:
        file.write((json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode())
        sync_file(file)


def _check_replaceable(path: Path, kind: str) -> None:
    """Refuse to remove what nobody can restore by exporting again."""
    if not path.exists():
        return
    if not path.is_dir():
        raise FileError(f"{path}: is a file; expected a folder of {kind}, or nothing")
    found = sorted(entry.name for entry in path.iterdir())
    if not found:
        return
    strange = sorted(set(found) - _exported(path, kind))
    if strange:
        raise FileError(
            f"{path}: holds {strange[0]!r}, which is not of a former export of {kind}; "
            "name another folder, or remove it"
        )


def _exported(path: Path, kind: str) -> set[str]:
    """The names of the files that a former export of this kind has put there."""
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    if not isinstance(manifest, dict) or manifest.get("twingraph") != kind:
        return set()
    return set(manifest.get("files", ()))


def _remove_leftovers(path: Path) -> None:
    """Remove what killed exports left beside the place; a live one holds a lock on its folder."""
    for leftover in path.parent.glob(f".{path.name}.*.part"):
        try:
            held = os.open(leftover, os.O_RDONLY)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(leftover, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(held)
