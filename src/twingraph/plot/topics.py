"""What the activities are about."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from twingraph.draw.topics import TopicBar, draw_topics

if TYPE_CHECKING:
    from twingraph.plot.asking import Scope

_MOST: Final = 40  # broadest topics
# What MINUS takes away is read once; FILTER NOT EXISTS looks at every row.
_NOT_PLANNED: Final = "MINUS { ?activity a tg:PlannedActivity }"


def plot_topics(scope: Scope) -> str:
    """The picture as SVG: a bar a topic, the narrower below the broader, the most first."""
    topics = count_topics(scope)
    most = scope.most or _MOST
    number, about_one = (
        scope.rows("(COUNT(DISTINCT ?activity) AS ?number)", f"{what} {_NOT_PLANNED}")
        for what in ("$activities", "$within ?activity tg:topic ?topic .")
    )
    without = number[0][0] - about_one[0][0]
    more = len(topics) - most
    notes = (
        scope.say(f"Left out: {more} broad topics.", f"Weggelassen: {more} Oberthemen.")
        if more > 0
        else "",
        scope.say(f"Activities without a topic: {without}.", f"Aktivitäten ohne Thema: {without}.")
        if without
        else "",
    )
    about = scope.about(
        scope.say("Topics of the activities", "Themen der Aktivitäten")
        + (f": {scope.name}" if scope.name else ""),
        scope.say(
            "Number of activities about each topic; an activity may have several",
            "Zahl der Aktivitäten zu jedem Thema; eine Aktivität kann mehrere haben",
        ),
        notes,
    )
    return draw_topics(about, topics[:most])


def count_topics(scope: Scope) -> list[TopicBar]:
    """The broadest topics with those below them: the most activities first, then by name.

    An activity about a narrower topic counts for the broader too; planned ones do not count, nor
    a series where one of its editions is about the topic.
    """
    counts = dict(
        scope.rows(
            "?topic (COUNT(DISTINCT ?activity) AS ?number)",
            "$within ?activity tg:about ?topic . "
            "MINUS { ?edition tg:editionOf ?activity . ?edition tg:about ?topic } " + _NOT_PLANNED,
            "?topic",
        )
    )
    names = scope.names(counts)
    below: defaultdict[str, list[str]] = defaultdict(list)
    for topic, broader in scope.rows("?topic ?broader", "?topic skos:broader ?broader ."):
        if topic in counts and broader in counts:
            below[broader].append(topic)
    lower = {topic for topics in below.values() for topic in topics}
    return _bars([topic for topic in counts if topic not in lower], counts, names, below)


def _bars(
    topics: list[str], counts: dict[str, int], names: dict[str, str], below: dict[str, list[str]]
) -> list[TopicBar]:
    ordered = sorted(topics, key=lambda topic: (-counts[topic], names[topic], topic))
    return [
        TopicBar(
            names[topic][:1].upper() + names[topic][1:],
            counts[topic],
            tuple(_bars(below.get(topic, []), counts, names, below)),
        )
        for topic in ordered
    ]
