"""Pictures of a build: what a drawing shows is asked of the graph, and drawn by `draw`.

>>> sorted(PICTURES)
['decades', 'map', 'network', 'timeline', 'topics']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from twingraph.errors import QueryError
from twingraph.plot.asking import read_scope
from twingraph.plot.decades import plot_decades
from twingraph.plot.map import plot_map
from twingraph.plot.network import plot_network
from twingraph.plot.timeline import plot_timeline
from twingraph.plot.topics import plot_topics
from twingraph.queries.catalogue import suggest

if TYPE_CHECKING:
    from collections.abc import Callable

    from twingraph.plot.asking import Scope
    from twingraph.queries.run import Target

__all__ = ["PICTURES", "plot"]

# Name of a picture -> what makes it of what it is about.
PICTURES: Final[dict[str, Callable[[Scope], str]]] = {
    "timeline": plot_timeline,
    "decades": plot_decades,
    "topics": plot_topics,
    "network": plot_network,
    "map": plot_map,
}


def plot(target: Target, picture: str, **values: str | int) -> str:
    """A picture as SVG, of all or of one `partnership`, `municipality`, `institution` or `topic`.

    What it is of is named by id or IRI. `lang` is the language of names and of the picture's own
    words (en), `most` how much is shown where there is more: rows, topics, institutions or cities.
    With `page` a timeline shows the dated activities in the order of time, so many a page.

    :raises QueryError: if the picture, a parameter or what it names is unknown.
    """
    if picture not in PICTURES:
        hint = suggest(picture, PICTURES)
        raise QueryError(f"no picture {picture!r}; expected one of {', '.join(PICTURES)}{hint}")
    return PICTURES[picture](read_scope(target, values))
