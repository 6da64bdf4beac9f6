"""The ontology's labels as a lexicon: which words name a form, a topic or a kind of institution.

A label of several words is found as a run of stems. In German a compound is found by its parts:
what it ends in says what it is (Jugend-austausch is an exchange), what it begins with what it is
about (youth). A label that begins with a capital letter in English is the name of a body by itself
(Red Cross).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from twingraph import files, vocab
from twingraph.extract.words import Word, read_words, stem
from twingraph.ontology import read_ontology, read_vocabulary
from twingraph.vocab import Iri

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Role = Literal["form", "topic", "kind", "partnership"]

_LANGUAGES: Final = ("de", "en", "es", "fr", "ja")
_WEIGHTS: Final = {
    f"<{vocab.RDFS_LABEL}>": 3,
    f"<{vocab.SKOS}altLabel>": 2,
    f"<{vocab.SKOS}hiddenLabel>": 1,
}
_LEAST_PART: Final = 4  # letters of a part of a compound
_LONGEST: Final = 6  # words of a label
_PARTNERSHIP: Final = "Partnership"


class Concept(NamedTuple):
    """What a label names: `id` is that of the records (a form, a kind, a topic)."""

    role: Role
    id: str
    label: str
    language: str
    weight: int = 1  # 3 of a label, 2 of an alternative label, 1 of a hidden one
    is_name: bool = False  # the label is the name of a body


class Hit(NamedTuple):
    """Words from `first` up to, not including, `last` that name something."""

    first: int
    last: int
    concept: Concept
    is_part: bool = False  # part of a compound, not the whole word


class Lexicon:
    """The labels of one language. Of several labels at one place the longest counts."""

    def __init__(self, language: str, labels: Sequence[tuple[str, Concept]]) -> None:
        self.language = language
        self._runs: dict[str, list[tuple[tuple[str, ...], Concept]]] = {}
        self._single: dict[str, list[Concept]] = {}
        for text, concept in labels:
            stems = tuple(word.stem for word in read_words(text, language))
            if not stems:
                continue
            self._runs.setdefault(stems[0], []).append((stems, concept))
            if len(stems) == 1:
                self._single.setdefault(stems[0], []).append(concept)
        for runs in self._runs.values():
            runs.sort(key=lambda run: (-len(run[0]), run[1]))
        self._compounds: dict[str, tuple[tuple[Concept, ...], tuple[Concept, ...]]] = {}

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """What the words name, by place; several hits where a label names several things."""
        hits: list[Hit] = []
        covered: dict[Role, int] = {}
        for i, word in enumerate(words):
            found = list(self._at(words, i)) if word.stem in self._runs else []
            hits += [hit for hit in found if hit.last > covered.get(hit.concept.role, 0)]
            for hit in found:
                covered[hit.concept.role] = max(covered.get(hit.concept.role, 0), hit.last)
            if not word.is_name:
                continue
            if self.language == "de" and len(word.stem) > 2 * _LEAST_PART - 1:
                hits += self._parts(i, word, {hit.concept.role for hit in found})
            elif "-" in word.text and not found:
                hits += self._last_part(i, word)
        return hits

    def _at(self, words: Sequence[Word], i: int) -> Iterator[Hit]:
        """The labels that begin at a word: for each role the longest."""
        longest: dict[Role, int] = {}
        for stems, concept in self._runs.get(words[i].stem, ()):
            size = len(stems)
            if size < longest.get(concept.role, 0):
                continue
            if size == 1 or tuple(word.stem for word in words[i : i + size]) == stems:
                longest[concept.role] = size
                yield Hit(i, i + size, concept)

    def _last_part(self, i: int, word: Word) -> Iterator[Hit]:
        """The kind that the last part of a name with hyphens names: Bismarck-Gymnasium."""
        for concept in self._single.get(stem(word.text.rpartition("-")[2], self.language), ()):
            if concept.role == "kind":
                yield Hit(i, i + 1, concept, is_part=True)

    def _parts(self, i: int, word: Word, known: set[Role]) -> Iterator[Hit]:
        if word.stem not in self._compounds:
            self._compounds[word.stem] = self._split(word.stem)
        heads, modifiers = self._compounds[word.stem]
        for concept in heads:
            if concept.role not in known:
                yield Hit(i, i + 1, concept, is_part=True)
        if "topic" not in known:
            for concept in modifiers:
                yield Hit(i, i + 1, concept, is_part=True)

    def _split(self, whole: str) -> tuple[tuple[Concept, ...], tuple[Concept, ...]]:
        """What a compound ends in (any role), and what it begins with (a topic)."""
        heads: tuple[Concept, ...] = ()
        for cut in range(_LEAST_PART - 1, len(whole) - _LEAST_PART + 1):
            if found := self._single.get(whole[cut:]):
                heads = tuple(found)
                break
        modifiers: tuple[Concept, ...] = ()
        for cut in range(len(whole) - 2, _LEAST_PART - 1, -1):
            found = self._single.get(whole[:cut]) or self._single.get(whole[:cut].removesuffix("s"))
            topics = tuple(concept for concept in found or () if concept.role == "topic")
            if topics:
                modifiers = topics
                break
        return heads, modifiers


@cache
def read_lexicon(language: str) -> Lexicon:
    """The lexicon of a language (de, en, es, fr, ja); kinds are known by all languages' labels.

    >>> lexicon = read_lexicon("de")
    >>> words = read_words("Jugendaustausch der Sportvereine", "de")
    >>> sorted({hit.concept.id for hit in lexicon.find(words)})
    ['SportsBody', 'YouthExchange', 'civic-exchange', 'sport', 'youth']
    """
    own: list[tuple[str, Concept]] = []
    for text, tag, concept in _read_labels():
        if tag == language or (concept.role == "kind" and len(text) > _LEAST_PART):
            own.append((text, concept))
    return Lexicon(language, own)


@cache
def _read_labels() -> tuple[tuple[str, str, Concept], ...]:
    """Every label of the ontology that names something: text, language, concept."""
    vocabulary = read_vocabulary()
    named: dict[str, tuple[Role, str]] = {
        f"<{vocab.TG}{_PARTNERSHIP}>": ("partnership", "twinning")
    }
    named |= {f"<{vocab.KIND}{kind}>": ("partnership", kind) for kind in vocab.PARTNERSHIP_KINDS}
    named |= {f"<{iri}>": ("form", name) for name, iri in vocabulary.forms.items()}
    named |= {f"<{iri}>": ("kind", name) for name, iri in vocabulary.kinds.items()}
    named |= {f"<{iri}>": ("topic", name) for name, iri in vocabulary.topics.items()}
    found: dict[tuple[str, str, Concept], None] = {}
    for subject, predicate, object_, _ in read_ontology(Iri("urn:lexicon"), files.REASONED):
        if predicate in _WEIGHTS and subject in named:
            text, _, language = object_.rpartition("@")
            text = text[1:-1].replace('\\"', '"')
            role, name = named[subject]
            is_name = role == "kind" and language == "en" and text[0].isupper()
            concept = Concept(role, name, text, language, _WEIGHTS[predicate], is_name)
            found[text, language, concept] = None
    return tuple(found)
