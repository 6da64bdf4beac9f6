"""Which institutions worked together."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from twingraph.draw.network import Link, Node, draw_network
from twingraph.plot.asking import values, without_series

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from twingraph.plot.asking import Scope

    Involved = dict[str, set[str]]  # the institutions of each activity
    Editions = dict[str, set[str]]  # the series of each edition

_MOST: Final = 30  # institutions
_ACTING: Final = ("organizer", "participant", "host")  # support is no exchange
_NOT_PLANNED: Final = "MINUS { ?activity a tg:PlannedActivity }"


def plot_network(scope: Scope) -> str:
    """The picture as SVG: the institutions with the most activities together with others."""
    involved = _read(scope, ("involves",))
    joint: Counter[str] = Counter()
    for institutions in involved.values():
        if len(institutions) > 1:
            joint.update(institutions)
    ranked = sorted(joint, key=lambda iri: (-joint[iri], iri))
    chosen = ranked[: scope.most or _MOST]
    editions = scope.editions()
    nodes = _read_nodes(scope, chosen, involved, editions)
    links = _find_links(scope, nodes, involved, editions)
    alone = len(set[str]().union(*involved.values())) - len(ranked)
    notes = _left_out(scope, len(chosen), len(ranked), alone)
    about = scope.about(
        scope.say("Institutions that worked together", "Institutionen, die zusammenwirkten")
        + (f": {scope.name}" if scope.name else ""),
        scope.say(
            "The larger the mark, the more activities; the thicker the line, the more together",
            "Je größer das Zeichen, desto mehr Aktivitäten; je dicker die Linie, desto mehr "
            "gemeinsame",
        ),
        notes,
    )
    return draw_network(about, nodes, links)


def _left_out(scope: Scope, shown: int, linked: int, alone: int) -> list[str]:
    """The notes on the institutions that are not drawn."""
    notes = (
        (
            linked - shown,
            f"Shown: of {linked} institutions, the {shown} with most joint activities.",
            (
                f"Gezeigt: von {linked} Institutionen die {shown} mit den meisten gemeinsamen "
                "Aktivitäten."
            ),
        ),
        (
            alone,
            f"Left out: {alone} institutions in no activity with another.",
            f"Weggelassen: {alone} Institutionen ohne gemeinsame Aktivität mit anderen.",
        ),
    )
    return [scope.say(english, german) for number, english, german in notes if number]


def _read(scope: Scope, roles: Iterable[str], among: str = "") -> Involved:
    """The institutions in the roles in each activity that is not only planned.

    `among` is SPARQL that names the institutions in question.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for role in roles:
        for activity, institution in scope.rows(
            "?activity ?institution",
            f"{among} $within ?activity tg:{role} ?institution . {_NOT_PLANNED}",
        ):
            found[activity].add(institution)
    return found


def _read_nodes(
    scope: Scope, institutions: Sequence[str], involved: Involved, editions: Editions
) -> list[Node]:
    chosen = set(institutions)
    activities: defaultdict[str, set[str]] = defaultdict(set)
    for activity, members in involved.items():
        for institution in members & chosen:
            activities[institution].add(activity)
    seats = dict(
        sorted(
            scope.rows(
                "?institution ?seat",
                f"{values('institution', institutions)} ?institution tg:basedIn ?seat .",
            ),
            reverse=True,
        )
    )
    names = scope.names([*institutions, *seats.values()])
    return [
        Node(
            institution,
            names[institution],
            names[seats[institution]] if institution in seats else "",
            len(without_series(activities[institution], editions)),
        )
        for institution in institutions
    ]


def _find_links(
    scope: Scope, nodes: Sequence[Node], involved: Involved, editions: Editions
) -> list[Link]:
    """The pairs: those that exchanged as `institution-pairs` has them, and the others."""
    index = {node.iri: number for number, node in enumerate(nodes)}
    acting = _pairs(index, _read(scope, _ACTING, values("institution", index)).items())
    together = _pairs(index, involved.items())
    links = []
    for pair, activities in sorted(together.items()):
        one, other = (nodes[each].place for each in pair)
        exchanged = acting.get(pair, set()) if one and other and one != other else set()
        counted = without_series(exchanged or activities, editions)
        links.append(Link(*pair, len(counted), is_exchange=bool(exchanged)))
    return links


def _pairs(
    index: dict[str, int], involved: Iterable[tuple[str, set[str]]]
) -> dict[tuple[int, int], set[str]]:
    found: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for activity, members in involved:
        known = sorted(index[member] for member in members if member in index)
        for pair in combinations(known, 2):
            found[pair].add(activity)
    return found
