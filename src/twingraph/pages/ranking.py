"""Which resources of a kind are the busiest: worked out once for a build, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from twingraph.queries import query
from twingraph.vocab import TG

if TYPE_CHECKING:
    from twingraph.store import Build

_KEPT: Final = 64  # parts of rankings, each of a few hundred resources at most


@dataclass(frozen=True, slots=True)
class _Kind:
    """The class of a kind, and what says how busy one is: a property to count, or with a number."""

    name: str
    counted: str = ""
    numbered: str = ""


KINDS: Final = {
    "partnerships": _Kind("Partnership", counted="hasActivity"),
    "municipalities": _Kind("Municipality", counted="hasPartnership"),
    "institutions": _Kind("Institution", numbered="datedActivities"),
    "years": _Kind("Year"),
    "sources": _Kind("Source"),
}


@lru_cache(maxsize=_KEPT)
def count_all(build: Build, kind: str) -> int:
    """How many resources there are of a kind."""
    return _count(build, f"?resource a tg:{KINDS[kind].name}")


@lru_cache(maxsize=_KEPT)
def find_busiest(build: Build, kind: str, size: int, start: int = 0) -> tuple[tuple[str, int], ...]:
    """A part of the busiest of a kind, with how busy they are; after them those that do nothing."""
    chosen = KINDS[kind]
    entries = rank(build, kind, f"ORDER BY DESC(?number) LIMIT {size} OFFSET {start}")
    if len(entries) < size:
        property_ = chosen.counted or chosen.numbered
        busy = _count(build, f"?resource tg:{property_} ?any") if property_ else 0
        idle = f"FILTER NOT EXISTS {{ ?resource tg:{property_} ?any }}" if property_ else ""
        rest = _rows(
            build,
            f"SELECT ?resource WHERE {{ ?resource a tg:{chosen.name} {idle} }} "
            f"LIMIT {size - len(entries)} OFFSET {max(0, start - busy)}",
        )
        entries.update((str(iri), 0) for (iri,) in rest)
    return tuple(entries.items())


def rank(build: Build, kind: str, end: str = "") -> dict[str, int]:
    """How busy the resources of a kind are that are; `end` has the order and the limits."""
    chosen = KINDS[kind]
    if chosen.numbered:
        pattern = f"?resource tg:{chosen.numbered} ?number"
    elif chosen.counted:
        pattern = (
            "{ SELECT ?resource (COUNT(?other) AS ?number) WHERE { "
            f"?resource tg:{chosen.counted} ?other }} GROUP BY ?resource }}"
        )
    else:
        return {}
    rows = _rows(build, f"SELECT ?resource ?number WHERE {{ {pattern} }} {end}")
    return {str(iri): int(number) for iri, number in rows}


def _count(build: Build, pattern: str) -> int:
    text = f"SELECT (COUNT(DISTINCT ?resource) AS ?number) WHERE {{ {pattern} }}"
    [(number,)] = _rows(build, text)
    return int(number)


def _rows(build: Build, sparql: str) -> list[tuple[Any, ...]]:
    return query(build, f"PREFIX tg: <{TG}> {sparql}").rows()
