"""Entities, types and properties whose names begin with what a person has typed so far."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

from twingraph.names import plain
from twingraph.reconcile.describe import describe, write_box
from twingraph.reconcile.properties import PROPERTIES
from twingraph.reconcile.requests import read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from twingraph.reconcile.entities import Entities, Entity, Type
    from twingraph.reconcile.properties import Property

_LIMIT: Final = 10  # suggestions, where a client does not say
_MOST: Final = 100
_LONGEST: Final = 200  # characters of a prefix
_AFTER: Final = "\U0010ffff"  # sorts after all that can follow a prefix

Json = dict[str, Any]


class Suggester:
    """Suggests by prefix; built once, and read only."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities
        begins: list[tuple[str, str, Entity]] = []  # from each word on; the whole name
        for entity in entities.by_id.values():
            for name in dict.fromkeys(plain(each.text) for each in entity.names):
                words = name.split(" ")
                begins += [(" ".join(words[i:]), name, entity) for i in range(len(words))]
        begins.sort(key=lambda each: (each[0], each[1], each[2].rank))
        self._begins = begins
        self._sorted = [begin for begin, _, _ in begins]

    def entities(self, parameters: Mapping[str, str]) -> Json:
        """Entities with a name, or a word in one, that begins so, or of this id.

        Names that are as typed come first, then those that begin so, then by name.

        :raises QueryError: if cursor or limit is no whole number.
        """
        prefix = parameters.get("prefix", "").strip()
        first: dict[Entity, tuple[int, str]] = {}
        for each in self._entities.find(prefix):
            first[self._entities.by_id[each]] = (0, "")
        for order, name, entity in self._beginning(plain(prefix[:_LONGEST])):
            first[entity] = min(first.get(entity, (order, name)), (order, name))
        found = sorted(first, key=lambda each: (first[each], each.rank))
        return self._page(found, parameters, self._entity)

    def _beginning(self, prefix: str) -> Iterable[tuple[int, str, Entity]]:
        if not prefix:
            return
        start = bisect_left(self._sorted, prefix)
        end = bisect_left(self._sorted, prefix + _AFTER)
        for _, name, entity in self._begins[start:end]:
            yield 1 if name == prefix else 2 if name.startswith(prefix) else 3, name, entity

    def types(self, parameters: Mapping[str, str]) -> Json:
        """Types with a name, in any language, or id that begins so; all, where nothing is typed.

        Those whose shown name or id begins so come first.

        :raises QueryError: if cursor or limit is no whole number.
        """
        prefix = plain(parameters.get("prefix", "")[:_LONGEST])
        shown, others = [], []
        for each in self._entities.types.values():
            if _begins((each.id, each.name), prefix):
                shown.append(each)
            elif _begins((name.text for name in each.names), prefix):
                others.append(each)
        return self._page([*shown, *others], parameters, self._type)

    def properties(self, parameters: Mapping[str, str]) -> Json:
        """Properties with a name or id that begins so; all, where nothing is typed.

        :raises QueryError: if cursor or limit is no whole number.
        """
        prefix = plain(parameters.get("prefix", "")[:_LONGEST])
        found = [each for each in PROPERTIES.values() if _begins((each.id, each.name), prefix)]
        return self._page(found, parameters, property_json)

    def flyout(self, kind: str, name: str) -> Json | None:
        """A few words of HTML about an entity, type or property; None where there is none."""
        box: tuple[str, str] | None = None
        if kind == "entity" and name in self._entities.by_id:
            entity = self._entities.by_id[name]
            box = entity.name, describe(entity, self._entities)
        elif kind == "type" and name in self._entities.types:
            box = self._entities.types[name].name, self._entities.types[name].description
        elif kind == "property" and name in PROPERTIES:
            box = PROPERTIES[name].name, PROPERTIES[name].description
        return None if box is None else {"id": name, "html": write_box(*box)}

    def _page(
        self, found: list[Any], parameters: Mapping[str, str], as_json: Callable[[Any], Json]
    ) -> Json:
        """The suggestions from the cursor on, as many as are asked for."""
        cursor = read_number(parameters, "cursor", 0, 0)
        limit = min(read_number(parameters, "limit", _LIMIT, 1), _MOST)
        return {"result": [as_json(each) for each in found[cursor : cursor + limit]]}

    def _entity(self, entity: Entity) -> Json:
        types = self._entities.types
        return {
            "id": entity.id,
            "name": entity.name,
            "description": describe(entity, self._entities),
            "notable": [{"id": each, "name": types[each].name} for each in entity.types],
        }

    def _type(self, type_: Type) -> Json:
        return type_json(type_, self._entities)


def type_json(type_: Type, entities: Entities) -> Json:
    """A type, with those right above it."""
    found: Json = {"id": type_.id, "name": type_.name, "description": type_.description}
    if type_.broader:
        above = (entities.types[each] for each in type_.broader)
        found["broader"] = [{"id": each.id, "name": each.name} for each in above]
    return found


def property_json(each: Property) -> Json:
    """A property, as it is suggested and proposed."""
    return {"id": each.id, "name": each.name, "description": each.description}


def _begins(names: Iterable[str], prefix: str) -> bool:
    return any(plain(name).startswith(prefix) or f" {prefix}" in plain(name) for name in names)
