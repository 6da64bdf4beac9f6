"""How far an entity has what a query says of a property."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from twingraph.datasets.countries import find_country
from twingraph.errors import FileError
from twingraph.names import plain
from twingraph.reconcile.entities import CLASSES, MUNICIPALITY, TOPIC
from twingraph.reconcile.properties import PROPERTIES, keys_of
from twingraph.reconcile.requests import Reference
from twingraph.years import YearsError, read_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from twingraph.reconcile.entities import Entities, Entity
    from twingraph.reconcile.index import NameIndex
    from twingraph.reconcile.requests import Constraint, PropertyValue

    Key = str | float

_CODE: Final = re.compile(r"[A-Za-z]{2}")
_TIME_OF_DAY: Final = re.compile(r"T[0-9]{2}:")
_NEAR_ENOUGH: Final = 0.85  # similarity of a name that is given as a value
_LAST_YEAR: Final = 9999
# The classes of entities that a property has.
_REFERRED: Final = {"city": (MUNICIPALITY,), "topic": (TOPIC,), "broader": (TOPIC,)}
# By what entities are found where a query has no name.
_FINDING: Final = (
    *("sameAs", "name", "city", "partner", "topic", "broader", "kind", "country", "dataset"),
)


class Holders:
    """Entities by what they have."""

    def __init__(self, entities: Entities) -> None:
        self._by_key: dict[tuple[str, Key], list[Entity]] = defaultdict(list)
        for entity in entities.by_id.values():
            for name in _FINDING:
                for key in dict.fromkeys(keys_of(entity, name, entities)):
                    self._by_key[name, key].append(entity)

    def find(self, name: str, keys: Iterable[Key]) -> list[Entity]:
        """Those that have one of the keys, by rank."""
        lists = [found for key in keys if (found := self._by_key.get((name, key)))]
        if len(lists) == 1:
            return lists[0]
        return sorted({each for found in lists for each in found}, key=lambda each: each.rank)


class Comparer:
    """Finds out what the values of a batch of queries mean, each once."""

    def __init__(self, entities: Entities, index: NameIndex) -> None:
        self._entities = entities
        self._index = index
        self._meant: dict[tuple[str, str], dict[Key, float] | None] = {}

    def meant(self, constraint: Constraint) -> dict[Key, float] | None:
        """What a query asks of a property, as `keys_of` has it, and how surely, from 0 to 1.

        None where there is no such property, or no value can be one of it.
        """
        if constraint.pid not in PROPERTIES:
            return None
        known = [self._meaning(constraint.pid, value) for value in constraint.values]
        found: dict[Key, float] = {}
        for each in known:
            for key, sure in (each or {}).items():
                found[key] = max(found.get(key, 0.0), sure)
        return None if all(each is None for each in known) else found

    def _meaning(self, name: str, value: PropertyValue) -> dict[Key, float] | None:
        text = text_of(value)
        if (name, text) not in self._meant:
            self._meant[name, text] = self._find(name, text, value)
        return self._meant[name, text]

    def agree(self, entity: Entity, name: str, meant: Mapping[Key, float] | None) -> float | None:
        """How far an entity has what is meant, from 0 to 1; None where that is not known."""
        if meant is None:
            return None
        held = keys_of(entity, name, self._entities)
        return max((meant.get(each, 0.0) for each in held), default=None)

    def _find(self, name: str, text: str, value: PropertyValue) -> dict[Key, float] | None:
        label = (value.name or text) if isinstance(value, Reference) else text
        if PROPERTIES[name].of == "entity":
            return self._find_entities(name, text, label)
        if name == "kind":
            return self._find_kinds(text, label)
        if name == "country":
            code = text if _CODE.fullmatch(text) else _country_named(label)
            keys: Iterable[Key] | None = code and (code.lower(),)
        elif name == "year":
            keys = read_span(text)
        elif PROPERTIES[name].of == "text":
            keys = (plain(text), plain(label))
        else:
            keys = _read_number(text)
        return None if keys is None else dict.fromkeys(keys, 1.0)

    def _find_entities(self, name: str, text: str, label: str) -> dict[Key, float]:
        """The entities that are meant by id, by IRI, or else by name."""
        if ids := self._entities.find(text):
            return dict.fromkeys(ids, 1.0)
        classes = _REFERRED.get(name, CLASSES)
        found = self._index.search(label, lambda each: not set(classes).isdisjoint(each.types))
        return {each.id: near for each, near in found.items() if near >= _NEAR_ENOUGH}

    def _find_kinds(self, text: str, label: str) -> dict[Key, float]:
        if found := self._entities.find_type(text):
            return {found.id: 1.0}
        asked = plain(label)
        types = self._entities.types.values()
        return {
            each.id: 1.0 for each in types if any(plain(name.text) == asked for name in each.names)
        }


def text_of(value: PropertyValue) -> str:
    """A value as text, of an entity its id."""
    if isinstance(value, Reference):
        return value.id.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _read_number(text: str) -> tuple[float] | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return (number,) if math.isfinite(number) else None


def _country_named(name: str) -> str | None:
    try:
        return find_country(name)
    except FileError:  # without Babel, codes alone are understood
        return None


def read_span(text: str) -> range | None:
    """The years of a time in EDTF, from its first to its last, or of a date and time.

    >>> read_span("1994/1998"), read_span("1999-05-04T00:00:00Z"), read_span("soon")
    (range(1994, 1999), range(1999, 2000), None)
    """
    date = text[: found.start()] if (found := _TIME_OF_DAY.search(text)) else text
    try:
        years = read_years(date)
    except YearsError:
        return None
    if years.members:
        return range(years.members[0], years.members[-1] + 1)
    bounds = years.bounds(_LAST_YEAR)
    if bounds is None:
        return None
    return range(bounds.earliest_start or 1, (bounds.latest_end or _LAST_YEAR) + 1)
