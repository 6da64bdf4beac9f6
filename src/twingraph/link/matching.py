"""Which municipality of one list is which of another: evidence in parts, one score, or no match.

The score of a pair is a sum of parts, each about the natural logarithm of how much likelier what is
seen is of one place than of two. Names find the candidates (blocking), so that the time grows with
the lists and not with their product; country, place, inhabitants and shared partners tell namesakes
apart. Partners are weighed after a first round, in which names and facts have spoken.

The weights were set, and the threshold calibrated, on eu-sister-cities against GeoNames
(`benchmarks/link.py`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import JaroWinkler

from twingraph.geodesy import distance
from twingraph.link.names import deletions, forms, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from twingraph.link.places import Place

THRESHOLD: Final = 0.5  # the confidence that a pair needs
_MARGIN: Final = 1.0  # how much more it scores than the next best
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
# What each shared partner says, up to so many; and what none says, for each that there might be.
_SHARED: Final = 4.0
_MUCH: Final = 3.0
_NONE_SHARED: Final = -0.5
_ENOUGH: Final = 4
_ONE: Final = 0.5  # from here on a sum of probabilities counts as a partner
_CROWD: Final = 200  # places of one form, beyond which it says nothing
_MOST: Final = 12  # candidates of a place that are weighed by their partners


@dataclass(slots=True)
class Candidate:
    """A pair that may be the same, and why: parts by name, as they are added up."""

    one: Place
    other: Place
    parts: dict[str, float]

    @property
    def score(self) -> float:
        """The sum of the parts: log-odds that they are the same."""
        return sum(self.parts.values())

    @property
    def confidence(self) -> float:
        """The same as a probability.

        >>> from twingraph.link.places import Place
        >>> here = Place("a", "", "A", ("A",))
        >>> Candidate(here, here, {"names": 2.0, "country": 1.0}).confidence
        0.95
        """
        return round(1 / (1 + math.exp(-self.score)), 2)


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
    ) -> dict[str, Candidate]:
        """The match of each place that has one, at least so likely, by its id."""
        candidates = self.candidates(ones)
        best = {
            name: found for name, each in candidates.items() if (found := _best(each, threshold))
        }
        # Of two that would be the same third, the one that is clearly likelier.
        claims: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in best.values():
            claims[candidate.other.id].append(candidate)
        return {
            name: candidate
            for name, candidate in best.items()
            if candidate is _clear(claims[candidate.other.id])
        }

    def candidates(self, ones: Mapping[str, Place]) -> dict[str, list[Candidate]]:
        """What each place may be, by its id, the likeliest first."""
        found = {name: self._weigh(place, self._same_forms(place)) for name, place in ones.items()}
        unlikely = [name for name, each in found.items() if not each or each[0].score < 0]
        near = self._near_forms({name: ones[name] for name in unlikely})
        for name in unlikely:
            if name in near:
                names = self._same_forms(ones[name]) | near[name]
                found[name] = self._weigh(ones[name], names)
        _weigh_partners(found)
        for each in found.values():
            each.sort(key=_by_score)
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

    def _weigh(self, place: Place, names: Mapping[str, float]) -> list[Candidate]:
        """The likeliest of those with such names, by all but their partners."""
        found = []
        for name, similarity in names.items():
            other = self._others[name]
            parts = {"prior": _PRIOR, "names": self._weigh_names(place, other, similarity)}
            found.append(Candidate(place, other, parts | _weigh_facts(place, other)))
        found.sort(key=_by_score)
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


def _weigh_partners(candidates: Mapping[str, list[Candidate]]) -> None:
    """Add what shared partners say: two places that have the same partners are likely one."""
    likely = {
        (name, each.other.id): _probability(each)
        for name, found in candidates.items()
        for each in found
    }
    targets = {name: [each.other.id for each in found] for name, found in candidates.items()}
    weights = [
        (each, _weigh_shared(each, targets, likely))
        for found in candidates.values()
        for each in found
    ]
    for each, weight in weights:
        if weight:
            each.parts["partners"] = weight


def _weigh_shared(
    pair: Candidate,
    targets: Mapping[str, list[str]],
    likely: Mapping[tuple[str, str], float],
) -> float:
    others = set(pair.other.partners)
    mine = [partner for partner in pair.one.partners if partner in targets]
    if not others or not mine:
        return 0.0
    shared = 0.0
    for partner in mine:
        shared += max((likely[partner, t] for t in targets[partner] if t in others), default=0.0)
    if shared < _ONE:
        return _NONE_SHARED * min(len(mine), len(others), _ENOUGH)
    return _SHARED * min(shared, _MUCH)


def _all_forms(place: Place) -> dict[str, None]:
    """The forms of a place's label, and its other names whole."""
    return dict.fromkeys([*forms(place.label), *filter(None, map(plain, place.names))])


def _by_score(candidate: Candidate) -> tuple[float, str]:
    return -candidate.score, candidate.other.id


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


def _probability(candidate: Candidate) -> float:
    return 1 / (1 + math.exp(-candidate.score))


def _best(candidates: Iterable[Candidate], threshold: float) -> Candidate | None:
    """The candidate that is likely enough and clearly the likeliest, or None."""
    found = _clear(list(candidates))
    return found if found is not None and _probability(found) >= threshold else None


def _clear(candidates: list[Candidate]) -> Candidate | None:
    ranked = sorted(candidates, key=lambda each: (*_by_score(each), each.one.id))
    if len(ranked) > 1 and ranked[0].score - ranked[1].score < _MARGIN:
        return None
    return ranked[0] if ranked else None
