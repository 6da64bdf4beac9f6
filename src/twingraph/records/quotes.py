"""Words of a page: where a quotation stands, and names of contacts masked in it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MASK: Final = "\N{FULL BLOCK}"
_TITLES: Final = frozenset(
    ("dr", "prof", "mag", "ing", "mr", "mrs", "ms", "mx", "herr", "frau", "mme")
)
# Between the words of a name: white space, the marks of an address, an initial, `%20`.
_BETWEEN: Final = r"(?:[\s.+_-]|%20)+(?:[^\W\d_]\.?\s+)?"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a stored page: code points `start` to `end`, the line of the start, the words."""

    start: int
    end: int
    line: int
    words: str


class Page:
    """A stored page, for finding quotations in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def line_at(self, position: int) -> int:
        """The line on which a position lies, from 1."""
        return bisect_right(self._starts, position)

    def find(self, quote: str) -> list[tuple[int, int]]:
        """Where the words of a quote stand, white space folded and nothing else.

        >>> Page("Annual youth\\n  exchange").find("youth exchange")
        [(7, 23)]
        """
        pattern = r"\s+".join(map(re.escape, quote.split()))
        return [match.span() for match in re.finditer(pattern, self.text)] if pattern else []

    def begins(self, quote: str) -> str:
        """The longest run of the quote's first words that the page has."""
        words = quote.split()
        found, lost = 0, len(words) + 1  # how many words are on the page, how many are not
        while lost - found > 1:
            middle = (found + lost) // 2
            if self.find(" ".join(words[:middle])):
                found = middle
            else:
                lost = middle
        return " ".join(words[:found])


def find_passage(page: Page, quote: str, line: int | None) -> Passage | str:
    """The passage that a quote names, or what is wrong with it."""
    found = page.find(quote)
    lines = [page.line_at(start) for start, _ in found]
    if not found:
        begun = page.begins(quote)
        known = f"; the page has {begun!r} and goes on otherwise" if begun else ""
        return f"{_shortened(quote)!r} is not on the page{known}"
    if line is not None and line not in lines:
        return f"{_shortened(quote)!r} is not on line {line} of the page, but on {_listed(lines)}"
    if line is None and len(found) > 1:
        return (
            f"{_shortened(quote)!r} stands {len(found)} times, on lines {_listed(lines)}; "
            "name one with line:"
        )
    index = 0 if line is None else lines.index(line)
    start, end = found[index]
    return Passage(start, end, lines[index], page.text[start:end])


def _shortened(quote: str) -> str:
    folded = " ".join(quote.split())
    return folded if len(folded) <= 80 else folded[:79] + "…"  # noqa: PLR2004 - a line


def _listed(lines: Iterable[int]) -> str:
    return ", ".join(map(str, lines))


def make_mask(names: Iterable[str]) -> Callable[[str], str]:
    """A function that covers the names in a text with as many full blocks.

    A name is found as `First Last` and `Last, First`, without titles, in any case, across white
    space and the marks of an address (`first.last@`), with an initial between.

    >>> make_mask(["Dr. Erika Mustermann"])("MUSTERMANN, Erika: erika.mustermann@example.org")
    '█████████████████: ████████████████@example.org'
    """
    patterns = []
    for words in sorted({tuple(_without_titles(name)) for name in names}):
        escaped = [_in_any_form(word) for word in words]
        if escaped:
            patterns.append(_BETWEEN.join(escaped))
        if len(escaped) > 1:
            patterns.append(rf"{escaped[-1]}\s*,\s*" + r"\s+".join(escaped[:-1]))
    if not patterns:
        return str
    anywhere = re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})(?![^\W_])", re.IGNORECASE)
    return lambda text: anywhere.sub(lambda match: _MASK * len(match.group()), text)


def _without_titles(name: str) -> list[str]:
    return [word for word in name.split() if word.casefold().rstrip(".") not in _TITLES]


def _in_any_form(word: str) -> str:
    """A pattern for a word, its accents as one code point with the letter or apart from it."""
    forms = dict.fromkeys(unicodedata.normalize(form, word) for form in ("NFC", "NFD"))
    return f"(?:{'|'.join(map(re.escape, forms))})"
