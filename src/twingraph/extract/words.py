"""Words of a text with their stems, so that an inflected word finds its label.

A stem is no word: it is what the forms of a word share after a light cut of endings, which is the
same for a label and for a text (no dictionary is loaded, so a page takes milliseconds).

>>> stem("Krankenhauses", "de") == stem("Krankenhäuser", "de") == stem("Krankenhaus", "de")
True
>>> stem("societies", "en") == stem("society", "en")
True
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

# A word may hold hyphens, apostrophes and the dots of an abbreviation; all else is a mark.
_TOKEN: Final = re.compile(
    # In Japanese each sign is a word, in French and Spanish an elided article is one.
    r"[\u3005-\u30ff\u3400-\u9fff]|\b[cdjlmnstCDJLMNST][’'](?=[^\W\d_]{2})|e\.\s?V\.|(?:[^\W\d_]\.){2,}|[^\W\d_][^\W_]*(?:[-‐’'][^\W_]+)*|[0-9]+|[^\w\s]"
)
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_KEPT: Final = "schuler"  # a pupil, not a school
_LEAST: Final = 3  # letters that a stem keeps
_ENDINGS: Final = {
    "de": re.compile(r"(?<=...)(?:ern|em|en|er|es|e|n|s)$"),
    "en": re.compile(r"(?<=..[^sui])s$"),
    "fr": re.compile(r"(?<=..)(?:es|e|s|x)$"),
    "es": re.compile(r"(?<=..)(?:es|os|as|o|a|e|s)$"),
}


class Word(NamedTuple):
    """A word or mark: its place in the text (code points), and its stem."""

    start: int
    end: int
    text: str
    stem: str

    @property
    def is_name(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it is no mark and no number."""
        return self.text[0].isalpha()


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """What the forms of a word share: folded case and accents, without its ending."""
    folded = unicodedata.normalize("NFD", word.casefold())
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    folded = _POSSESSIVE.sub("", folded).replace("-", "").replace("‐", "")
    if language == "en":
        if folded.endswith("ies") and len(folded) > _LEAST + 1:
            return folded[:-3] + "y"
        if folded.endswith(("ches", "shes", "xes", "sses")):
            return folded[:-2]
    if language == "de" and folded.startswith(_KEPT):
        return _KEPT
    ending = _ENDINGS.get(language)
    # Twice, since Haus and Häuser share no more than hau.
    return folded if ending is None else ending.sub("", ending.sub("", folded))


def read_words(text: str, language: str) -> list[Word]:
    """The words and marks of a text, in order.

    >>> [word.text for word in read_words("Stadtjugendring e.V., 2 Chöre", "de")]
    ['Stadtjugendring', 'e.V.', ',', '2', 'Chöre']
    """
    return [
        Word(*match.span(), word := match.group(), stem(word, language))
        for match in _TOKEN.finditer(text)
    ]
