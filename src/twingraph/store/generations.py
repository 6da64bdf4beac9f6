"""A build folder: whole generations, and a link to the one in force.

    BUILD/generations/<hash>/…     quad files, manifest, store; never changed once published
    BUILD/current -> generations/<hash>

A folder cannot be exchanged at one stroke, a link can. A reader holds a shared lock on its
generation's manifest, so an old generation goes only when nobody reads it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from itertools import count
from typing import IO, TYPE_CHECKING, Final

from twingraph.errors import FileError
from twingraph.files import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST: Final = "manifest.json"
FORMAT: Final = 7  # to be raised with every change of what a build holds, or of what a view gives
_LINK: Final = "current"
_GENERATIONS: Final = "generations"
_STAGING: Final = ".new-"
_DOOMED: Final = ".old-"


@contextmanager
def stage(build: Path) -> Iterator[Path]:
    """An empty folder to put a new generation into; removed afterwards unless published.

    Afterwards only the generation in force is left, and those that are read.

    :raises FileError: if another process builds here now, or the folder is something else.
    """
    generations = build / _GENERATIONS
    if build.exists() and not build.is_dir():
        raise FileError(f"{build}: is a file; expected a build folder, or nothing")
    if build.is_dir() and not generations.is_dir() and any(build.iterdir()):
        raise FileError(f"{build}: is not empty and not a build; name a new folder")
    generations.mkdir(parents=True, exist_ok=True)
    if (build / _LINK).is_dir() and not (build / _LINK).is_symlink():
        raise FileError(f"{build / _LINK}: is no link (was a build copied?); name a new folder")
    with (build / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FileError(f"{build}: another process is building here; wait for it") from error
        _remove_others(build)  # a killed build has left
        staging = generations / f"{_STAGING}{os.getpid()}"
        staging.mkdir()
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)
            _remove_others(build)


def publish(build: Path, staging: Path, name: str) -> Path:
    """Put a whole, synced staging folder in force as generation `name`.

    Where that name is taken (the same content, built again by force) the new one is numbered.
    """
    generations = build / _GENERATIONS
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    generation = next(generations / free for free in names if not (generations / free).exists())
    staging.rename(generation)
    sync_folder(generations)
    link = build / f".{_LINK}"
    link.unlink(missing_ok=True)
    link.symlink_to(f"{_GENERATIONS}/{generation.name}", target_is_directory=True)
    link.replace(build / _LINK)
    sync_folder(build)
    return generation


def find_current(build: Path) -> Path | None:
    """The generation in force, or None where nothing is built."""
    link = build / _LINK
    return link.resolve() if link.is_symlink() and link.exists() else None


def hold_current(build: Path) -> tuple[Path, IO[str]]:
    """The generation in force and its manifest, open and locked until closed.

    :raises FileError: if nothing is built there.
    """
    while (generation := find_current(build)) is not None:
        if (manifest := hold(generation)) is not None:
            return generation, manifest
        if find_current(build) == generation:
            break
    raise FileError(f"{build}: holds no build; run `twingraph build` first")


def hold(generation: Path) -> IO[str] | None:
    """The manifest of a generation, open and locked until closed; None where it is gone."""
    try:
        manifest = (generation / MANIFEST).open(encoding="utf-8")
    except FileNotFoundError:
        return None
    fcntl.flock(manifest, fcntl.LOCK_SH)
    if (generation / MANIFEST).exists():
        return manifest
    manifest.close()
    return None


def _remove_others(build: Path) -> None:
    """Remove all that is not in force and that nobody reads (the build lock is held)."""
    current = find_current(build)
    for path in list((build / _GENERATIONS).iterdir()):
        if current is None or path.name != current.name:
            _remove_unread(path)


def _remove_unread(generation: Path) -> None:
    try:
        with (generation / MANIFEST).open() as manifest:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not generation.name.startswith(_DOOMED):
                doomed = generation.with_name(f"{_DOOMED}{generation.name}-{os.getpid()}")
                generation = generation.rename(doomed)
    except BlockingIOError:
        return
    except FileNotFoundError:
        pass
    shutil.rmtree(generation, ignore_errors=True)
