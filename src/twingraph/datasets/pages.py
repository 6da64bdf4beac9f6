"""Pages of entities that an unfinished import has fetched, kept in a folder until it is done."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any, Final

from twingraph.errors import FileError
from twingraph.files import hold_file, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

_STATE: Final = "state.json"


class Pages:
    """The pages of one import: `<kind>-<number>.json`, each as the API would give its entities.

    What another question has left is thrown away.
    """

    def __init__(self, folder: Path, asked: Sequence[object]) -> None:
        self.folder = folder
        self._asked = hashlib.sha256(json.dumps(asked).encode()).hexdigest()

    def hold(self) -> AbstractContextManager[None]:
        """Keep other processes from this import meanwhile; the folder is made.

        :raises FileError: if another process is at it, or the folder cannot be made.
        """
        self._make()
        busy = f"{self.folder}: another process is importing this dataset; wait for it"
        return hold_file(self.folder / "lock", busy)

    def _make(self) -> None:
        try:
            self.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise FileError(f"{self.folder}: cannot be made: {error.strerror}") from error

    def total(self) -> int | None:
        """How many subjects there are, if this question was begun; else what is there goes away.

        :raises FileError: if what is there cannot be read.
        """
        path = self.folder / _STATE
        state = _read(path) if path.exists() else {}
        if state.get("asked") == self._asked and isinstance(state.get("total"), int):
            return int(state["total"])
        for each in self.folder.glob("*.json"):
            each.unlink()
        return None

    def begin(self, total: int) -> None:
        """Keep how many subjects there are."""
        self._write(self.folder / _STATE, {"asked": self._asked, "total": total})

    def paths(self, kind: str = "*") -> list[Path]:
        """The files of pages, in their order."""
        return sorted(self.folder.glob(f"{kind}-[0-9]*.json"))

    def read(self, kind: str) -> Iterator[dict[str, dict[str, Any]]]:
        """The entities of each page of a kind, by item.

        :raises FileError: if a file is none of ours.
        """
        for path in self.paths(kind):
            yield _read(path).get("entities", {})

    def add(self, kind: str, entities: dict[str, dict[str, Any]]) -> None:
        """Keep a page, durably."""
        number = len(self.paths(kind)) + 1
        self._write(self.folder / f"{kind}-{number:06}.json", {"entities": entities})

    def remove(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder)

    def _write(self, path: Path, content: object) -> None:
        try:
            with write_whole(path) as file:
                file.write(json.dumps(content, ensure_ascii=False).encode())
        except OSError as error:
            raise FileError(f"{path}: cannot be written: {error.strerror or error}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise FileError(
            f"{path}: is no page of an import; remove {path.parent}: {error}"
        ) from error
    if not isinstance(content, dict):
        raise FileError(f"{path}: is no page of an import; remove {path.parent}")
    return content
