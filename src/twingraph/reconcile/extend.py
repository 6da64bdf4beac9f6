"""Data extension: what entities have of properties, and which properties a type has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from twingraph.errors import QueryError
from twingraph.reconcile.entities import CLASSES, MUNICIPALITY, TOPIC, Type
from twingraph.reconcile.properties import PROPERTIES, properties_of, values_of
from twingraph.reconcile.requests import read_number
from twingraph.reconcile.suggest import property_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.reconcile.entities import Entities, Entity
    from twingraph.reconcile.requests import Extension, Wanted

MOST_IDS: Final = 10_000
# What a client may set of a property (0.2, section 7.1).
SETTINGS: Final = (
    {
        "name": "limit",
        "label": "Limit",
        "type": "number",
        "default": 0,
        "help_text": "How many values to give at most; 0 gives all.",
    },
    {
        "name": "content",
        "label": "Content",
        "type": "select",
        "default": "entity",
        "help_text": "What to give of an entity.",
        "choices": [
            {"value": "entity", "name": "The entity"},
            {"value": "id", "name": "Its id"},
            {"value": "name", "name": "Its name"},
        ],
    },
)
# The type of the entities that a property has, where all are of one.
_TYPES: Final = {"city": MUNICIPALITY, "topic": TOPIC, "broader": TOPIC}

Json = dict[str, Any]


def propose_properties(entities: Entities, parameters: Mapping[str, str]) -> Json:
    """The properties that entities of a type have; of no type, and of one not known, none.

    :raises QueryError: if the limit is no whole number.
    """
    asked = parameters.get("type", "")
    type_ = entities.find_type(asked)
    limit = read_number(parameters, "limit", len(PROPERTIES), 0)
    classes = () if type_ is None else _classes_of(type_)
    proposed = [property_json(each) for each in properties_of(classes)[:limit]]
    return {"type": asked, "limit": limit, "properties": proposed}


def _classes_of(type_: Type) -> tuple[str, ...]:
    return tuple(each for each in CLASSES if each in (type_.id, *type_.broader))


def extend(entities: Entities, extension: Extension) -> Json:
    """The values of each property for each entity; an entity that is not known has none.

    :raises QueryError: if there is no such property.
    """
    for each in extension.properties:
        if each.id not in PROPERTIES:
            known = ", ".join(PROPERTIES)
            raise QueryError(f"extend: no property {each.id[:60]!r}; there are: {known}")
    rows = {}
    for name in extension.ids:
        entity = entities.by_id.get(name.removeprefix(entities.base))
        rows[name] = {
            each.id: [] if entity is None else _values(entity, each, entities)
            for each in extension.properties
        }
    return {"meta": [_meta(each, entities) for each in extension.properties], "rows": rows}


def _meta(wanted: Wanted, entities: Entities) -> Json:
    found: Json = {"id": wanted.id, "name": PROPERTIES[wanted.id].name}
    type_ = entities.types.get(_TYPES.get(wanted.id, ""))
    if type_ is not None and wanted.settings.content in (None, "entity"):
        found["type"] = {"id": type_.id, "name": type_.name}
    return found


def _values(entity: Entity, wanted: Wanted, entities: Entities) -> list[Json]:
    held = values_of(entity, wanted.id, entities)[: wanted.settings.most]
    kind = PROPERTIES[wanted.id].of
    if kind == "integer":
        return [{"int": int(each)} for each in held]
    if kind == "decimal":
        return [{"float": float(each)} for each in held]
    if kind == "text":
        return [{"str": str(each)} for each in held]
    content = wanted.settings.content or "entity"
    found = []
    for each in map(str, held):
        known = entities.by_id.get(each)
        shown = {"id": each, "name": each if known is None else known.name}
        found.append(shown if content == "entity" else {"str": shown[content]})
    return found
