"""Pairs that may be the same: their score in parts, and which of several is a match, or none.

The score of a pair is a sum of parts, each about the natural logarithm of how much likelier what is
seen is of one thing than of two.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection

    from twingraph.vocab import Iri

THRESHOLD: Final = 0.5  # the confidence that a pair needs
_MARGIN: Final = 1.0  # how much more it scores than the next best
# What each shared partner says, up to so many; and what none says, for each that there might be.
_SHARED: Final = 4.0
_MUCH: Final = 3.0
_NONE_SHARED: Final = -0.5
_ENOUGH: Final = 4
_ONE: Final = 0.5  # from here on a sum of probabilities counts as a partner

# What a thing of ours may be in the other list, by its id there, and how likely.
Likely = Mapping[str, Mapping[str, float]]


class Thing(Protocol):
    """What is matched."""

    @property
    def id(self) -> str:
        """The id within its list."""

    @property
    def iri(self) -> Iri:
        """What a mapping names."""

    @property
    def label(self) -> str:
        """A name to be shown."""


class Partnered(Thing, Protocol):
    """A thing that has others of its list beside it, by id."""

    @property
    def partners(self) -> tuple[str, ...]:
        """The ids of those beside it."""


T = TypeVar("T", bound=Thing)
P = TypeVar("P", bound=Partnered)


@dataclass(slots=True)
class Candidate(Generic[T]):
    """A pair that may be the same, and why: parts by name, as they are added up."""

    one: T
    other: T
    parts: dict[str, float]

    @property
    def score(self) -> float:
        """The sum of the parts: log-odds that they are the same."""
        return sum(self.parts.values())

    @property
    def probability(self) -> float:
        """The same as a probability."""
        return 1 / (1 + math.exp(-self.score))

    @property
    def confidence(self) -> float:
        """The probability as a mapping has it.

        >>> from twingraph.link.places import Place
        >>> here = Place("a", "", "A", ("A",))
        >>> Candidate(here, here, {"names": 2.0, "country": 1.0}).confidence
        0.95
        """
        return round(self.probability, 2)


def by_score(candidate: Candidate[T]) -> tuple[float, str]:
    """The key that sorts the likeliest candidate of a thing to the front."""
    return -candidate.score, candidate.other.id


def find_matches(
    candidates: Mapping[str, list[Candidate[T]]], threshold: float
) -> dict[str, Candidate[T]]:
    """The match of each thing that has one, by its id: likely enough, clearly the likeliest, and
    clearly likelier than another thing's claim to the same."""
    claims: dict[str, list[Candidate[T]]] = defaultdict(list)
    for each in candidates.values():
        found = _clear(each)
        if found is not None and found.probability >= threshold:
            claims[found.other.id].append(found)
    matches = filter(None, map(_clear, claims.values()))
    return {match.one.id: match for match in matches}


def _clear(candidates: list[Candidate[T]]) -> Candidate[T] | None:
    if len(candidates) == 1:
        return candidates[0]
    ranked = sorted(candidates, key=lambda each: (*by_score(each), each.one.id))
    if not ranked or ranked[0].score - ranked[1].score < _MARGIN:
        return None
    return ranked[0]


def weigh_partners(candidates: Mapping[str, list[Candidate[P]]], known: Likely) -> None:
    """Add what shared partners say: two things that have the same partners are likely one.

    Partners are the same as far as they are known to be, or are candidates themselves.
    """
    if not any(each.one.partners for found in candidates.values() for each in found[:1]):
        return
    likely = {
        name: {each.other.id: each.probability for each in found}
        for name, found in candidates.items()
    } | dict(known)
    weights = [
        (each, _weigh_shared(each, likely)) for found in candidates.values() for each in found
    ]
    for each, weight in weights:
        if weight:
            each.parts["partners"] = weight


def _weigh_shared(pair: Candidate[P], likely: Likely) -> float:
    others = set(pair.other.partners)
    mine = [partner for partner in pair.one.partners if partner in likely]
    if not others or not mine:
        return 0.0
    shared = sum(likelihood(likely, partner, others) for partner in mine)
    if shared < _ONE:
        return _NONE_SHARED * min(len(mine), len(others), _ENOUGH)
    return _SHARED * min(shared, _MUCH)


def likelihood(likely: Likely, one: str, others: Collection[str]) -> float:
    """How likely a thing of ours is one of those of the other list.

    >>> likelihood({"a": {"x": 0.9, "y": 0.2}}, "a", {"y"}), likelihood({}, "a", {"y"})
    (0.2, 0.0)
    """
    return max((p for name, p in likely.get(one, {}).items() if name in others), default=0.0)
