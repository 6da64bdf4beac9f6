"""How far the push of a build to a store has come: a file beside the build, without any secret."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from twingraph.errors import FileError
from twingraph.files import hold_file, write_whole

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path


@dataclass(slots=True)
class State:
    """What a store has of a build. `loading` are the graphs that the present push puts there."""

    generation: str = ""
    chunk: list[int] = field(default_factory=list)
    loading: list[str] = field(default_factory=list)
    pushed: list[str] = field(default_factory=list)  # every graph ever put there, and not dropped
    is_cleared: bool = False
    chunks_done: int = 0
    is_complete: bool = False


class StateFile:
    """The file `push-<hash>.json` of a build and a store, by the address of the store."""

    def __init__(self, build: Path, address: str) -> None:
        self._path = build / f"push-{hashlib.sha256(address.encode()).hexdigest()[:16]}.json"

    def read(self) -> State:
        """What is recorded; nothing, where there is no file.

        :raises FileError: if the file is not one of ours.
        """
        try:
            return State(**json.loads(self._path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return State()
        except (OSError, ValueError, TypeError) as error:
            raise FileError(f"{self._path}: is no record of a push; remove it: {error}") from error

    def write(self, state: State) -> None:
        """Record a state, durably."""
        content = json.dumps(asdict(state), indent=1) + "\n"
        try:
            with write_whole(self._path) as file:
                file.write(content.encode())
        except OSError as error:
            raise FileError(f"{self._path}: cannot be written: {error}") from error

    def hold(self) -> AbstractContextManager[None]:
        """Keep others from pushing this build to this store meanwhile.

        :raises FileError: if another process does so now.
        """
        busy = f"{self._path.parent}: another process is pushing it to this store; wait for it"
        return hold_file(self._path.with_suffix(".lock"), busy)
