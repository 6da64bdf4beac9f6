"""Which municipality of one list is which of another: evidence in parts, one score, or no match.

Names find the candidates (blocking), so that the time grows with the lists and not with their
product; country, place, inhabitants and shared partners tell namesakes apart. Partners are weighed
after a first round, in which names and facts have spoken.

The weights were set, and the threshold calibrated, on eu-sister-cities against GeoNames
(`benchmarks/link.py`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import JaroWinkler

from twingraph.geodesy import distance
from twingraph.link.candidates import (
    THRESHOLD,
    Candidate,
    by_score,
    find_matches,
    weigh_partners,
)
from twingraph.link.names import deletions, forms, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

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
                names = self._same_forms(ones[name]) | near[name]
                found[name] = self._weigh(ones[name], names)
        weigh_partners(found, {})
        for each in found.values():
            each.sort(key=by_score)
        return found

    def _same_forms(self, place: Place) -> dict[str, float]:
        """Who has a form of the place's names, and how like the names are: 1."""
        known = (self._by_form.get(form, ()) for form in _all_forms(place))
        return {name: 1.0 for names in known if len(names) <= _CROWD for name in names}

    def _near_forms(self, ones: Mapping[str, Place]) -> dict[str, dict[str, float]]:
        """Who has a form that is near to one of a place's, by the place's id, and how near."""
        asked: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        for name, place in ones.items():
            for form in forms(place.label):
                if len(form) >= _SHORTEST:
                    for key in deletions(form):
                        asked[key][name, form] = None
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for near, known in self._by_form.items():
            if len(near) < _SHORTEST or len(known) > _CROWD:
                continue
            for key in deletions(near):
                for name, form in asked.get(key, ()):
                    similarity = JaroWinkler.similarity(form, near)
                    for other in known:
                        found[name][other] = max(found[name].get(other, 0.0), similarity)
        return found

    def _weigh(self, place: Place, names: Mapping[str, float]) -> list[Candidate[Place]]:
        """The likeliest of those with such names, by all but their partners."""
        found = []
        for name, similarity in names.items():
            other = self._others[name]
            parts = {"prior": _PRIOR, "names": self._weigh_names(place, other, similarity)}
            found.append(Candidate(place, other, parts | _weigh_facts(place, other)))
        found.sort(key=by_score)
        return [each for each in found[:_MOST] if each.score > found[0].score - _FAR]

    def _weigh_names(self, one: Place, other: Place, similarity: float) -> float:
        """A whole name that is rare says most; what was taken off it, or a slip, says less."""
        label, other_label = plain(one.label), plain(other.label)
        if label == other_label:
            is_same = one.label.casefold() == other.label.casefold()
            return _LABEL + _MARKS * is_same - math.log(len(self._by_form[label]))
        whole = set(map(plain, one.names)) & set(map(plain, other.names)) - {""}
        if whole:
            return _NAME - math.log(min(len(self._by_form[form]) for form in whole))
        if similarity == 1.0:
            return _PART_OF_NAME
        return _SLIP - _EACH_SLIP * (1.0 - similarity)


def _all_forms(place: Place) -> dict[str, None]:
    """The forms of a place's label, and its other names whole."""
    return dict.fromkeys([*forms(place.label), *filter(None, map(plain, place.names))])


def _weigh_facts(one: Place, other: Place) -> dict[str, float]:
    """What ids, country, place and inhabitants say, as far as the lists have them."""
    parts: dict[str, float] = {}
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
    return parts


def _weight_of(value: float, steps: tuple[tuple[float, float], ...]) -> float:
    return next(weight for most, weight in steps if value <= most)
