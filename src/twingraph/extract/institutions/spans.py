"""Where a name stands among the words of a text, and what can stand in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph.extract.grammar import DEFINITE, FUNCTION, OF, TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.extract.lexicon import Hit
    from twingraph.extract.words import Word

# A city as a body is named as one: City of Heidelberg, Stadt Heidelberg.
CITY: Final = frozenset(("city", "Stadt", "ville", "Landeshauptstadt", "municipality"))


class Span(NamedTuple):
    """Words from `first` up to, not including, `last` that name a body."""

    first: int
    last: int
    kind: str | None
    rule: str
    head: int | None = None  # the word that names the kind
    names: tuple[str, ...] = ()  # where one mention stands for several bodies


class Reader:
    """Reads names in the words of a text, with the kinds that the lexicon found there."""

    def __init__(self, words: Sequence[Word], hits: Sequence[Hit], language: str) -> None:
        self.words = words
        self.language = language
        self.hits = hits
        self.heads = {hit.last - 1: hit for hit in self.hits}
        self.definite = DEFINITE.get(language, frozenset())
        self.of = OF.get(language, frozenset())

    def text(self, i: int) -> str:
        """The word or mark at a place; nothing beyond the ends."""
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def is_mark(self, i: int) -> bool:
        """Whether there is no word at a place."""
        return not 0 <= i < len(self.words) or not self.words[i].is_word

    def starts_sentence(self, i: int) -> bool:
        """Whether a capital letter at a place says nothing."""
        return i == 0 or self.text(i - 1) in {".", "!", "?", ":", "•", "–", "(", "„", "“", '"'}

    def is_name(self, i: int) -> bool:
        """Whether a word can stand in a name: a capital letter, and no word of grammar."""
        if not 0 <= i < len(self.words) or not self.words[i].is_name:
            return False
        folded = self.words[i].text.casefold()
        return folded not in FUNCTION and folded not in TITLES
