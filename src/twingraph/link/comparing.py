"""All that two lists have, matched: municipalities, then institutions, then activities.

What was matched, or accepted by a person, is evidence for what comes after it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from twingraph.link.activities import EventMatcher
from twingraph.link.institutions import BodyMatcher
from twingraph.link.matching import Matcher

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from twingraph.link.candidates import Candidate, Likely, Thing
    from twingraph.link.sides import Sides
    from twingraph.records import Decided


@dataclass(frozen=True, slots=True)
class Compared:
    """The matches, kind by kind and in the order of ids, and how many have none."""

    matches: tuple[Candidate[Any], ...]
    unmatched: Mapping[str, int]


def compare(sides: Sides, decided: Collection[Decided], threshold: float) -> Compared:
    """Match what the lists have, each pair at least so likely."""
    ours, theirs, common = sides.ours, sides.theirs, sides.common
    places = Matcher(theirs.places).match(ours.places, threshold) if theirs.places else {}
    likely = _likely(places, ours.places, theirs.places, decided)
    same_place = _join(common.places, likely)
    same = _join(common.bodies, {})
    bodies = BodyMatcher(theirs.bodies, same_place).match(ours.bodies, same, threshold)
    same_body = _join(common.bodies, _likely(bodies, ours.bodies, theirs.bodies, decided))
    matcher = EventMatcher(theirs.events, common.bodies, same_body, same_place)
    events = matcher.match(ours.events, threshold)
    found: dict[str, tuple[Collection[str], Collection[str], Mapping[str, Candidate[Any]]]] = {
        "municipalities": (ours.places, theirs.places, places),
        "institutions": (ours.bodies, theirs.bodies, bodies),
        "activities": (ours.events, theirs.events, events),
    }
    return Compared(
        tuple(each[name] for _, _, each in found.values() for name in sorted(each)),
        {kind: len(ones) - len(each) for kind, (ones, others, each) in found.items() if others},
    )


def _join(common: Collection[str], likely: Likely) -> Likely:
    """What is the same: what both lists have, and what was matched."""
    return {name: {name: 1.0} | dict(likely.get(name, {})) for name in common} | {
        name: each for name, each in likely.items() if name not in common
    }


def _likely(
    matches: Mapping[str, Candidate[Any]],
    ours: Mapping[str, Thing],
    theirs: Mapping[str, Thing],
    decided: Iterable[Decided],
) -> Likely:
    """What each of ours may be: what a person has decided counts before what was matched."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for name, match in matches.items():
        found[name][match.other.id] = match.probability
    names = {thing.iri: thing.id for thing in ours.values()}
    other_names = {thing.iri: thing.id for thing in theirs.values()}
    for each in decided:
        one, other = names.get(each.subject), other_names.get(each.object)
        if one is not None and other is not None and (each.is_accepted or each.is_rejected):
            found[one][other] = float(each.is_accepted)
    return found
