"""Which activity of one source is which of another: the same exchange, told by two pages.

Two are compared within a partnership (or of an owner of programmes), where they share an
institution, a topic or a name. Institutions speak against a pair only where both sources name some
of the same city: each page names its own side.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from twingraph.link.candidates import Candidate, Likely, by_score, find_matches, likelihood
from twingraph.link.likeness import fuzz
from twingraph.names import plain
from twingraph.ontology import read_wider
from twingraph.years import read_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from twingraph.link.institutions import Body
    from twingraph.records import Told
    from twingraph.vocab import Iri, Minter

_PRIOR: Final = -3.5  # of two activities of one partnership of which nothing else is known
_FORM, _WIDER_FORM, _SISTER_FORM, _OTHER_FORM = 1.0, 0.7, -1.5, -4.0
_TOPIC, _WIDER_TOPIC, _OTHER_TOPIC = 1.0, 0.5, -2.0
_ALL_SHARED, _SOME_SHARED, _OTHER_BODIES, _NO_BODIES = 3.5, 2.0, -5.0, 0.0
_PLACE, _OTHER_PLACE = 0.5, -1.5
_YEARS, _START_OR_END, _OVERLAP, _ONE_OF_MANY, _OTHER_YEARS = 2.5, 1.5, 0.5, -1.5, -6.0
# What the likeness of names says, from so much on (of 100), where a language is shared.
_BY_LIKENESS: Final = ((97, 3.5), (85, 2.5), (70, 1.5), (50, 0.0), (0, -0.5))
_LIKELY: Final = 0.5  # from here on two institutions or cities count as one
_SERIES: Final = 3  # years from which on an activity is none of a single year
_ALWAYS: Final = 9999


@dataclass(frozen=True, slots=True)
class Time:
    """The years between an activity's earliest start and its latest end; equal if as stated."""

    stated: object
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Event:
    """An activity; ids of institutions, places and partnerships are those of its list."""

    id: str
    iri: Iri
    label: str
    names: frozenset[tuple[str, str]]  # language and text
    form: str | None = None
    topics: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()  # its partnerships, or who owns it
    bodies: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    time: Time | None = None
    related: frozenset[str] = frozenset()  # what it is part or an edition of


def read_event(told: Told, as_of: int | None, mint: Minter) -> Event:
    """An activity as a source tells it."""
    record = told.activity
    label = record.label.get("en") or next(iter(record.label.values()))
    return Event(
        told.key,
        mint.activity(told.key),
        label,
        frozenset((language, plain(text)) for language, text in record.label.items()),
        record.form if record.form != "Activity" else None,
        frozenset(record.topics),
        frozenset(told.within or filter(None, [told.owner])),
        bodies_in(told),
        frozenset(record.held_in),
        _read_time(record.years, as_of),
        frozenset((*told.part_of, *filter(None, [told.edition_of]))),
    )


def join_events(one: Event, other: Event) -> Event:
    """An activity as two sources of one list tell it, together."""
    time = one.time or other.time
    if one.time and other.time:
        first, last = min(one.time.first, other.time.first), max(one.time.last, other.time.last)
        time = Time(one.time.stated, first, last)
    return replace(
        one,
        names=one.names | other.names,
        form=one.form or other.form,
        topics=one.topics | other.topics,
        homes=one.homes | other.homes,
        bodies=tuple(dict.fromkeys(one.bodies + other.bodies)),
        places=one.places | other.places,
        time=time,
        related=one.related | other.related,
    )


def bodies_in(told: Told) -> tuple[str, ...]:
    """The institutions that took part in an activity, whatever their part."""
    record = told.activity
    roles = (record.organizers, record.participants, record.hosts, record.supporters)
    return tuple(dict.fromkeys(body for role in roles for body in role))


def _read_time(text: str | None, as_of: int | None) -> Time | None:
    if text is None:
        return None
    years = read_years(text)
    bounds = years.bounds(as_of)
    if bounds is not None:
        return Time(years.signature, bounds.earliest_start or 0, bounds.latest_end or _ALWAYS)
    last = years.members[-1] if years.members else _ALWAYS
    return Time(years.signature, years.first, last)


class EventMatcher:
    """Matches activities against those of another list, by id.

    `bodies` are the institutions that they name; `same_body` and `same_place` say which
    institutions and municipalities are the same.
    """

    def __init__(
        self,
        others: Mapping[str, Event],
        bodies: Mapping[str, Body],
        same_body: Likely,
        same_place: Likely,
    ) -> None:
        self._others = others
        self._bodies = bodies
        self._same_body = same_body
        self._same_place = same_place
        self._by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
        for other in others.values():
            for key in _blocks(other, other.bodies):
                self._by_key[key].append(other.id)

    def match(self, ones: Mapping[str, Event], threshold: float) -> dict[str, Candidate[Event]]:
        """The match of each activity that has one, at least so likely, by its id."""
        found = {}
        for name, event in ones.items():
            bodies = [t for body in event.bodies for t in self._same(self._same_body, body)]
            near = (self._by_key.get(key, ()) for key in _blocks(event, bodies))
            others = [self._others[o] for o in dict.fromkeys(o for some in near for o in some)]
            unrelated = (o for o in others if o.id not in event.related and name not in o.related)
            found[name] = sorted((self._weigh(event, other) for other in unrelated), key=by_score)
        return find_matches(found, threshold)

    def _same(self, likely: Likely, one: str) -> list[str]:
        return [name for name, p in likely.get(one, {}).items() if p >= _LIKELY]

    def _weigh(self, one: Event, other: Event) -> Candidate[Event]:
        parts = {
            "prior": _PRIOR,
            "form": _weigh_forms(one.form, other.form),
            "topics": _weigh_topics(one.topics, other.topics),
            "institutions": self._weigh_bodies(one, other),
            "places": self._weigh_places(one, other),
            "years": _weigh_years(one.time, other.time),
            "names": _weigh_names(one, other),
        }
        known = {name: weight for name, weight in parts.items() if weight}
        return Candidate(one, other, known)

    def _weigh_bodies(self, one: Event, other: Event) -> float:
        if not one.bodies or not other.bodies:
            return _NO_BODIES
        shared = sum(likelihood(self._same_body, body, other.bodies) for body in one.bodies)
        if shared >= _LIKELY:
            is_all = shared >= min(len(one.bodies), len(other.bodies)) - _LIKELY
            return _ALL_SHARED if is_all else _SOME_SHARED
        cities = [self._bodies[body].cities for body in one.bodies]
        others = {city for body in other.bodies for city in self._bodies[body].cities}
        is_other_side = others and all(
            each and all(likelihood(self._same_place, c, others) < _LIKELY for c in each)
            for each in cities
        )
        return _NO_BODIES if is_other_side else _OTHER_BODIES

    def _weigh_places(self, one: Event, other: Event) -> float:
        if not one.places or not other.places:
            return 0.0
        near = (likelihood(self._same_place, place, other.places) for place in one.places)
        return _PLACE if max(near) >= _LIKELY else _OTHER_PLACE


def _blocks(event: Event, bodies: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Under what an activity is found, in each of its homes."""
    topics = {wide for topic in event.topics for wide in (topic, *read_wider()[topic])}
    keys = [*sorted(topics), *(f"body:{body}" for body in bodies)]
    keys += [f"name:{text}" for _, text in sorted(event.names)]
    for home in sorted(event.homes):
        yield from ((home, key) for key in keys)


def _weigh_forms(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return 0.0
    if one == other:
        return _FORM
    wider, other_wider = read_wider()[one], read_wider()[other]
    if one in other_wider or other in wider:
        return _WIDER_FORM
    return _SISTER_FORM if wider & other_wider else _OTHER_FORM


def _weigh_topics(ones: frozenset[str], others: frozenset[str]) -> float:
    if not ones or not others:
        return 0.0
    if ones & others:
        return _TOPIC
    wider = {wide for topic in ones for wide in read_wider()[topic]}
    other_wider = {wide for topic in others for wide in read_wider()[topic]}
    return _WIDER_TOPIC if ones & other_wider or others & wider else _OTHER_TOPIC


def _weigh_years(one: Time | None, other: Time | None) -> float:
    """Years that overlap, by their bounds; a single year within many is more often a part of it."""
    if one is None or other is None:
        return 0.0
    if one.stated == other.stated:
        return _YEARS
    if one.first > other.last or other.first > one.last:
        return _OTHER_YEARS
    lengths = sorted(each.last - each.first + 1 for each in (one, other))
    if lengths[0] == 1 and lengths[1] > _SERIES:
        return _ONE_OF_MANY
    is_close = one.first == other.first or one.last == other.last != _ALWAYS
    return _START_OR_END if is_close else _OVERLAP


def _weigh_names(one: Event, other: Event) -> float:
    likeness = [
        fuzz.token_sort_ratio(text, other_text)
        for language, text in one.names
        for other_language, other_text in other.names
        if language == other_language
    ]
    if not likeness:
        return 0.0
    return next(weight for least, weight in _BY_LIKENESS if max(likeness) >= least)
