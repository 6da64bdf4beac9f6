"""The files that a build was made from: their hashes, and whether they have changed since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from twingraph.errors import FileError
from twingraph.files import hash_file
from twingraph.store.generations import MANIFEST

if TYPE_CHECKING:
    from pathlib import Path


def find_inputs(data: Path) -> dict[str, Path]:
    """The files below a data folder by their path in it; hidden ones aside.

    :raises FileError: if a name cannot be written down.
    """
    found = {}
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data).as_posix()
        if not name.isprintable():
            raise FileError(
                f"{data}: the name of the file {name!a} holds what is no letter; rename it"
            )
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            found[name] = path
    return found


def hash_inputs(data: Path) -> dict[str, str]:
    """The SHA-256 of each file below a data folder, by its path in it.

    :raises FileError: if a file cannot be read.
    """
    try:
        return {name: hash_file(path) for name, path in find_inputs(data).items()}
    except OSError as error:
        raise FileError(f"{error.filename}: cannot be read: {error.strerror}") from error


def has_changed(generation: Path, data: Path) -> bool:
    """Whether a build was made from other files than those that are below `data` now.

    Only files that are newer than the build are read.
    """
    manifest = generation / MANIFEST
    built: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))["inputs"]
    now = find_inputs(data)
    if built.keys() != now.keys():
        return True
    since = manifest.stat().st_mtime
    return any(
        path.stat().st_mtime > since and hash_file(path) != built[name]
        for name, path in now.items()
    )
