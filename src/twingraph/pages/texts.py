"""The stored pages of sources, for the words around a quotation; names of contacts masked."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from twingraph.files import hash_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_MOST: Final = 300  # characters of a line beside the quoted words


class Context(NamedTuple):
    """The line in which quoted words stand, before and after them, and the lines around it."""

    above: str
    before: str
    words: str
    after: str
    below: str


class PageTexts:
    """The pages below a data folder that are as they were when a build was made of them."""

    def __init__(self, data: Path, manifest: Mapping[str, Any]) -> None:
        self._data = data
        self._inputs: Mapping[str, str] = manifest["inputs"]
        self._read = lru_cache(maxsize=64)(self._read_page)

    def find_context(self, source: str, start: int, end: int) -> Context | None:
        """The words from code point `start` to `end` of a source's page, with those around them.

        None where there is no page, or it has changed since the build.
        """
        text = self._read(source)
        if text is None or not start < end <= len(text):
            return None
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        above = text[:line_start].rstrip().rpartition("\n")[2]
        below = text[line_end:].lstrip().partition("\n")[0]
        before, after = text[line_start:start], text[end:line_end]
        return Context(
            _end_of(above), _end_of(before), text[start:end], _start_of(after), _start_of(below)
        )

    def _read_page(self, source: str) -> str | None:
        name = f"sources/{source}/page.txt"
        path = self._data / name
        if name not in self._inputs or not path.is_file() or not self._is_unchanged(name):
            return None
        return self._mask(path.read_text(encoding="utf-8"))

    def _is_unchanged(self, name: str) -> bool:
        return hash_file(self._data / name) == self._inputs[name]

    @cached_property
    def _mask(self) -> Callable[[str], str]:
        """Covers the names of all contacts, as the build does.

        Where a record of a source is not the one that was built, no word around a quote is shown.
        """
        from twingraph.records.contacts import read_contacts
        from twingraph.records.quotes import make_mask

        records = [name for name in self._inputs if name.endswith("/source.yaml")]
        if not all((self._data / n).is_file() and self._is_unchanged(n) for n in records):
            return lambda _: ""
        return make_mask(read_contacts(self._data))


def _end_of(text: str) -> str:
    return text if len(text) <= _MOST else "…" + text[-_MOST:]


def _start_of(text: str) -> str:
    return text if len(text) <= _MOST else text[:_MOST] + "…"
