"""Whether a build is one to be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twingraph.errors import FileError
from twingraph.store.inputs import has_changed
from twingraph.vocab import DEFAULT_BASE, OURS

if TYPE_CHECKING:
    from pathlib import Path

    from twingraph.store import Build


def check_fit(build: Build, data: Path, place: str, *, allow_default_base: bool) -> None:
    """Refuse a build that should not be published; `place` is where its data say they are.

    :raises FileError: if it is older than the records in `data`, holds drafts, or has the IRIs of
        our example without being it.
    """
    if data.is_dir() and has_changed(build.generation, data):
        raise FileError(f"{build.path}: is older than {data}; run `twingraph build` first")
    if build.manifest["drafts"]:
        raise FileError(f"{build.path}: holds drafts, which nobody has reviewed; build without")
    is_ours = place.startswith(OURS)
    if build.mint.base == DEFAULT_BASE and not (is_ours or allow_default_base):
        raise FileError(
            f"{data}/twingraph.toml: the base {DEFAULT_BASE} is the one of our example; "
            'set one below an address of yours: base = "https://your.example/id/"'
        )
