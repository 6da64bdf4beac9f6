"""A folder of what is exported takes the place of the former one only when it is whole."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import shutil
import zlib
from contextlib import contextmanager
from glob import escape
from typing import TYPE_CHECKING, Any, Final

from twingraph.errors import FileError
from twingraph.files import sync_file, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MANIFEST: Final = "manifest.json"
_PACKED: Final = f"{MANIFEST}.gz"
_NEW: Final = "new"
_FORMER: Final = "former"


@contextmanager
def replace_folder(path: Path, kind: str, *, of_many: bool = False) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of `path` when all went well.

    What is put into it ends with `write_manifest`. A folder cannot be exchanged at one stroke: of a
    process killed between the two renames, the next export first puts the former one back.
    `of_many` files, all that waits to be written anywhere is made durable at once: that is quicker.

    :raises FileError: if something stands at `path` that is no former export of this kind.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(path)
    _check_replaceable(path, kind)
    work = path.with_name(f".{path.name}.{os.getpid()}.part")
    (work / _NEW).mkdir(parents=True)
    held = os.open(work, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield work / _NEW
        if of_many:
            os.sync()
        else:
            _sync(work / _NEW)
        _check_replaceable(path, kind)
        if path.exists():
            path.rename(work / _FORMER)
        (work / _NEW).rename(path)
        sync_folder(path.parent)
    finally:
        _clear(work, path)
        os.close(held)


def write_manifest(
    folder: Path, kind: str, content: Mapping[str, Any], *, of_many: bool = False
) -> None:
    """Say what a folder is, and which files it holds: what lets a later export take its place.

    `of_many` files, the manifest is gzipped.
    """
    path = folder / (_PACKED if of_many else MANIFEST)
    manifest = {"twingraph": kind, "files": [*sorted(_names(folder)), path.name], **content}
    text = (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()
    path.write_bytes(gzip.compress(text, mtime=0) if of_many else text)


def _names(folder: Path) -> set[str]:
    """The files below a folder, by their paths in it."""
    paths = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return {path.relative_to(folder).as_posix() for path in paths}


def _check_replaceable(path: Path, kind: str) -> None:
    """Refuse to remove what nobody can restore by exporting again."""
    if not path.exists():
        return
    if not path.is_dir():
        raise FileError(f"{path}: is a file; expected a folder of {kind}, or nothing")
    found = _names(path)
    if not found:
        return
    strange = sorted(found - _exported(path, kind))
    if strange:
        raise FileError(
            f"{path}: holds {strange[0]!r}, which is not of a former export of {kind}; "
            "name another folder, or remove it"
        )


def _exported(path: Path, kind: str) -> set[str]:
    """The names of the files that a former export of this kind has put there.

    :raises FileError: if it packed them, and they cannot be read any more.
    """
    packed = path / _PACKED
    try:
        if packed.exists():
            manifest = json.loads(gzip.decompress(packed.read_bytes()))
        else:
            manifest = json.loads((path / MANIFEST).read_bytes())
    except (OSError, EOFError, ValueError, RecursionError, zlib.error) as error:
        if packed.exists():
            raise FileError(
                f"{packed}: is damaged ({error}), so nobody knows which files are of a former "
                f"export of {kind}; name another folder, or remove {path}"
            ) from error
        return set()
    if not isinstance(manifest, dict) or manifest.get("twingraph") != kind:
        return set()
    names = manifest.get("files")
    return {each for each in names if isinstance(each, str)} if isinstance(names, list) else set()


def _sync(folder: Path) -> None:
    """Make the files below a folder durable, and their names."""
    for path in folder.iterdir():
        if path.is_dir():
            _sync(path)
            continue
        with path.open("rb") as file:
            sync_file(file)
    sync_folder(folder)


def _clear(work: Path, path: Path) -> None:
    """Remove a working folder; a former export in it goes back if nothing has taken its place."""
    if (work / _FORMER).exists() and not path.exists():
        (work / _FORMER).rename(path)
    shutil.rmtree(work, ignore_errors=True)


def _clear_leftovers(path: Path) -> None:
    """Clear what killed exports left beside the place; a live one holds a lock on its folder."""
    for work in path.parent.glob(f".{escape(path.name)}.*.part"):
        try:
            held = os.open(work, os.O_RDONLY)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _clear(work, path)
        except BlockingIOError:
            continue
        finally:
            os.close(held)
