"""Reconciliation queries -> candidates: a score in parts, and whether the best is a match.

A score is the mean of what name and properties say, from 0 to 100, by their weights; a property of
which nothing is known counts half. The best candidate is a match where it is good enough, nothing
contradicts it and no other comes near (`is_match`). `benchmarks/reconcile.py` shows by which
figures the limits were set.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from twingraph.reconcile.comparing import Comparer, Holders
from twingraph.reconcile.describe import describe
from twingraph.reconcile.index import NameIndex
from twingraph.reconcile.properties import PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from twingraph.reconcile.entities import Entities, Entity
    from twingraph.reconcile.requests import Query

MATCH_SCORE: Final = 85.0  # the score that a match needs
MATCH_NAME: Final = 0.84  # the similarity of its name, where a property agrees
MATCH_NAME_ALONE: Final = 0.92  # and where none does
MARGIN: Final = 6.0  # by how much it scores more than others
_NO_WITNESS: Final = frozenset(("name", "dataset"))  # that a name is meant
_LIMIT: Final = 10  # candidates, where a query does not say
_MOST: Final = 100
_WEIGHED: Final = 200  # entities, where a query has no name
_UNKNOWN: Final = 0.5  # what a property says of which nothing is known
_UNKNOWN_WEIGHT: Final = 0.2  # of a property that we do not have
_CONTRADICTED: Final = 0.5  # what agrees less contradicts
_OTHER_TYPE: Final = 0.5  # share of the score that is left to an entity of another type

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant: `parts` are how far name and properties agree, from 0 to 1."""

    entity: Entity
    parts: Mapping[str, float]
    score: float
    is_of_type: bool

    @property
    def order(self) -> tuple[float, str, str]:
        """The best first; of equals our own before those of imported lists, then by id."""
        return -self.score, *self.entity.rank


@dataclass(frozen=True, slots=True)
class _Asked:
    """A property and what of it is meant."""

    name: str
    meant: Mapping[str | float, float] | None

    @property
    def weight(self) -> float:
        known = PROPERTIES.get(self.name)
        return _UNKNOWN_WEIGHT if known is None else known.weight


class Matcher:
    """Finds candidates among entities; built once, and read only."""

    def __init__(self, entities: Entities) -> None:
        self.entities = entities
        self.index = NameIndex(entities.by_id.values())
        self._holders = Holders(entities)

    def match(self, queries: Mapping[str, Query]) -> Json:
        """The result of each query of a batch, by its key."""
        comparer = Comparer(self.entities, self.index)
        return {key: {"result": self._match(query, comparer)} for key, query in queries.items()}

    def _match(self, query: Query, comparer: Comparer) -> list[Json]:
        candidates = self.find(query, comparer)
        limit = min(int(query.limit or _LIMIT), _MOST)
        first = is_match(candidates)
        return [
            self._as_json(each, is_match=first and number == 0)
            for number, each in enumerate(candidates[:limit])
        ]

    def find(self, query: Query, comparer: Comparer) -> list[Candidate]:
        """All candidates, the best first."""
        is_of_type = self._type_filter(query)
        is_strict = query.type_strict != "should"
        is_asked = is_of_type if is_strict and query.types else _anything
        if query.query:
            named = self._named(query.query.strip(), is_asked)
        else:
            named = dict.fromkeys(self._holding(query, comparer, is_asked))
        asked = [_Asked(each.pid, comparer.meant(each)) for each in query.properties]
        found = [
            self._weigh(entity, name, asked, comparer, 1.0 if is_of_type(entity) else _OTHER_TYPE)
            for entity, name in named.items()
        ]
        return sorted((each for each in found if each.score > 0), key=lambda each: each.order)

    def _named(self, text: str, is_asked: Callable[[Entity], bool]) -> dict[Entity, float | None]:
        """Those with such a name, or of this id or IRI, and how near the name is."""
        found: dict[Entity, float | None] = {}
        found.update(self.index.search(text, is_asked))
        for name in self.entities.find(text):
            if is_asked(self.entities.by_id[name]):
                found[self.entities.by_id[name]] = 1.0
        return found

    def _holding(
        self, query: Query, comparer: Comparer, is_asked: Callable[[Entity], bool]
    ) -> list[Entity]:
        """Those that have what the query says of all properties, else of the rarest, by rank."""
        every = []
        for constraint in query.properties:
            holding = self._holders.find(constraint.pid, comparer.meant(constraint) or ())
            if asked := [entity for entity in holding if is_asked(entity)]:
                every.append(asked)
        every.sort(key=len)
        if not every:
            return []
        rarest, others = every[0], [set(each) for each in every[1:]]
        having_all = [each for each in rarest if all(each in other for other in others)]
        return (having_all or rarest)[:_WEIGHED]

    def _type_filter(self, query: Query) -> Callable[[Entity], bool]:
        """Whether an entity is of the types that are asked for: of any, or of all."""
        if not query.types:
            return _anything
        asked = [self.entities.find_type(each) for each in query.types]
        ids = {each.id for each in asked if each is not None}
        if query.type_strict == "all":
            return lambda entity: None not in asked and ids.issubset(entity.types)
        return lambda entity: not ids.isdisjoint(entity.types)

    def _weigh(
        self,
        entity: Entity,
        name: float | None,
        asked: Iterable[_Asked],
        comparer: Comparer,
        share: float,
    ) -> Candidate:
        """`name` is how near a name is; `share` of the score is given."""
        parts: dict[str, float] = {} if name is None else {"name": name}
        total, weights = (0.0, 0.0) if name is None else (name, 1.0)
        for each in asked:
            agreed = comparer.agree(entity, each.name, each.meant)
            if agreed is not None:
                parts[_feature_of(each.name)] = agreed
            total += each.weight * (_UNKNOWN if agreed is None else agreed)
            weights += each.weight
        return Candidate(entity, parts, round(100 * share * total / weights, 1), share == 1.0)

    def _as_json(self, candidate: Candidate, *, is_match: bool) -> Json:
        entity, types = candidate.entity, self.entities.types
        return {
            "id": entity.id,
            "name": entity.name,
            "description": describe(entity, self.entities),
            "type": [{"id": each, "name": types[each].name} for each in entity.types],
            "score": candidate.score,
            "features": [
                {"id": name, "value": round(100 * value, 1)}
                for name, value in candidate.parts.items()
            ],
            "match": is_match,
        }


def _anything(_: Entity) -> bool:
    return True


def _feature_of(name: str) -> str:
    """A property `name` is no other feature's."""
    return "anyName" if name == "name" else name


def is_match(candidates: Sequence[Candidate], least: float | None = None) -> bool:
    """Whether the best candidate can be taken unseen.

    It scores enough, its name is near (to `least`, if given), no property contradicts it, and no
    other comes near: one of the same list, two of another list (the name is ambiguous there), or,
    if the best is of an imported list, one of any other. One that is linked to the best is the
    same.
    """
    if not candidates:
        return False
    best = candidates[0]
    if best.score < MATCH_SCORE or not best.is_of_type:
        return False
    if least is None:
        least = MATCH_NAME if best.parts.keys() - _NO_WITNESS else MATCH_NAME_ALONE
    if best.parts.get("name", 1.0) < least or min(best.parts.values()) < _CONTRADICTED:
        return False
    same = set(best.entity.values.get("sameAs", ()))
    near = Counter(
        each.entity.dataset
        for each in candidates[1:]
        if each.score > best.score - MARGIN
        and same.isdisjoint((each.entity.iri, *each.entity.values.get("sameAs", ())))
    )
    if best.entity.dataset is not None or best.entity.dataset in near:
        return not near
    return all(number == 1 for number in near.values())
