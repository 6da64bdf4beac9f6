"""What entities have, as matching weighs it and data extension gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.names import plain
from twingraph.reconcile.entities import CLASSES, INSTITUTION, MUNICIPALITY, TOPIC

if TYPE_CHECKING:
    from twingraph.reconcile.entities import Entities, Entity

    Held = str | int | float


@dataclass(frozen=True, slots=True)
class Property:
    """A property, what kind of values it has, which classes have it, and its weight.

    `of` is "entity", "text", "integer" or "decimal"; `weight` is what it counts in a score, beside
    1 for the name.
    """

    id: str
    name: str
    description: str
    of: str
    classes: tuple[str, ...]
    weight: float = 0.2


def _table(*properties: Property) -> dict[str, Property]:
    return {each.id: each for each in properties}


_BODY: Final = (INSTITUTION,)
_PLACE: Final = (MUNICIPALITY,)
PROPERTIES: Final = _table(
    Property("city", "city", "The municipality in which it is based.", "entity", _BODY, 0.4),
    Property(
        *("country", "country", "The country, by its ISO 3166-1 code; a name is understood."),
        *("text", (MUNICIPALITY, INSTITUTION), 0.4),
    ),
    Property(
        *("year", "year", "A year from its first to its last of activity; as values, these two."),
        *("integer", _BODY),
    ),
    Property("kind", "kind", "What kind of institution it is.", "text", _BODY),
    Property(
        *("partner", "partner", "Its partner municipality, or an institution it exchanged with."),
        *("entity", (MUNICIPALITY, INSTITUTION), 0.4),
    ),
    Property("topic", "topic", "A topic of its activities.", "entity", _BODY),
    Property("broader", "broader topic", "The topic above.", "entity", (TOPIC,)),
    Property("name", "name", "Its names, in all languages.", "text", CLASSES),
    Property(
        *("dataset", "dataset", "The imported list that it is of; none for our own."),
        *("text", _PLACE, 0.4),
    ),
    Property("firstActive", "first year", "The first certain year of activity.", "integer", _BODY),
    Property("lastActive", "last year", "The last certain year of activity.", "integer", _BODY),
    Property("activities", "dated activities", "How many have a time.", "integer", _BODY),
    Property("population", "inhabitants", "The number of inhabitants.", "integer", _PLACE),
    Property("lat", "latitude", "In degrees north, WGS 84.", "decimal", _PLACE),
    Property("long", "longitude", "In degrees east, WGS 84.", "decimal", _PLACE),
    Property("homepage", "homepage", "The address of its homepage.", "text", _BODY),
    Property("sameAs", "same as", "IRIs of the same in other datasets.", "text", CLASSES),
)


def values_of(entity: Entity, name: str, entities: Entities) -> tuple[Held, ...]:
    """What an entity has of a property: entities by id; nothing where nothing is known."""
    if name == "name":
        return tuple(dict.fromkeys(each.text for each in entity.names if not each.is_hidden))
    if name == "kind":
        narrow = entity.types[0] if INSTITUTION in entity.types else INSTITUTION
        return () if narrow == INSTITUTION else (entities.types[narrow].name,)
    if name == "dataset":
        return () if entity.dataset is None else (entity.dataset,)
    if name == "year":
        both = (*entity.values.get("firstActive", ()), *entity.values.get("lastActive", ()))
        return tuple(dict.fromkeys(both))
    if name == "country" and INSTITUTION in entity.types:
        cities = (entities.by_id.get(str(city)) for city in entity.values.get("city", ()))
        return tuple(code for city in cities if city for code in city.values.get("country", ()))
    return entity.values.get(name, ())


def keys_of(entity: Entity, name: str, entities: Entities) -> tuple[str | float, ...]:
    """What an entity has of a property, as it is compared: ids, plain texts, numbers."""
    if name == "kind":
        return tuple(each for each in entity.types if each not in CLASSES)
    if name == "dataset":
        return (plain(entity.dataset or ""),)
    held = values_of(entity, name, entities)
    if name == "year" and held:
        return tuple(range(int(held[0]), int(held[-1]) + 1))
    if PROPERTIES[name].of == "text":
        return tuple(plain(str(each)) for each in held)
    return held


def properties_of(classes: tuple[str, ...]) -> list[Property]:
    """The properties that entities of one of these classes have, in the order of the table."""
    return [each for each in PROPERTIES.values() if not set(each.classes).isdisjoint(classes)]
