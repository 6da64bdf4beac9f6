"""Names on a page -> ids of the records: known municipalities and institutions, also inflected.

A name is known where its stems are those of a label, in any order of the words. Nothing is guessed
beyond that: a name that is near to a known one is proposed, and a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from twingraph.errors import SourceError
from twingraph.extract.grammar import word_set
from twingraph.extract.words import read_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from twingraph.facts import Institution, Municipality, Partnership

_LANGUAGES: Final = ("en", "de", "fr", "es")
_SMALL: Final = word_set(
    "the of for and in at a by from to since der die das des und für von bis im zum zur seit"
    " de du la le les et depuis del y los desde s"
)
_LONGEST_ID: Final = 60


class Known:
    """The municipalities and institutions that records already name."""

    def __init__(
        self,
        municipalities: Mapping[str, Municipality] | None = None,
        institutions: Mapping[str, Institution] | None = None,
        partnerships: Mapping[str, Partnership] | None = None,
    ) -> None:
        self.municipalities = municipalities or {}
        self.institutions = institutions or {}
        self.partnerships = partnerships or {}
        self._by_key = {
            (language, _key(name, language)): found
            for found, record in self.institutions.items()
            for name in _names(record)
            for language in _LANGUAGES
        }

    def institution(self, name: str, language: str) -> str | None:
        """The id of an institution by one of its names, inflected or not; None if unknown.

        >>> from twingraph.facts import Institution
        >>> label = {"de": "Städtisches Krankenhaus Kumamoto"}
        >>> known = Known({}, {"hospital": Institution(id="hospital", label=label)})
        >>> known.institution("des Städtischen Krankenhauses Kumamoto", "de")
        'hospital'
        """
        return self._by_key.get((language, _key(name, language)))

    def partnership(self, between: Sequence[str]) -> str | None:
        """The partnership of exactly these municipalities, or an id made of their names."""
        if not between:
            return None
        for name, record in self.partnerships.items():
            if set(record.municipalities) == set(between):
                return name
        return "-".join(each.rpartition("/")[2] for each in between)

    def place_names(self, between: Sequence[str]) -> dict[str, str]:
        """Each name of the municipalities -> its id; of one without a record the id's last part.

        :raises SourceError: if an id is not of the form `de/heidelberg`.
        """
        found: dict[str, str] = {}
        for municipality in [*between, *self.municipalities]:
            if not re.fullmatch(r"[a-z]{2}/[A-Za-z0-9._-]+", municipality):
                raise SourceError(
                    f"{municipality!r} is not a municipality; expected e.g. de/heidelberg"
                )
            record = self.municipalities.get(municipality)
            names = _names(record) if record else [municipality[3:].replace("-", " ").title()]
            for name in names:
                found.setdefault(name, municipality)
        return found


def _names(record: Institution | Municipality) -> Iterator[str]:
    yield from record.label.values()
    for names in record.alt_labels.values():
        yield from names


def _key(name: str, language: str) -> tuple[str, ...]:
    """The stems of the words that carry a name, in the order of the alphabet."""
    words = read_words(name, language)
    return tuple(
        sorted(word.stem for word in words if word.text.casefold() not in _SMALL and word.is_word)
    )


class Ids:
    """Makes ids from words, short and each once.

    >>> ids = Ids(["chor"])
    >>> ids.make("Der Chor"), ids.make("Jährlicher Jugendaustausch"), ids.make("Chor")
    ('chor-2', 'jaehrlicher-jugendaustausch', 'chor-3')
    """

    def __init__(self, taken: Collection[str] = ()) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def make(self, text: str) -> str:
        """An id for these words that is not taken yet; it is, from then on."""
        base = make_slug(text) or "record"
        number = self._numbers.get(base, 0) + 1
        while (found := base if number == 1 else f"{base}-{number}") in self._taken:
            number += 1
        self._numbers[base] = number
        self._taken.add(found)
        return found


def make_slug(text: str) -> str:
    """The first words of a text that say something, in ASCII; "" where no letter is.

    >>> make_slug("Villingen-Schwenningen"), make_slug("熊本")
    ('villingen-schwenningen', '')
    """
    plain = text.casefold()
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(letter, letters)
    plain = unicodedata.normalize("NFD", plain)
    parts = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    found = ""
    for word in [part for part in parts if part not in _SMALL] or parts:
        if found and len(found) + len(word) + 1 > _LONGEST_ID:
            break
        found = f"{found}-{word}" if found else word[:_LONGEST_ID]
    return found
