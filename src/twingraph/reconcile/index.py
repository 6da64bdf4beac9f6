"""Names -> entities, held in memory: the same plain forms as for links, found in spite of slips.

A query's name is compared with those names alone that have a word in common with it, or a word
that differs by a letter, so that the time does not grow with the number of names.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from twingraph.link.likeness import fuzz
from twingraph.names import deletions, forms, plain
from twingraph.reconcile.entities import MUNICIPALITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from twingraph.reconcile.entities import Entity

_LONGEST: Final = 500  # characters of a name; a longer text is none
_WORDS: Final = 24  # of a name, by which others are found
_SHORTEST: Final = 4  # letters of a word whose near words are looked for; of another script, 2
_LONGEST_WORD: Final = 40
_CROWD: Final = 2_000  # names that have a word, beyond which it is a last resort
_COMPARED: Final = 60  # names
_NAMESAKES: Final = 1_000  # entities that are weighed at most, those with the best names first
_NEAR: Final = 0.7  # what a near word says, of what the word itself would
_PART: Final = 0.92  # a name without what is added to it, or one that is hidden
_SORTED: Final = 0.98  # the same words in another order
_SUBSET: Final = 0.68  # one name's words are all among the other's
_COVERED: Final = 0.17  # and are all of its length

Similar = dict["Entity", float]


class NameIndex:
    """The names of entities. Similarity is from 0 to 1."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        numbers: dict[str, int] = {}
        self._names: list[str] = []  # plain forms
        self._holders: list[list[tuple[Entity, float]]] = []  # and what the form is worth
        for entity in entities:
            for form, worth in _forms_of(entity).items():
                number = numbers.setdefault(form, len(numbers))
                if number == len(self._names):
                    self._names.append(form)
                    self._holders.append([])
                self._holders[number].append((entity, worth))
        self._numbers = numbers
        self._by_word: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, form in enumerate(self._names):
            for word in _words(form):
                self._by_word[word].append(number)
        self._near: dict[str, str | tuple[str, ...]] = {}  # a word less a letter -> words
        for word in self._by_word:
            for key in _near_keys(word):
                known = self._near.get(key, ())
                self._near[key] = (*known, word) if isinstance(known, tuple) else (known, word)
                if not known:
                    self._near[key] = word

    def __len__(self) -> int:
        return len(self._names)

    def search(self, text: str, is_asked: Callable[[Entity], bool]) -> Similar:
        """Entities with such a name and how similar it is, the best first.

        Of many namesakes not all are given; those that `is_asked` refuses are not counted.
        """
        if len(text) > _LONGEST:
            return {}
        asked = _weighed(forms(text))
        found: Similar = {}
        for similarity, number in self._similar(asked, is_asked):
            for entity, worth in self._holders[number]:
                if is_asked(entity):
                    found[entity] = max(found.get(entity, 0.0), similarity * worth)
            if len(found) >= _NAMESAKES:
                break
        return found

    def _similar(
        self, asked: Mapping[str, float], is_asked: Callable[[Entity], bool]
    ) -> list[tuple[float, int]]:
        """The numbers of similar names with their similarity, the best first."""
        numbers = {self._numbers[form] for form in asked if form in self._numbers}
        overlap = self._overlap(asked)
        ranked = heapq.nlargest(
            _COMPARED,
            (
                (points, -number)
                for number, points in overlap.items()
                if any(is_asked(entity) for entity, _ in self._holders[number])
            ),
        )
        numbers.update(-number for _, number in ranked)
        scored = [(_compare(asked, self._names[number]), number) for number in numbers]
        return sorted(scored, key=lambda each: (-each[0], each[1]))

    def _overlap(self, asked: Iterable[str]) -> dict[int, float]:
        """Names that have a word of those asked, or one near to it; rare words say more."""
        words: dict[str, float] = {}
        for form in asked:
            for word in _words(form):
                for near, weight in self._near_words(word):
                    words[near] = max(words.get(near, 0.0), weight)
        points: dict[int, float] = defaultdict(float)
        for word in sorted(words, key=lambda each: (len(self._by_word[each]), each)):
            having = self._by_word[word]
            if points and len(having) > _CROWD:
                break
            value = words[word] * math.log(2 + len(self._names) / len(having))
            for number in having[:_CROWD]:
                points[number] += value
        return points

    def _near_words(self, word: str) -> Iterator[tuple[str, float]]:
        if word in self._by_word:
            yield word, 1.0
        for key in (word, *_near_keys(word)):
            known = self._near.get(key, ())
            for near in (known,) if isinstance(known, str) else known:
                yield near, _NEAR
            if key != word and key in self._by_word:
                yield key, _NEAR


def _forms_of(entity: Entity) -> dict[str, float]:
    """The plain forms of an entity's names, and what each is worth."""
    found: dict[str, float] = {}
    for name in entity.names:
        worth = _PART if name.is_hidden else 1.0
        all_forms = forms(name.text) if MUNICIPALITY in entity.types else (plain(name.text),)
        for form, share in _weighed(all_forms).items():
            found[form] = max(found.get(form, 0.0), worth * share)
    return found


def _weighed(all_forms: Iterable[str]) -> dict[str, float]:
    """Forms of a name, the first of them whole: what is left after taking words off is a part.

    >>> _weighed(("calamba city", "calamba"))
    {'calamba city': 1.0, 'calamba': 0.92}
    """
    whole = [form for form in all_forms if form]
    return {form: 1.0 if len(form) >= len(whole[0]) else _PART for form in whole}


def _words(form: str) -> dict[str, None]:
    """By what a name is found: its words, and all of them as one, as some write it."""
    words = form.split(" ")[:_WORDS]
    return dict.fromkeys((*words, "".join(words)) if len(words) > 1 else words)


def _near_keys(word: str) -> Iterable[str]:
    """The word less one letter; nothing of what is too short for a slip, or no word."""
    shortest = _SHORTEST if word.isascii() else 2
    if not shortest <= len(word) <= _LONGEST_WORD:
        return ()
    return sorted(deletions(word) - {word})


def _compare(asked: Mapping[str, float], name: str) -> float:
    return max(worth * _similarity(form, name) for form, worth in asked.items())


def _similarity(one: str, other: str) -> float:
    """How alike two plain forms are, from 0 to 1.

    >>> _similarity("heidelberg university", "university heidelberg")
    0.98
    """
    whole = fuzz.ratio(one, other)
    if " " not in one and " " not in other:
        return whole / 100
    by_words = fuzz.token_sort_ratio(one, other) * _SORTED
    covered = min(len(one), len(other)) / max(len(one), len(other))
    of_subset = fuzz.token_set_ratio(one, other) * (_SUBSET + _COVERED * covered)
    return max(whole, by_words, of_subset) / 100
