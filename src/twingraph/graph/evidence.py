"""The passages that prove what is asserted, each described once in its source's graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twingraph import terms as t
from twingraph.quads import Quad, Term, integer_term, iri_term, text_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twingraph.records import Folder, Passage
    from twingraph.vocab import Minter

    Statement = tuple[Term, Term]  # predicate and object, the subject being known


def quads_of(subject: Term, statements: Iterable[Statement], graph: Term) -> Iterator[Quad]:
    """The quads of one subject in one graph, each once."""
    for predicate, object_ in dict.fromkeys(statements):
        yield subject, predicate, object_, graph


class Evidence:
    """Gives the links to passages, and the quads of those that are new."""

    def __init__(self, folder: Folder, mint: Minter) -> None:
        self._folder = folder
        self._mint = mint
        # Passages that a source's graph already describes: several facts may quote one sentence.
        self._described: dict[str, set[Term]] = {}

    def language_of(self, source: str | None) -> str | None:
        """The language of a source's words."""
        return None if source is None else self._folder.sources[source].language

    def of(
        self, source: str | None, words: Iterable[Passage]
    ) -> tuple[list[Statement], list[Quad]]:
        """The links to the passages that prove something, and the quads of new passages.

        Without words, the source's page as a whole is the passage. Tables cite nothing.
        """
        if source is None:
            return [], []
        graph = iri_term(self._mint.source(source))
        found: dict[Term, list[Statement]] = {}
        for passage in words:
            iri = iri_term(self._mint.passage(source, passage.start, passage.end))
            found[iri] = [
                (t.QUOTE, text_term(passage.words, self.language_of(source))),
                (t.START_POSITION, integer_term(passage.start)),
                (t.END_POSITION, integer_term(passage.end)),
                (t.LINE, integer_term(passage.line)),
            ]
        if not found:
            found[iri_term(self._mint.whole_page(source))] = []
        described = self._described.setdefault(source, set())
        quads: list[Quad] = []
        for iri, statements in found.items():
            if iri not in described:
                described.add(iri)
                typed = [(t.TYPE, t.PASSAGE), (t.FROM_SOURCE, graph), *statements]
                quads += quads_of(iri, typed, graph)
        return [(t.EVIDENCE, iri) for iri in found], quads

    def forget(self, source: str) -> None:
        """Forget which passages of a source are described, once all it tells is written."""
        self._described.pop(source, None)
