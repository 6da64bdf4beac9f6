"""The stored pages of a folder, and the passages that records quote from them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from twingraph.errors import Finding
from twingraph.files import hash_file
from twingraph.records.quotes import Page, Passage, find_passage
from twingraph.records.text import Reporter, read_bytes, read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from twingraph.facts import Source
    from twingraph.records.fields import Located


class Quoted(NamedTuple):
    """The quotes of a record, the lines named for them, and the key to report them under."""

    quotes: Sequence[str]
    lines: Sequence[int]
    key: str


class Pages:
    """Finds passages; what is wrong with a page or a quote goes to `findings`."""

    def __init__(
        self,
        root: Path,
        sources: Mapping[str, Source],
        mask: Callable[[str], str],
        findings: list[Finding],
    ) -> None:
        self._root = root
        self._sources = sources
        self.mask = mask
        self._findings = findings
        self.get = lru_cache(maxsize=16)(self._read)

    def _read(self, source: str) -> Page | None:
        """The stored page of a source, or None where there is none to quote."""
        path = self._root / source / "page.txt"
        if not path.exists():
            return None
        report = Reporter(str(path), self._findings)
        content = read_bytes(path, report)
        text = None if content is None else read_page(content, report)
        expected = self._sources[source].sha256
        if text is not None and expected is not None and hash_file(path) != expected:
            report(0, "", f"is not the page that was read: its SHA-256 is not {expected}")
        return Page(text or "")

    def find(
        self, located: Located[Any], source: str | None, quoted: Quoted
    ) -> tuple[Passage, ...]:
        """The passages that a record quotes, names of contacts masked."""

        def tell(key: str, message: str) -> None:
            place = Finding(located.path, located.line_of(key), key, self.mask(message))
            self._findings.append(place)

        if quoted.lines and not quoted.quotes:
            tell("line", "is given without a quote")
        if not quoted.quotes or (source is not None and source not in self._sources):
            return ()
        page = self.get(source) if source is not None else None
        if page is None:
            tell(quoted.key, "is quoted, but there is no page.txt to find the words in")
            return ()
        if quoted.lines and len(quoted.lines) != len(quoted.quotes):
            tell("line", f"{len(quoted.lines)} lines for {len(quoted.quotes)} quotes")
            return ()
        passages = []
        lines = quoted.lines or (None,) * len(quoted.quotes)
        for quote, line in zip(quoted.quotes, lines, strict=True):
            found = find_passage(page, quote, line)
            if isinstance(found, str):
                tell(quoted.key, found)
            else:
                words = self.mask(found.words)
                passages.append(Passage(found.start, found.end, found.line, words))
        return tuple(passages)
