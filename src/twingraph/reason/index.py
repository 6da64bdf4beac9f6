"""What the first pass over all quads learns, for the second to close each subject with."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from twingraph import terms as t
from twingraph.errors import OntologyError
from twingraph.quads import Quad, Term, lexical_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twingraph.reason.rules import Rules


class Index:
    """What the first pass over the quads learns. Every quad passes through `watch`, in order.

    Subjects are remembered by a checksum. Two that share one are taken for a subject that several
    tell of, and closed with those: later than they need be, and just the same.
    """

    def __init__(self, rules: Rules) -> None:
        self.as_of: dict[Term, int] = {}
        self.home: dict[Term, Term] = {}
        self.seen: set[int] = set()
        self.several: set[int] = set()
        self.linked: set[Term] = set()
        self.series: set[Term] = set()
        self._derived_only = rules.derived_only
        self._between_activities = frozenset(
            predicate
            for predicate, types in rules.subject_types.items()
            if t.ACTIVITY in types and t.ACTIVITY in rules.object_types[predicate]
        )
        self._noted = self._between_activities | rules.derived_only
        self._noted |= {t.EDITION_OF, t.BASED_IN, t.AS_OF}
        self._last: Term | None = None

    def as_of_graph(self, graph: Term) -> int | None:
        """The year for which a graph speaks: that of its source, for drafts from it too."""
        found = self.as_of.get(graph)
        return self.as_of.get(Term(graph.replace("/drafts>", ">"))) if found is None else found

    def is_told_once(self, subject: Term) -> bool:
        """Whether all quads of a subject come together."""
        return checksum(subject) not in self.several

    def watch(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """The quads, from which it is learned as they pass.

        :raises OntologyError: if a quad states what only the reasoner derives.
        """
        seen, noted = self.seen, self._noted
        for quad in quads:
            subject, predicate, object_, _ = quad
            if subject != self._last:
                number = checksum(subject)
                if number in seen:
                    self.several.add(number)
                seen.add(number)
                self._last = subject
            if predicate in noted:
                self._note(subject, predicate, object_)
            yield quad

    def _note(self, subject: Term, predicate: Term, object_: Term) -> None:
        if predicate in self._between_activities:
            self.linked.update((subject, object_))
        if predicate == t.EDITION_OF:
            self.series.add(object_)
        elif predicate == t.BASED_IN:
            self.home[subject] = object_
        elif predicate == t.AS_OF:
            self.as_of[subject] = int(lexical_form(object_))
        if predicate in self._derived_only:
            raise OntologyError(f"{subject} {predicate} {object_}: state its inverse instead")

    def learn(self, quads: Iterable[Quad]) -> None:
        """Learn from quads that have been told already."""
        for _ in self.watch(quads):
            pass


def checksum(subject: Term) -> int:
    """A number of 32 bits that is the same in every process."""
    return zlib.crc32(subject.encode())
