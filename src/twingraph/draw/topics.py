"""Bars for how many activities there are about each topic, broader topics with those below them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.draw.frame import BLUE, INNER, SKY, Body, Key, frame
from twingraph.draw.svg import BOLD, element, fit, group, is_cut, tooltip, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twingraph.draw.frame import About

_NAMES: Final = 250
_ROW: Final = 22
_BAR: Final = 14
_APART: Final = 8  # pixels between groups
_INDENT: Final = 18
_COUNT: Final = 60  # pixels for the number after a bar


@dataclass(frozen=True, slots=True)
class TopicBar:
    """A topic: how many activities are about it or about a narrower one, each once."""

    name: str
    activities: int
    narrower: tuple[TopicBar, ...] = ()


def draw_topics(about: About, topics: Sequence[TopicBar]) -> str:
    """A bar a topic, in the order given, and below each those of its narrower topics.

    >>> from twingraph.draw.frame import About
    >>> bars = [TopicBar("culture", 4, (TopicBar("music", 3),)), TopicBar("sport", 1)]
    >>> draw_topics(About("Topics"), bars).count("<rect")
    6
    """
    most = max((topic.activities for topic in topics), default=1)
    scale = (INNER - _NAMES - _COUNT) / max(most, 1)
    parts: list[str] = []
    y = 0.0
    for topic in topics:
        for row in _rows(about, topic, 0, scale):
            parts.append(group(*row, transform=f"translate(0,{y:.0f})"))
            y += _ROW
        y += _APART
    return frame(about, Body(tuple(parts), y, _legend(about, topics)))


def _rows(about: About, topic: TopicBar, depth: int, scale: float) -> Iterator[tuple[str, ...]]:
    """The parts of each row; a name that is cut is told whole."""
    indent = _INDENT * depth
    width = max(topic.activities * scale, 1)
    name = fit(topic.name, 12 * (1 if depth else BOLD), _NAMES - indent - 12)
    yield (
        *([tooltip(f"{topic.name}: {topic.activities}")] if is_cut(name) else []),
        words(indent, 15, name, 12, font_weight=None if depth else "bold"),
        element("rect", x=_NAMES, y=4, width=width, height=_BAR, fill=SKY if depth else BLUE),
        words(_NAMES + width + 7, 15, about.count(topic.activities), 12),
    )
    for narrower in topic.narrower:
        yield from _rows(about, narrower, depth + 1, scale)


def _legend(about: About, topics: Sequence[TopicBar]) -> tuple[Key, ...]:
    if not any(topic.narrower for topic in topics):
        return ()
    box = {"width": 28, "height": 12}
    return (
        Key(
            element("rect", **box, fill=BLUE),
            about.say("topic, with its narrower ones", "Thema samt engeren Themen"),
        ),
        Key(element("rect", **box, fill=SKY), about.say("narrower topic", "engeres Thema")),
    )
