"""The list of topics, which is a tree: each topic below the one that is broader."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph import vocab
from twingraph.pages.links import KINDS
from twingraph.pages.render import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.pages.view import Name, Shown, View

_BROADER: Final = f"{vocab.SKOS}broader"
_DEFINITION: Final = f"{vocab.SKOS}definition"
_COUNTED: Final = 20_000  # activities of a build, beyond which counting takes a reader's time


@dataclass(frozen=True, slots=True)
class Branch:
    """A topic with those below it; how many activities are about it or one of those, if counted."""

    shown: Shown
    others: list[Name]
    definition: list[Name]
    number: str
    below: list[Branch]


def topics_page(view: View) -> str:
    """All topics as a tree, each with its name in the other languages and what it means."""
    topics = view.subjects(vocab.RDF_TYPE, f"{vocab.TG}Topic")
    below: dict[str, list[str]] = defaultdict(list)
    for topic in topics:
        for broader in view.values(topic, _BROADER):
            below[broader].append(topic)
    known = set(topics)
    roots = [each for each in topics if known.isdisjoint(view.values(each, _BROADER))]
    tree = _Tree(view, below, _count(view))
    return render(
        "topics.html",
        view,
        title=view.say(*KINDS["topics"]),
        number=len(topics),
        scheme=view.wordings(vocab.TOPIC, _DEFINITION)[:1],
        is_counted=bool(tree.counts),
        tree_of_topics=tree.grow(roots, ()),
    )


class _Tree:
    def __init__(
        self, view: View, below: Mapping[str, list[str]], counts: Mapping[str, int]
    ) -> None:
        self._view = view
        self._below = below
        self.counts = counts

    def grow(self, topics: list[str], above: tuple[str, ...]) -> list[Branch]:
        """Topics in the order of their names, none of which stands below itself."""
        view = self._view
        return [
            Branch(
                shown=shown,
                others=view.wordings(shown.title)[1:],
                definition=view.wordings(shown.title, _DEFINITION)[:1],
                number=view.count(self.counts.get(shown.title, 0)),
                below=self.grow(self._below.get(shown.title, []), (*above, shown.title)),
            )
            for shown in view.resources(each for each in topics if each not in above)
        ]


def _count(view: View) -> dict[str, int]:
    """How many activities are about each topic; {} of a great build."""
    if view.build.manifest["counts"]["activities"] > _COUNTED:
        return {}
    found = view.rows(
        "SELECT ?topic (COUNT(DISTINCT ?activity) AS ?number) "
        "WHERE { ?activity tg:about ?topic } GROUP BY ?topic"
    )
    return {str(topic): number for topic, number in found}
