"""Rows that an endpoint gives -> entities as Wikidata's API has them.

What is read of them is read as of files of entities, so that both forms give the same records.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from twingraph.datasets.times import YEAR
from twingraph.datasets.wikibase import ITEM
from twingraph.errors import EndpointError
from twingraph.vocab import WIKIDATA

if TYPE_CHECKING:
    from collections.abc import Iterable

    Row = dict[str, dict[str, str]]  # variable -> type, value, datatype, xml:lang
    Entity = dict[str, Any]

_STATEMENT: Final = f"{WIKIDATA}statement/"
_POINT: Final = re.compile(r"POINT ?\((\S+) (\S+)\)", re.IGNORECASE)
_UNKNOWN: Final = "/.well-known/genid/"  # an unknown value, where it is no blank node
_RANKS: Final = {"PreferredRank": "preferred", "DeprecatedRank": "deprecated"}
_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"


def read_bindings(content: bytes) -> list[Row]:
    """The rows of SPARQL 1.1 Results JSON."""
    rows: list[Row] = json.loads(content)["results"]["bindings"]
    return rows


def item_of(row: Row) -> str:
    """The item of a row.

    :raises EndpointError: if it has none.
    """
    term = row.get("item", {})
    item = term.get("value", "").removeprefix(WIKIDATA)
    if term.get("type") != "uri" or not ITEM.fullmatch(item):
        raise EndpointError(
            f"the endpoint gave {term.get('value')!r:.100} as a municipality; "
            f"expected an item such as {WIKIDATA}Q350"
        )
    return item


def number_of(row: Row, name: str) -> int:
    """A count.

    :raises EndpointError: if it is none.
    """
    text = row.get(name, {}).get("value", "")
    if not text.isdecimal():
        raise EndpointError(f"the endpoint gave {text!r:.100} as the number of {name}")
    return int(text)


def statements_of(
    stated: Iterable[Row], times: Iterable[Row], references: Iterable[Row]
) -> dict[str, list[Entity]]:
    """The statements of P190 by item, in the order of their ids.

    :raises EndpointError: if a row names no statement or item.
    """
    qualifiers: dict[str, Entity] = {}
    for row in sorted(times, key=_order):
        found = qualifiers.setdefault(_id_of(row), {})
        found.setdefault(_property(row), []).append(_snak(row, "time"))
    cited: dict[str, dict[str, Entity]] = {}
    for row in sorted(references, key=_order):
        reference = cited.setdefault(_id_of(row), {}).setdefault(row["reference"]["value"], {})
        kind = "time" if _property(row) == "P813" else "value"
        reference.setdefault("snaks", {}).setdefault(_property(row), []).append(_snak(row, kind))
    statements: dict[str, list[Entity]] = {}
    for row in sorted(stated, key=_order):
        name = _id_of(row)
        rank = row.get("rank", {}).get("value", "").rpartition("#")[2]
        statements.setdefault(item_of(row), []).append(
            {
                "id": name,
                "mainsnak": _snak(row, "item"),
                "rank": _RANKS.get(rank, "normal"),
                "qualifiers": qualifiers.get(name, {}),
                "references": list(cited.get(name, {}).values()),
            }
        )
    return statements


def entities_of(
    items: Iterable[str], claims: Iterable[Row], names: Iterable[Row]
) -> dict[str, Entity]:
    """Entities with what is stated of them, and their names.

    :raises EndpointError: if a row has no item that was asked for.
    """
    entities: dict[str, Entity] = {
        item: {"id": item, "labels": {}, "aliases": {}, "claims": {}} for item in items
    }
    for row in sorted(claims, key=_order):
        claim = {"mainsnak": _snak(row, _property(row)), "rank": "normal"}
        _asked(row, entities)["claims"].setdefault(_property(row), []).append(claim)
    for row in sorted(names, key=_order):
        entity, language = _asked(row, entities), row["value"].get("xml:lang", "")
        name = {"language": language, "value": row["value"]["value"]}
        if row["property"]["value"] == _LABEL:
            entity["labels"].setdefault(language, name)
        else:
            entity["aliases"].setdefault(language, []).append(name)
    return entities


def _asked(row: Row, entities: dict[str, Entity]) -> Entity:
    item = item_of(row)
    if item not in entities:
        raise EndpointError(f"the endpoint gave rows of {item}, which nobody asked for")
    return entities[item]


def _order(row: Row) -> list[tuple[str, str]]:
    """An order of rows that is the same whatever order they came in."""
    return [(name, json.dumps(row[name], sort_keys=True)) for name in sorted(row)]


def _id_of(row: Row) -> str:
    """A statement's id as the API has it: `Q1$…` where its IRI ends in `Q1-…`."""
    term = row.get("statement", {})
    text = term.get("value", "")
    if term.get("type") != "uri" or not text.startswith(_STATEMENT):
        raise EndpointError(
            f"the endpoint gave {text!r:.100} as a statement; expected an IRI below {_STATEMENT}"
        )
    return text.removeprefix(_STATEMENT).replace("-", "$", 1)


def _property(row: Row) -> str:
    return row["property"]["value"].rpartition("/")[2]


def _snak(row: Row, kind: str) -> Entity:
    term = row.get("value")
    if term is None or term["type"] == "bnode" or _UNKNOWN in term["value"]:
        return {"snaktype": "novalue" if term is None else "somevalue"}
    return {"snaktype": "value", "datavalue": {"value": _value(row, term, kind)}}


def _value(row: Row, term: dict[str, str], kind: str) -> Any:
    """A value as the API has it; `kind` is a property, or says what else is expected."""
    text = term["value"]
    if kind == "time":
        precision = row.get("precision", {}).get("value", "")
        sign = "+" if text[:1].isdigit() else ""
        return {
            "time": sign + text,
            "precision": int(precision) if precision.isdecimal() else YEAR,
        }
    if kind == "P625":
        return _point(text)
    if kind == "P1082":
        return {"amount": text}
    if term["type"] == "uri" and text.startswith(WIKIDATA):
        return {"id": text.removeprefix(WIKIDATA)}
    return {"id": text} if kind in ("item", "P17") else text


def _point(text: str) -> Entity:
    """The coordinates of a WKT point, which has the longitude first; the text where it is none."""
    found = _POINT.fullmatch(text)
    try:
        long, lat = map(float, found.groups() if found else ())
    except ValueError:
        return {"text": text}
    return {"latitude": lat, "longitude": long}
