"""Which municipality of one list is which of another: evidence in parts, one score, or no match.

Names find the candidates (blocking), so that the time grows with the lists and not with their
product; country, place, inhabitants and shared partners tell namesakes apart. Partners are weighed
after a first round, in which names and facts have spoken.

The weights were set, and the threshold calibrated, on eu-sister-cities against GeoNames
(`benchmarks/link.py`).
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from twingraph.geodesy import distance
from twingraph.link.candidates import (
    THRESHOLD,
    Candidate,
    by_score,
    find_matches,
    weigh_partners,
)
from twingraph.link.likeness import JaroWinkler
from twingraph.names import deletions, forms, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from twingraph.link.places import Place

_PRIOR: Final = -2.0  # of two places of which nothing is known
_FAR: Final = 8.0  # below the best, beyond which a candidate is none
_SHORTEST: Final = 5  # letters of a form whose near forms are looked for
# What a name says, before it is divided among those who have it.
_LABEL: Final = 5.5
_MARKS: Final = 0.8  # of the same marks: Löhne is not Lohne
_NAME: Final = 4.5
_PART_OF_NAME: Final = 2.5
_SLIP: Final = 2.0
_EACH_SLIP: Final = 25.0
# What a distance in kilometres says, up to each, and how many times larger one is than the other.
_BY_KILOMETRES: Final = ((10.0, 4.0), (25.0, 2.0), (60.0, -2.0), (math.inf, -9.0))
_BY_RATIO: Final = (
    *((1.01, 4.0), (1.05, 3.0), (1.15, 2.2), (1.4, 1.2), (2.0, 0.2)),
    *((3.0, -1.0), (6.0, -2.5), (math.inf, -5.0)),
)
_SIZE: Final = 0.5
_SAME_ID: Final = 15.0
_CROWD: Final = 200  # places of one form, beyond which it says nothing
_MOST_NEAR: Final = 4  # of near names, that are weighed
_MOST: Final = 12  # candidates of a place that are weighed by their partners


class Matcher:
    """Matches places against those of another list, by id.

    Candidates have a form of their names in common; only where none of these is likely, one with a
    near name is looked for, among forms that differ by a letter or two.
    """

    def __init__(self, others: Mapping[str, Place]) -> None:
        self._others = others
        self._by_form: dict[str, list[str]] = defaultdict(list)
        for name, place in others.items():
            for form in _all_forms(place):
                self._by_form[form].append(name)

    def match(
        self, ones: Mapping[str, Place], threshold: float = THRESHOLD
    ) -> dict[str, Candidate[Place]]:
        """The match of each place that has one, at least so likely, by its id."""
        return find_matches(self.candidates(ones), threshold)

    def candidates(self, ones: Mapping[str, Place]) -> dict[str, list[Candidate[Place]]]:
        """What each place may be, by its id, the likeliest first."""
        found = {name: self._weigh(place, self._same_forms(place)) for name, place in ones.items()}
        unlikely = [name for name, each in found.items() if not each or each[0].score < 0]
        near = self._near_forms({name: ones[name] for name in unlikely})
        for name in unlikely:
            if name in near:
                names = near[name] | self._same_forms(ones[name])
                found[name] = self._weigh(ones[name], names)
        weigh_partners(found, {})
        for each in found.values():
            if len(each) > 1:
                each.sort(key=by_score)
        return found

    def _same_forms(self, place: Place) -> dict[str, float]:
        """Who has a form of the place's names, and how like the names are: 1."""
        known = (self._by_form.get(form, ()) for form in _all_forms(place))
        return {name: 1.0 for names in known if len(names) <= _CROWD for name in names}

    def _near_forms(self, ones: Mapping[str, Place]) -> dict[str, dict[str, float]]:
        """Who has a form that is near to one of a place's, by the place's id, and how near."""
        having: dict[str, list[str]] = defaultdict(list)
        for name, place in ones.items():
            for form in forms(place.label):
                if len(form) >= _SHORTEST:
                    having[form].append(name)
        known = (form for form, names in self._by_form.items() if len(names) <= _CROWD)
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for form, near in _near_pairs(_by_length(having), _by_length(known)):
            similarity = JaroWinkler.similarity(form, near)
            for name in having[form]:
                others = found[name]
                for other in self._by_form[near]:
                    others[other] = max(others.get(other, 0.0), similarity)
        return {name: dict(_likest(near)) for name, near in found.items()}

    def _weigh(self, place: Place, names: Mapping[str, float]) -> list[Candidate[Place]]:
        """The likeliest of those with such names, by all but their partners."""
        found = []
        for name, similarity in names.items():
            other = self._others[name]
            parts = {"prior": _PRIOR, "names": self._weigh_names(place, other, similarity)}
            _add_facts(parts, place, other)
            candidate = Candidate(place, other, parts)
            found.append((-candidate.score, name, candidate))
        found.sort()
        return [each for score, _, each in found[:_MOST] if score < found[0][0] + _FAR]

    def _weigh_names(self, one: Place, other: Place, similarity: float) -> float:
        """A whole name that is rare says most; what was taken off it, or a slip, says less."""
        label, other_label = plain(one.label), plain(other.label)
        if label == other_label:
            is_same = one.label.casefold() == other.label.casefold()
            return _LABEL + _MARKS * is_same - math.log(len(self._by_form[label]))
        if similarity < 1.0:
            return _SLIP - _EACH_SLIP * (1.0 - similarity)
        whole = set(map(plain, one.names)) & set(map(plain, other.names)) - {""}
        if whole:
            return _NAME - math.log(min(len(self._by_form[form]) for form in whole))
        return _PART_OF_NAME


def _likest(near: Mapping[str, float]) -> list[tuple[str, float]]:
    """Those whose names are most alike, so many that more names do not make more work of each."""
    if len(near) <= _MOST_NEAR:
        return list(near.items())
    return heapq.nsmallest(_MOST_NEAR, near.items(), key=lambda each: (-each[1], each[0]))


def _by_length(found: Iterable[str]) -> dict[int, list[str]]:
    lengths: dict[int, list[str]] = defaultdict(list)
    for form in found:
        if len(form) >= _SHORTEST:
            lengths[len(form)].append(form)
    return lengths


def _near_pairs(
    ones: Mapping[int, list[str]], others: Mapping[int, list[str]]
) -> Iterator[tuple[str, str]]:
    """The pairs of forms that are the same without a letter of one or of both, given by length.

    What is left is looked up one length after another: a table of all would not stay in the
    processor's cache, and time would grow faster than the lists.
    """
    for length in range(_SHORTEST - 1, max(ones, default=0) + 1):
        asked: dict[str, list[str]] = {}
        for key, form in _shortened(ones, length):
            asked.setdefault(key, []).append(form)
        for key, near in _shortened(others, length):
            for form in asked.get(key, ()):
                yield form, near


def _shortened(by_length: Mapping[int, list[str]], length: int) -> Iterator[tuple[str, str]]:
    """The forms of a length, and those that are so long without a letter, by what is left."""
    for form in by_length.get(length, ()):
        yield form, form
    for form in by_length.get(length + 1, ()):
        for key in deletions(form):
            yield key, form


def _all_forms(place: Place) -> dict[str, None]:
    """The forms of a place's label, and its other names whole."""
    return dict.fromkeys([*forms(place.label), *filter(None, map(plain, place.names))])


def _add_facts(parts: dict[str, float], one: Place, other: Place) -> None:
    """Add what ids, country, place and inhabitants say, as far as the lists have them."""
    for here, there in ((one.wikidata, other.wikidata), (one.geonames, other.geonames)):
        if here and there:
            parts["id"] = _SAME_ID if here == there else -_SAME_ID
    if one.country and other.country:
        parts["country"] = 2.0 if one.country == other.country else -7.0
    places = (one.lat, one.long, other.lat, other.long)
    known = [value for value in places if value is not None]
    if len(known) == len(places):
        parts["place"] = _weight_of(distance(*known), _BY_KILOMETRES)
    if one.population and other.population:
        ratio = math.exp(abs(math.log(one.population / other.population)))
        parts["inhabitants"] = _weight_of(ratio, _BY_RATIO)
    elif other.population:
        # Of namesakes the larger is more often somebody's partner.
        parts["inhabitants"] = _SIZE * math.log(min(max(other.population, 500), 500_000) / 20_000)


def _weight_of(value: float, steps: tuple[tuple[float, float], ...]) -> float:
    return next(weight for most, weight in steps if value <= most)
