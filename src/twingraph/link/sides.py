"""The two lists that are matched: ours, and a dataset, a source of our own or GeoNames."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from twingraph.errors import FileError
from twingraph.link.activities import Event, bodies_in, join_events, read_event
from twingraph.link.institutions import Body, bodies_of
from twingraph.link.places import Place, gazetteer, places_of
from twingraph.records import Imported
from twingraph.vocab import GAZETTEER, Minter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from twingraph.records import Folder, Told


@dataclass(frozen=True, slots=True)
class Side:
    """What one list has to be matched, by id."""

    places: Mapping[str, Place] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both lists, and our own tables, which the activities of both name."""

    ours: Side
    theirs: Side
    common: Side = field(default_factory=Side)


def read_sides(folder: Folder, to: str) -> Sides:
    """What is to be matched, and with what.

    Of a source of our own: the institutions and activities that it alone names, and those that it
    does not. What both name is the same already.

    :raises FileError: if there is no such dataset or source.
    :raises RecordErrors: if the records are wrong.
    """
    if to == GAZETTEER:
        return Sides(Side(_without_geonames(folder)), Side(gazetteer()))
    if to not in folder.sources:
        known = ", ".join(folder.sources) or "none"
        message = f"no dataset or source {to!r} is there; there are: {known}"
        raise FileError(f"{folder.path}: {message}")
    events, partners = _read_events(folder)
    mint = Minter(folder.base)
    dataset = folder.imported.get(to, Imported())
    places = places_of(folder)
    other_places = places_of(folder, to) if to in folder.imported else {}
    bodies = bodies_of(folder.institutions.values(), places, partners, mint)
    told = events.pop(to, {})
    others: dict[str, Event] = {}
    for key, event in (each for some in events.values() for each in some.items()):
        others[key] = join_events(others[key], event) if key in others else event
    named = {body for event in told.values() for body in event.bodies}
    named_elsewhere = {body for event in others.values() for body in event.bodies}
    only_there = named - named_elsewhere
    return Sides(
        Side(
            places if other_places else {},
            {name: body for name, body in bodies.items() if name not in named},
            {key: event for key, event in others.items() if key not in told},
        ),
        Side(
            other_places,
            {name: bodies[name] for name in sorted(only_there)}
            | bodies_of(dataset.institutions.values(), other_places, {}, mint),
            {key: event for key, event in told.items() if key not in others},
        ),
        Side(places, bodies),
    )


def _without_geonames(folder: Folder) -> dict[str, Place]:
    places = places_of(folder)
    return {name: place for name, place in places.items() if place.geonames is None}


def _read_events(
    folder: Folder,
) -> tuple[dict[str, dict[str, Event]], dict[str, dict[str, None]]]:
    """The activities that each source tells, and who took part in something with whom."""
    mint = Minter(folder.base)
    found: dict[str, dict[str, Event]] = defaultdict(dict)
    partners: dict[str, dict[str, None]] = defaultdict(dict)
    every: Iterable[Iterable[Told]] = [
        folder.programmes(),
        *(folder.activities(s) for s in folder.sources),
    ]
    for told in (told for some in every for told in some):
        bodies = bodies_in(told)
        for body in bodies:
            partners[body] |= dict.fromkeys(other for other in bodies if other != body)
        if told.source is not None:
            as_of = folder.sources[told.source].as_of
            found[told.source].setdefault(told.key, read_event(told, as_of, mint))
    folder.finish()
    return found, partners
