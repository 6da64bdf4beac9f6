"""An entity in a few words, and as a small page of HTML in which every text is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from twingraph.reconcile.entities import CLASSES, INSTITUTION, MUNICIPALITY
from twingraph.reconcile.properties import properties_of, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twingraph.reconcile.entities import Entities, Entity

WIDTH: Final = 420  # pixels of a page
HEIGHT: Final = 300
_SHOWN: Final = 8  # values of a property
_STYLE: Final = (
    "body{font:14px/1.4 sans-serif;margin:10px;overflow-wrap:anywhere}"
    "h1{font-size:16px;margin:0}p{margin:0 0 8px;color:#555}"
    "dl{display:grid;grid-template-columns:auto 1fr;gap:2px 12px;margin:0}"
    "dt{color:#555}dd{margin:0}"
)


def describe(entity: Entity, entities: Entities) -> str:
    """What tells an entity from its namesakes.

    E.g. `sports body, in Heidelberg, DE, active 1999-2021`.
    """
    parts = [entities.types[entity.types[0]].name] if entity.types else []
    if INSTITUTION in entity.types:
        parts += [f"in {_name(city, entities)}" for city in entity.values.get("city", ())]
    parts += map(str, values_of(entity, "country", entities))
    years = values_of(entity, "year", entities)
    if years:
        parts.append(f"active {'-'.join(map(str, years))}")
    if MUNICIPALITY in entity.types:
        parts.append(f"partners: {len(entity.values.get('partner', ()))}")
        parts += [f"of the list {entity.dataset}"] if entity.dataset else []
    parts += [f"below {_name(each, entities)}" for each in entity.values.get("broader", ())]
    return ", ".join(parts)


def _name(value: str | float, entities: Entities) -> str:
    """An entity's name, or a value as it is."""
    found = entities.by_id.get(str(value))
    return str(value) if found is None else found.name


def write_page(entity: Entity, entities: Entities) -> str:
    """A page about an entity, for a frame of `WIDTH` and `HEIGHT`."""
    classes = tuple(each for each in entity.types if each in CLASSES)
    rows = []
    for each in properties_of(classes):
        values = values_of(entity, each.id, entities)
        if each.id != "year" and values:
            rows.append((each.name, [_name(value, entities) for value in values]))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(entity.name)}</title><style>{_STYLE}</style></head>\n"
        f"<body>{write_box(entity.name, describe(entity, entities))}\n"
        f"<dl>{''.join(_row(name, values) for name, values in rows)}</dl>\n"
        f"<p><small>{escape(entity.iri)}</small></p></body></html>\n"
    )


def write_box(name: str, description: str) -> str:
    """A name and a description as HTML.

    >>> write_box("<b>", "a & b")
    '<h1>&lt;b&gt;</h1><p>a &amp; b</p>'
    """
    return f"<h1>{escape(name)}</h1><p>{escape(description)}</p>"


def _row(name: str, values: Iterable[str]) -> str:
    every = list(values)
    more = f", … ({len(every)})" if len(every) > _SHOWN else ""
    return f"<dt>{escape(name)}</dt><dd>{escape(', '.join(every[:_SHOWN]))}{more}</dd>"
