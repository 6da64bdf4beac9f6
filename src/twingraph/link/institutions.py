"""Which institution of one list is which of another.

The city must agree where a name alone does not tell a body from its like elsewhere: every city has
a Volkshochschule. Where no record says where a body is based, the municipality in its name does.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from twingraph import files, vocab
from twingraph.link.candidates import (
    Candidate,
    Likely,
    by_score,
    find_matches,
    likelihood,
    weigh_partners,
)
from twingraph.link.likeness import JaroWinkler
from twingraph.names import plain
from twingraph.ontology import read_ontology, read_vocabulary
from twingraph.quads import iri_term
from twingraph.vocab import Iri, Minter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from twingraph.facts import Institution
    from twingraph.link.places import Place

_PRIOR: Final = -3.0  # of two bodies of which nothing is known
_WHOLE_NAME: Final = 4.5  # before it is divided among those who have it
_NAME: Final = 3.5  # but for the city in it, the order of words, and small words
_NEAR_NAME: Final = 2.0
_PART_OF_NAME: Final = 0.5
_OTHER_NAME: Final = -3.0
_GENERIC: Final = -5.0  # a name of kind alone, where the city does not agree
_CITY, _OTHER_CITY, _NO_CITY = 2.5, -9.0, -1.0
_KIND, _OTHER_KIND = 1.0, -2.0
_ONE_A_CITY: Final = 5.0  # and which kind a city has one of
_SINGLE: Final = frozenset({"CityAdministration"})
_SAME_PAGE, _OTHER_PAGE = 6.0, -1.0
_SAME_ITEM: Final = 15.0
_LIKELY: Final = 0.5  # from here on two cities count as one
_ALIKE: Final = 0.92  # two words that are one, slips and endings aside
_LONGEST: Final = 4  # words of a municipality's name
_CROWD: Final = 500  # bodies of one name or city, beyond which it finds none
_SMALL_WORDS: Final = frozenset(
    (
        *("the", "of", "and", "for", "in", "at", "to", "a", "an", "s", "der", "die", "das", "des"),
        *(
            "dem",
            "den",
            "und",
            "von",
            "fur",
            "im",
            "am",
            "zu",
            "zur",
            "e",
            "v",
            "ev",
            "eingetragener",
        ),
        *(
            "de",
            "la",
            "le",
            "les",
            "du",
            "d",
            "l",
            "et",
            "el",
            "los",
            "las",
            "del",
            "y",
            "il",
            "di",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Body:
    """An institution; `cities` are the ids of where it is based, else of those in its name."""

    id: str
    iri: Iri
    label: str
    names: tuple[str, ...]
    kind: str | None = None
    cities: tuple[str, ...] = ()
    homepage: str | None = None
    wikidata: str | None = None
    partners: tuple[str, ...] = ()  # the institutions with which it took part in something
    keys: frozenset[str] = frozenset()  # its names but for cities and small words, in fixed order


def bodies_of(
    records: Iterable[Institution],
    places: Mapping[str, Place],
    partners: Mapping[str, Iterable[str]],
    mint: Minter | None = None,
) -> dict[str, Body]:
    """Institutions by id, as they are matched, with who took part in something with them."""
    mint = mint or Minter()
    by_name: dict[str, list[str]] = defaultdict(list)
    for place in places.values():
        for name in {plain(each) for each in place.names}:
            by_name[name].append(place.id)
    found = {}
    for record in records:
        others = (name for names in record.alt_labels.values() for name in names)
        names = tuple(dict.fromkeys((*record.label.values(), *others)))
        named = [run for name in names for run in _runs(name, by_name)]
        cities = [city for run in named for city in by_name[run]]
        if record.based_in:
            cities = [record.based_in]
            named += [plain(each) for each in places[record.based_in].names]
        found[record.id] = Body(
            record.id,
            mint.institution(record.id),
            record.label.get("en") or next(iter(record.label.values())),
            names,
            record.kind,
            tuple(dict.fromkeys(cities)),
            _address(record.homepage),
            record.wikidata,
            tuple(dict.fromkeys(partners.get(record.id, ()))),
            frozenset(filter(None, (_key(name, named) for name in names))),
        )
    return found


def _runs(name: str, known: Mapping[str, object]) -> Iterator[str]:
    """The municipalities' names in a name; of "Heidelberger" too."""
    words = plain(name).split(" ")
    for first in range(len(words)):
        for last in range(first + 1, min(first + _LONGEST, len(words)) + 1):
            run = " ".join(words[first:last])
            for each in (run, run.removesuffix("er"), run.removesuffix("er") + "e"):
                if each in known:
                    yield each


def _key(name: str, cities: Iterable[str]) -> str:
    """The words of a name that tell what it is, without those of its cities.

    >>> _key("University of Heidelberg", ["heidelberg"]), _key("Rotary Club Bonn e. V.", ["bonn"])
    ('university', 'club rotary')
    """
    text = f" {plain(name)} "
    for city in sorted(cities, key=len, reverse=True):
        for spelt in (city, city + "er", city.removesuffix("e") + "er"):
            text = text.replace(f" {spelt} ", " ")
    return " ".join(sorted(set(text.split()) - _SMALL_WORDS))


def _address(homepage: str | None) -> str | None:
    """An address without what differs between two ways to write it."""
    if homepage is None:
        return None
    return homepage.lower().partition("://")[2].removeprefix("www.").partition("#")[0].rstrip("/")


@cache
def _kind_words() -> frozenset[str]:
    """The words of the labels of kinds of institution, in all languages of the ontology."""
    kinds = {iri_term(iri) for iri in read_vocabulary().kinds.values()}
    return frozenset(
        word
        for subject, _, object_, _ in read_ontology(Iri(vocab.TG), files.REASONED)
        if subject in kinds and object_.startswith('"')
        for word in plain(object_.rpartition("@")[0]).split()
    )


class BodyMatcher:
    """Matches institutions against those of another list, by id.

    Candidates have a name or, as far as `same_city` knows, a city in common, or an identifier.
    """

    def __init__(self, others: Mapping[str, Body], same_city: Likely) -> None:
        self._others = others
        self._same_city = same_city
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for other in others.values():
            for key in _blocks(other, other.cities):
                self._by_key[key].append(other.id)

    def match(
        self, ones: Mapping[str, Body], known: Likely, threshold: float
    ) -> dict[str, Candidate[Body]]:
        """The match of each institution that has one; `known` are those that are the same."""
        found = {}
        for name, body in ones.items():
            cities = [
                t
                for c in body.cities
                for t, p in self._same_city.get(c, {}).items()
                if p >= _LIKELY
            ]
            near = (self._by_key.get(key, ()) for key in _blocks(body, cities))
            ids = dict.fromkeys(other for some in near if len(some) <= _CROWD for other in some)
            found[name] = sorted((self._weigh(body, self._others[o]) for o in ids), key=by_score)
        weigh_partners(found, known)
        return find_matches(found, threshold)

    def _weigh(self, one: Body, other: Body) -> Candidate[Body]:
        is_near = any(
            likelihood(self._same_city, city, other.cities) >= _LIKELY for city in one.cities
        )
        parts = {"prior": _PRIOR, "names": self._weigh_names(one, other, is_near=is_near)}
        if is_near:
            parts["city"] = _CITY
        else:
            parts["city"] = _OTHER_CITY if one.cities and other.cities else _NO_CITY
        shared = one.keys & other.keys or one.keys | other.keys
        if not is_near and all(_kind_words().issuperset(key.split()) for key in shared):
            parts["generic name"] = _GENERIC
        if one.kind and other.kind:
            parts["kind"] = _KIND if one.kind == other.kind else _OTHER_KIND
            if is_near and one.kind == other.kind and one.kind in _SINGLE and parts["names"] < 0:
                parts["one a city"] = _ONE_A_CITY
        if one.homepage and other.homepage:
            parts["homepage"] = _SAME_PAGE if one.homepage == other.homepage else _OTHER_PAGE
        if one.wikidata and other.wikidata:
            parts["id"] = _SAME_ITEM if one.wikidata == other.wikidata else -_SAME_ITEM
        return Candidate(one, other, parts)

    def _weigh_names(self, one: Body, other: Body, *, is_near: bool) -> float:
        """A whole name says most; the same but for city, order and small words less; then slips."""
        shared = one.keys & other.keys
        if shared:
            are_whole = not {*map(plain, one.names)}.isdisjoint(map(plain, other.names))
            many = 1 if is_near else min(len(self._by_key[key]) for key in shared)
            return (_WHOLE_NAME if are_whole else _NAME) - math.log(many)
        return max((_weigh_words(x, y) for x in one.keys for y in other.keys), default=_OTHER_NAME)


def _blocks(body: Body, cities: Iterable[str]) -> Iterator[str]:
    """Under what a body is found: its names, cities (as the other list has them), identifiers."""
    yield from body.keys
    yield from (f"city:{city}" for city in cities)
    yield from (each for each in (body.homepage, body.wikidata) if each)


def _weigh_words(one: str, other: str) -> float:
    """What two names say that are not the same: by the words that one has and the other not."""
    words, others = one.split(), other.split()
    lone, other_lone = _without_like(words, others), _without_like(others, words)
    if not lone and not other_lone:
        return _NEAR_NAME
    is_part = not (lone and other_lone)
    has_own = not _kind_words().issuperset(set(words) - set(lone))
    return _PART_OF_NAME if is_part and has_own else _OTHER_NAME


def _without_like(words: Iterable[str], others: Iterable[str]) -> list[str]:
    known = list(others)
    return [w for w in words if not any(JaroWinkler.similarity(w, o) >= _ALIKE for o in known)]
